/** Inline keyboards under messages and reply keyboards under the text field. */

import { button, element, icon } from "./dom.js";

/**
 * @param {Array<Array<object>>} rows Bot API InlineKeyboardButton rows
 * @param {function(object, HTMLButtonElement)} onPress the button of the API and the pressed element
 */
export function inlineKeyboard(rows, onPress) {
  const lines = rows.map((row) => {
    const faces = row.map((spec) => {
      const face = button(
        {
          class: `key key--${spec.style ?? "plain"}`,
          "data-callback": spec.callback_data,
          onclick: () => face.getAttribute("aria-busy") !== "true" && onPress(spec, face),
        },
        element("span", { class: "key__label" }, spec.text),
        spec.url ? icon("link") : null,
        spec.copy_text ? icon("copy") : null,
      );
      return face;
    });
    return element("div", { class: "keys__row" }, faces);
  });
  return element("div", { class: "keys", role: "group" }, lines);
}

/** A tap is on its way: the button shows it and does not send twice. */
export function markBusy(face, busy) {
  if (busy) face.setAttribute("aria-busy", "true");
  else face.removeAttribute("aria-busy");
}

/**
 * @param {{keyboard: Array<Array<object|string>>}} markup Bot API ReplyKeyboardMarkup
 * @param {function(string)} onPress gets the label, which is what the person "says"
 */
export function replyKeyboard(markup, onPress) {
  const lines = (markup.keyboard ?? []).map((row) => {
    const labels = row.map((spec) => (typeof spec === "string" ? spec : spec.text));
    return element(
      "div",
      { class: "keys__row" },
      labels.map((label) =>
        button({ class: "key key--reply", onclick: () => onPress(label) }, element("span", { class: "key__label" }, label)),
      ),
    );
  });
  return element("div", { class: "reply-keys", role: "group" }, lines);
}
