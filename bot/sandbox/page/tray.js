/** Files chosen but not yet sent: small pictures and names above the text field. */

import { button, element, icon } from "./dom.js";
import { WORDS, fileSize } from "./words.js";

export class Tray {
  files = [];
  kind = "photo";
  #onChange;

  /** @param {function()} onChange */
  constructor(onChange) {
    this.#onChange = onChange;
    this.node = element("ul", { class: "tray", hidden: true });
  }

  /** Adds files; those of another kind than before replace them (an album is of one kind). */
  add(files, kind) {
    if (!files.length) return;
    if (kind !== this.kind) this.clear();
    this.kind = kind;
    this.files.push(...files);
    this.#draw();
  }

  clear() {
    this.files = [];
    this.#draw();
  }

  #draw() {
    for (const image of this.node.querySelectorAll("img")) URL.revokeObjectURL(image.src);
    this.node.replaceChildren(...this.files.map((file) => this.#row(file)));
    this.node.hidden = this.files.length === 0;
    this.#onChange();
  }

  #row(file) {
    const picture = this.kind === "photo" && file.type.startsWith("image/");
    return element(
      "li",
      { class: `tray__item${picture ? " tray__item--picture" : ""}` },
      picture
        ? element("img", { src: URL.createObjectURL(file), alt: file.name })
        : element("span", { class: "tray__name" }, icon(this.kind === "voice" ? "voice" : "file"), `${file.name} · ${fileSize(file.size)}`),
      button(
        {
          class: "tray__remove",
          "aria-label": `${WORDS.removeFile}: ${file.name}`,
          onclick: () => {
            this.files = this.files.filter((other) => other !== file);
            this.#draw();
          },
        },
        icon("close"),
      ),
    );
  }
}

/** What a dropped or pasted set of files is sent as. */
export function kindOf(files) {
  const all = (prefix) => files.every((file) => file.type.startsWith(prefix));
  if (all("image/") && !files.some((file) => /hei[cf]|svg/.test(file.type))) return "photo";
  if (all("video/")) return "video";
  return "document";
}
