/** One bubble of the conversation: sender, quoted message, media, text, time, buttons. */

import { attachments } from "./attachments.js";
import { button, element, icon } from "./dom.js";
import { inlineKeyboard } from "./keyboards.js";
import { preview, richText, serviceLine } from "./rich_text.js";
import { WORDS } from "./words.js";

const NAME_COLOURS = 6;

/**
 * @param {Array<object>} messages one message, or the messages of an album in order
 * @param {{outgoing:boolean, group:boolean, clock:object, actions:object}} view
 * @returns {HTMLElement} an <li>
 */
export function bubble(messages, { outgoing, group, clock, actions }) {
  const message = messages[0];
  const service = serviceLine(message);
  if (service) return element("li", { class: "service", "data-message-id": message.message_id }, service);

  const told = messages.find((one) => one.text || one.caption) ?? message;
  const text = told.text ?? told.caption ?? "";
  const media = attachments(messages, actions.enlarge);
  const keyboard = message.reply_markup?.inline_keyboard;
  const edited = messages.find((one) => one.edit_date)?.edit_date;
  const content = [
    group && !outgoing ? senderName(message) : null,
    message.reply_to_message ? quoted(message.reply_to_message, actions) : null,
    ...media,
    text ? words(text, told.entities ?? told.caption_entities, actions) : null,
    text || media.length ? null : element("p", { class: "note" }, WORDS.unsupported),
    element(
      "p",
      { class: "bubble__time" },
      edited ? element("span", { class: "bubble__edited" }, `${WORDS.edited} ${clock.time(edited)} · `) : null,
      element("time", {}, clock.time(message.date)),
    ),
  ];
  const more = button(
    {
      class: "bubble__more",
      "aria-label": WORDS.actions,
      "aria-haspopup": "menu",
      onclick: () => actions.openMenu(message, more),
    },
    icon("down"),
  );
  const side = outgoing ? "message--out" : "message--in";
  return element(
    "li",
    { class: `message ${side}${keyboard ? " message--keys" : ""}`, "data-message-id": message.message_id },
    element(
      "div",
      {
        class: `bubble${media.length ? " bubble--media" : ""}`,
        oncontextmenu: (event) => {
          if (event.pointerType !== "touch") return; // a long press; a mouse keeps the menu of the browser
          event.preventDefault();
          actions.openMenu(message, more);
        },
      },
      content,
      more,
    ),
    keyboard ? inlineKeyboard(keyboard, (spec, face) => actions.press(message, spec, face)) : null,
  );
}

function words(text, entities, actions) {
  return element("div", { class: "bubble__text" }, richText(text, entities, actions));
}

function senderName(message) {
  const person = message.from ?? {};
  const name = [person.first_name, person.last_name].filter(Boolean).join(" ");
  const bot = person.is_bot ? ` · ${WORDS.bot}` : "";
  return element("p", { class: `bubble__name bubble__name--${(person.id ?? 0) % NAME_COLOURS}` }, name + bot);
}

function quoted(original, actions) {
  if (original.forum_topic_created) return null;
  return button(
    { class: "bubble__quoted", onclick: () => actions.jump(original.message_id) },
    element("span", { class: "bubble__quoted-name" }, original.from?.first_name ?? ""),
    element("span", { class: "bubble__quoted-text" }, preview(original)),
  );
}
