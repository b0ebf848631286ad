/** The row at the bottom of a chat: command menu, paperclip, text field, send; above it what is being answered or edited. */

import { button, element, icon } from "./dom.js";
import { preview } from "./rich_text.js";
import { samplePhoto } from "./sample_photo.js";
import { Tray, kindOf } from "./tray.js";
import { WORDS } from "./words.js";

const ACCEPT = { photo: "image/*", document: "", voice: "audio/*" };

export class Composer {
  #outbox;
  #notices;
  #clock;
  #samples = 0;
  #target = null;
  #sending = false;
  #placeholder = WORDS.message;

  /**
   * @param {{text: function(string, object?), files: function(object), change: function(object, string)}} outbox
   *   each returns a promise that fails when nothing was sent
   * @param {Notices} notices
   * @param {Clock} clock
   */
  constructor(outbox, notices, clock) {
    this.#outbox = outbox;
    this.#notices = notices;
    this.#clock = clock;
    this.tray = new Tray(() => this.#adjust());
    this.#build();
    this.#adjust();
  }

  #build() {
    this.commandsButton = button(
      {
        class: "composer__menu",
        "aria-haspopup": "menu",
        "aria-label": WORDS.menu,
        hidden: true,
        onclick: () => this.#openCommands(),
      },
      icon("menu"),
      element("span", { class: "composer__menu-word" }, WORDS.menu),
    );
    this.clip = button(
      { class: "composer__button", "aria-label": WORDS.attach, "aria-haspopup": "menu", onclick: () => this.#openAttach() },
      icon("clip"),
    );
    this.field = element("textarea", {
      class: "composer__field",
      rows: 1,
      placeholder: WORDS.message,
      "aria-label": WORDS.message,
      enterkeyhint: "send",
      oninput: () => this.#adjust(),
      onkeydown: (event) => this.#onKey(event),
      onpaste: (event) => this.#onPaste(event),
    });
    this.sendButton = button(
      { class: "composer__button composer__send", "aria-label": WORDS.send, onclick: () => this.#submit() },
      icon("send"),
    );
    this.picker = element("input", { type: "file", multiple: true, hidden: true, onchange: () => this.#onPicked() });
    this.targetRow = element("div", { class: "composer__target", hidden: true });
    const row = element(
      "div",
      { class: "composer__row" },
      this.commandsButton,
      this.clip,
      element("div", { class: "composer__well" }, this.field),
      this.sendButton,
      this.picker,
    );
    this.node = element("div", { class: "composer" }, this.targetRow, this.tray.node, row);
  }

  /** @param {Array<{command:string, description:string}>} commands */
  showCommands(commands) {
    this.commands = commands;
    this.commandsButton.hidden = commands.length === 0;
  }

  /** @param {string} text what the bot suggests to type, "" for the usual */
  showPlaceholder(text) {
    this.#placeholder = text || WORDS.message;
    this.#adjust();
  }

  dropped(files) {
    this.tray.add(files, kindOf(files));
    this.field.focus({ preventScroll: true });
  }

  replyTo(message) {
    this.#aim({ message, edit: false });
  }

  startEdit(message) {
    this.#aim({ message, edit: true });
    this.field.value = message.text ?? "";
    this.#adjust();
  }

  #aim(target) {
    this.#target = target;
    const title = target?.edit ? WORDS.editing : target?.message.from?.first_name ?? "";
    const cancel = target?.edit ? WORDS.cancelEdit : WORDS.cancelReply;
    this.targetRow.hidden = !target;
    this.targetRow.replaceChildren(
      ...(target
        ? [
            icon(target.edit ? "edit" : "reply"),
            element("p", { class: "composer__target-text" }, element("strong", {}, title), ` ${preview(target.message)}`),
            button({ class: "composer__button", "aria-label": cancel, onclick: () => this.#dropTarget() }, icon("close")),
          ]
        : []),
    );
    this.sendButton.setAttribute("aria-label", target?.edit ? WORDS.saveEdit : WORDS.send);
    if (target) this.field.focus({ preventScroll: true });
  }

  #dropTarget() {
    if (this.#target?.edit) this.field.value = "";
    this.#aim(null);
    this.#adjust();
  }

  #adjust() {
    const { field } = this;
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight}px`;
    field.placeholder = this.tray.files.length ? WORDS.caption : this.#placeholder;
    const something = field.value.trim() !== "" || this.tray.files.length > 0;
    this.sendButton.disabled = !something || this.#sending;
    this.node.classList.toggle("composer--typed", something);
  }

  #onKey(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.#submit();
    }
    if (event.key === "Escape" && this.#target) this.#dropTarget();
  }

  #onPaste(event) {
    const files = [...(event.clipboardData?.files ?? [])];
    if (!files.length) return;
    event.preventDefault();
    this.dropped(files);
  }

  async #submit() {
    const text = this.field.value.trim();
    const { files, kind } = this.tray;
    const target = this.#target;
    if (this.#sending || (!text && !files.length)) return;
    this.#sending = true;
    this.field.value = "";
    this.#adjust();
    try {
      if (target?.edit) await this.#outbox.change(target.message, text);
      else if (files.length) await this.#outbox.files({ files, kind, caption: text });
      else await this.#outbox.text(text, target?.message);
      this.tray.clear();
      this.#aim(null);
    } catch {
      /* the outbox has said why; the text comes back for another try */
      if (!this.field.value) this.field.value = text;
    } finally {
      this.#sending = false;
      this.#adjust();
    }
  }

  #openCommands() {
    const entries = this.commands.map(({ command, description }) => ({
      label: description || `/${command}`,
      hint: description ? `/${command}` : "",
      act: () => this.#outbox.text(`/${command}`).catch(() => {}),
    }));
    this.#notices.menu(this.commandsButton, WORDS.commands, entries, { wide: true });
  }

  #openAttach() {
    const pick = (kind) => () => this.#pick(kind);
    this.#notices.menu(this.clip, WORDS.attach, [
      { label: WORDS.attachPhoto, icon: "picture", act: pick("photo") },
      { label: WORDS.attachFile, icon: "file", act: pick("document") },
      { label: WORDS.attachVoice, icon: "voice", act: pick("voice") },
      { label: WORDS.samplePhoto, icon: "spark", act: () => this.#addSamples(1) },
      { label: WORDS.sampleAlbum, icon: "spark", act: () => this.#addSamples(3) },
    ]);
  }

  #pick(kind) {
    this.picker.accept = ACCEPT[kind];
    this.picker.multiple = kind !== "voice";
    this.picker.dataset.kind = kind;
    this.picker.click();
  }

  #onPicked() {
    this.tray.add([...this.picker.files], this.picker.dataset.kind ?? kindOf([...this.picker.files]));
    this.picker.value = "";
    this.field.focus({ preventScroll: true });
  }

  async #addSamples(count) {
    for (let made = 0; made < count; made += 1) {
      this.#samples += 1;
      this.tray.add([await samplePhoto(this.#samples, this.#clock.time())], "photo");
    }
    this.field.focus({ preventScroll: true });
  }
}
