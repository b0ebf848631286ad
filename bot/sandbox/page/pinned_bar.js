/** The bar under the header with the pinned message; each tap goes to the next older pin. */

import { button, element, icon } from "./dom.js";
import { preview } from "./rich_text.js";
import { WORDS } from "./words.js";

export class PinnedBar {
  #messages = [];
  #index = 0;
  #jump;

  /** @param {function(number): boolean} jump gets a message id */
  constructor(jump) {
    this.#jump = jump;
    this.text = element("span", { class: "pinned__text" });
    this.title = element("span", { class: "pinned__title" }, WORDS.pinned);
    this.node = button(
      { class: "pinned", hidden: true, onclick: () => this.#go() },
      icon("pin"),
      element("span", { class: "pinned__words" }, this.title, this.text),
    );
  }

  /** @param {Array<object>} messages pinned ones, in any order */
  show(messages) {
    this.#messages = [...messages].sort((a, b) => b.message_id - a.message_id);
    this.#index = Math.min(this.#index, Math.max(0, this.#messages.length - 1));
    this.#draw();
  }

  #draw() {
    const message = this.#messages[this.#index];
    this.node.hidden = !message;
    if (!message) return;
    this.text.textContent = preview(message);
    const count = this.#messages.length;
    this.title.textContent = count > 1 ? `${WORDS.pinned} ${this.#index + 1}/${count}` : WORDS.pinned;
  }

  #go() {
    this.#jump(this.#messages[this.#index].message_id);
    this.#index = (this.#index + 1) % this.#messages.length;
    this.#draw();
  }
}
