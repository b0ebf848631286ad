/** The header of a chat: back, avatar, name with the demo mark, status, menu. */

import { button, element, icon } from "./dom.js";
import { WORDS } from "./words.js";

/**
 * @param {{title:string, subtitle:string, group:boolean, onBack:function()|null, backLabel?:string}} about
 * @param {function()} onMore
 */
export function chatHeader(about, onMore) {
  const status = element("span", { class: "chat-header__status", "data-offline": WORDS.noConnection }, about.subtitle);
  const title = element("span", { class: "chat-header__title" }, about.title);
  const badge = element("span", { class: "badge", hidden: true });
  const moreButton = about.group
    ? null
    : button({ class: "chat-header__button", "aria-label": WORDS.more, "aria-haspopup": "menu", onclick: onMore }, icon("more"));
  const back = about.onBack
    ? button(
        { class: "chat-header__button chat-header__back", "aria-label": about.backLabel ?? WORDS.back, onclick: about.onBack },
        icon("back"),
        badge,
      )
    : null;
  const node = element(
    "header",
    { class: `chat-header${back ? "" : " chat-header--root"}` },
    back,
    avatar(about.title, about.topicId === null ? (about.group ? "group" : null) : "topic"),
    element(
      "span",
      { class: "chat-header__words" },
      title,
      element("span", { class: "chat-header__line" }, element("span", { class: "demo-mark" }, WORDS.demo), status),
    ),
    moreButton,
  );
  return {
    node,
    moreButton,
    setStatus(text = about.subtitle, lively = false) {
      status.textContent = text;
      status.classList.toggle("chat-header__status--lively", lively);
    },
    setTitle(text) {
      title.textContent = text;
    },
    /** How many unread messages wait behind the back button. */
    setWaiting(count) {
      badge.hidden = count === 0;
      badge.textContent = String(count);
    },
  };
}

/** A round mark: first letter of the name, or the sign of a group or a topic. */
export function avatar(title, sign = null) {
  const letter = /[\p{L}\d]/u.exec(title)?.[0]?.toUpperCase() ?? "•";
  return element(
    "span",
    { class: `avatar${sign ? ` avatar--${sign}` : ""}`, "aria-hidden": "true" },
    sign ? icon(sign) : letter,
  );
}
