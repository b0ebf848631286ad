/** An enlarged photo over the whole page, with the other photos of its album. */

import { button, element, icon } from "./dom.js";
import { WORDS } from "./words.js";

/** @param {Array<{url:string, name:string, caption:string}>} photos @param {number} first */
export function enlarge(photos, first) {
  let index = first;
  const returnTo = document.activeElement;
  const image = element("img", { class: "viewer__image", alt: "" });
  const caption = element("p", { class: "viewer__caption" });
  const count = element("p", { class: "viewer__count", role: "status" });
  const download = element("a", { class: "viewer__button", "aria-label": WORDS.download }, icon("download"));
  const show = (to) => {
    index = (to + photos.length) % photos.length;
    const photo = photos[index];
    image.src = photo.url;
    image.alt = photo.caption || WORDS.photo;
    caption.textContent = photo.caption;
    download.href = photo.url;
    download.download = photo.name;
    count.textContent = photos.length > 1 ? `${index + 1} / ${photos.length}` : "";
  };
  const arrow = (name, label, step) =>
    photos.length > 1
      ? button({ class: `viewer__button viewer__${name}`, "aria-label": label, onclick: () => show(index + step) }, icon(name))
      : null;
  const close = button({ class: "viewer__button", "aria-label": WORDS.close, onclick: () => dialog.close() }, icon("close"));
  const dialog = element(
    "dialog",
    {
      class: "viewer",
      "aria-label": WORDS.photo,
      onclick: ({ target }) => (target === dialog || target === stage) && dialog.close(),
      onclose: () => {
        dialog.remove();
        if (returnTo?.isConnected) returnTo.focus({ preventScroll: true });
      },
      onkeydown: ({ key }) => {
        if (key === "ArrowLeft") show(index - 1);
        if (key === "ArrowRight") show(index + 1);
      },
    },
    element("div", { class: "viewer__bar" }, count, download, close),
  );
  const stage = element(
    "div",
    { class: "viewer__stage" },
    arrow("back", WORDS.previous, -1),
    image,
    arrow("forward", WORDS.next, 1),
  );
  dialog.append(stage, caption);
  document.body.append(dialog);
  show(first);
  dialog.showModal();
  close.focus();
}
