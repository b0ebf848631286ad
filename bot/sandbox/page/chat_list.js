/** Lists to choose from on a phone: the chats of a person, the topics of a forum group. */

import { avatar } from "./chat_header.js";
import { button, element, icon } from "./dom.js";
import { preview } from "./rich_text.js";
import { WORDS } from "./words.js";

export class ChatList {
  #clock;
  #rows = element("ul", { class: "chat-list" });

  /** @param {{title:string, subtitle?:string, onBack:function()|null}} about @param {Clock} clock */
  constructor(about, clock) {
    this.#clock = clock;
    this.title = element("span", { class: "chat-header__title" }, about.title);
    this.subtitle = element("span", { class: "chat-header__status", "data-offline": WORDS.noConnection }, about.subtitle ?? "");
    this.node = element(
      "div",
      { class: "chat" },
      element(
        "header",
        { class: `chat-header${about.onBack ? "" : " chat-header--root"}` },
        about.onBack
          ? button(
              { class: "chat-header__button chat-header__back", "aria-label": WORDS.backToChats, onclick: about.onBack },
              icon("back"),
            )
          : null,
        element(
          "span",
          { class: "chat-header__words" },
          this.title,
          element("span", { class: "chat-header__line" }, element("span", { class: "demo-mark" }, WORDS.demo), this.subtitle),
        ),
      ),
      element("div", { class: "scroller", tabindex: "0" }, this.#rows),
    );
  }

  /** @param {Array<{title:string, sign:string|null, closed?:boolean, last:object|undefined, unread:number, open:function()}>} entries */
  show(entries) {
    const focused = [...this.#rows.querySelectorAll("button")].indexOf(document.activeElement);
    this.#rows.replaceChildren(...entries.map((entry) => this.#row(entry)));
    this.#rows.querySelectorAll("button")[focused]?.focus({ preventScroll: true });
  }

  #row({ title, sign, closed, last, unread, open }) {
    return element(
      "li",
      {},
      button(
        { class: "chat-row", onclick: open },
        avatar(title, sign),
        element(
          "span",
          { class: "chat-row__words" },
          element("span", { class: "chat-row__title" }, title, closed ? icon("lock") : null),
          element("span", { class: "chat-row__last" }, closed ? `${WORDS.topicClosed}. ` : "", last ? preview(last) : ""),
        ),
        element(
          "span",
          { class: "chat-row__side" },
          element("span", { class: "chat-row__time" }, last ? this.#clock.brief(last.date) : ""),
          unread ? element("span", { class: "badge" }, String(unread)) : null,
        ),
      ),
    );
  }
}
