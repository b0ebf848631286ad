/** The row of buttons that bring a phone into view: tabs on a narrow screen, shortcuts on a wide one. */

import { button, element } from "./dom.js";
import { WORDS, counted } from "./words.js";

export class Tabs {
  #nav;
  #tabs = new Map();

  /** @param {HTMLElement} nav */
  constructor(nav) {
    this.#nav = nav;
  }

  /** @param {Array<Phone>} phones those that had a tab keep it; the first is selected if none was */
  show(phones) {
    const before = this.#tabs;
    this.#tabs = new Map(phones.map((phone) => [phone, before.get(phone) ?? this.#make(phone)]));
    this.#nav.replaceChildren(...[...this.#tabs.values()].map(({ tab }) => tab));
    if (phones.length && !phones.some((phone) => phone.node.classList.contains("phone--selected"))) this.#mark(phones[0]);
  }

  #make(phone) {
    const badge = element("span", { class: "badge", hidden: true });
    const tab = button({ class: "tab", onclick: () => this.select(phone) }, phone.about.title, badge);
    phone.addEventListener("unread", () => this.#count(phone));
    return { tab, badge };
  }

  #count(phone) {
    const entry = this.#tabs.get(phone);
    if (!entry) return;
    const count = phone.unread;
    entry.badge.hidden = count === 0;
    entry.badge.textContent = String(count);
    if (count) entry.tab.setAttribute("aria-label", `${phone.about.title}, ${counted(count, WORDS.unread)}`);
    else entry.tab.removeAttribute("aria-label");
  }

  #mark(chosen) {
    for (const [phone, { tab }] of this.#tabs) {
      const selected = phone === chosen;
      if (selected) tab.setAttribute("aria-current", "true");
      else tab.removeAttribute("aria-current");
      phone.node.classList.toggle("phone--selected", selected);
    }
  }

  select(phone) {
    this.#mark(phone);
    phone.node.scrollIntoView({ inline: "center", block: "nearest", behavior: "smooth" });
    const { tab } = this.#tabs.get(phone);
    tab.scrollIntoView({ inline: "nearest", block: "nearest" });
  }
}
