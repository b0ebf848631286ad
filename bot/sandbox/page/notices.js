/** What pops up inside a phone: toasts, alerts, choices, menus. Everything is closed with Escape. */

import { button, element, icon } from "./dom.js";
import { WORDS } from "./words.js";

const SHORTEST_TOAST_MS = 3500;
const READING_MS_PER_LETTER = 70;

export class Notices {
  /** @param {HTMLElement} screen the screen of the phone; dialogs cover it, and only it */
  constructor(screen) {
    this.screen = screen;
    this.toasts = element("div", { class: "toasts", role: "status", "aria-live": "polite" });
    screen.append(this.toasts);
  }

  toast(text) {
    const node = element("p", { class: "toast" }, text);
    this.toasts.replaceChildren(node);
    setTimeout(() => node.remove(), Math.max(SHORTEST_TOAST_MS, text.length * READING_MS_PER_LETTER));
  }

  /** A text that waits until the person confirms having read it. */
  alert(text) {
    return this.choose(text, [{ label: WORDS.ok, primary: true }], { role: "alertdialog", cancel: false });
  }

  /**
   * @param {string} text
   * @param {Array<{label:string, primary?:boolean, value?:*}>} choices
   * @returns {Promise<*>} the value of the choice, undefined when the person went away
   */
  choose(text, choices, { role = "dialog", details = "", cancel = true } = {}) {
    return new Promise((resolve) => {
      const returnTo = document.activeElement;
      const finish = (value) => {
        cover.remove();
        if (returnTo?.isConnected) returnTo.focus({ preventScroll: true });
        resolve(value);
      };
      const buttons = choices.map(({ label, primary, value }) =>
        button({ class: `dialog__button${primary ? " dialog__button--primary" : ""}`, onclick: () => finish(value) }, label),
      );
      if (cancel) buttons.push(button({ class: "dialog__button", onclick: () => finish(undefined) }, WORDS.cancel));
      const box = element(
        "div",
        { class: "dialog", role, "aria-modal": "true", "aria-label": text },
        element("p", { class: "dialog__text" }, text),
        details ? element("p", { class: "dialog__details" }, details) : null,
        element("div", { class: "dialog__buttons" }, buttons),
      );
      const cover = element(
        "div",
        {
          class: "cover",
          onclick: ({ target }) => target === cover && cancel && finish(undefined),
          onkeydown: (event) => onDialogKey(event, buttons, () => finish(undefined)),
        },
        box,
      );
      this.screen.append(cover);
      buttons[0].focus({ preventScroll: true });
    });
  }

  /**
   * A list of actions that opens next to the button that called it.
   * @param {HTMLElement} opener
   * @param {string} label accessible name
   * @param {Array<{label:string, hint?:string, icon?:string, act: function()}>} entries
   */
  menu(opener, label, entries, { wide = false } = {}) {
    const elsewhere = ({ target }) => this.screen.contains(target) || close(false);
    const close = (focus = true) => {
      cover.remove();
      document.removeEventListener("pointerdown", elsewhere);
      opener.setAttribute("aria-expanded", "false");
      if (focus && opener.isConnected) opener.focus({ preventScroll: true });
    };
    const items = entries.map((entry) =>
      button(
        {
          class: "menu__item",
          role: "menuitem",
          onclick: () => {
            close(false);
            entry.act();
          },
        },
        entry.icon ? icon(entry.icon) : null,
        element("span", { class: "menu__label" }, entry.label),
        entry.hint ? element("span", { class: "menu__hint" }, entry.hint) : null,
      ),
    );
    const list = element("div", { class: `menu${wide ? " menu--wide" : ""}`, role: "menu", "aria-label": label }, items);
    const cover = element(
      "div",
      {
        class: "cover cover--clear",
        onclick: ({ target }) => target === cover && close(),
        onkeydown: (event) => onDialogKey(event, items, close),
      },
      list,
    );
    document.addEventListener("pointerdown", elsewhere);
    opener.setAttribute("aria-expanded", "true");
    this.screen.append(cover);
    place(list, opener, this.screen, wide);
    items[0]?.focus({ preventScroll: true });
  }
}

/** Escape closes; arrows and Tab go round the buttons and never behind the cover. */
function onDialogKey(event, buttons, close) {
  const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1, Tab: event.shiftKey ? -1 : 1 }[event.key];
  if (event.key === "Escape") close();
  else if (step) {
    const now = buttons.indexOf(document.activeElement);
    buttons[(now + step + buttons.length) % buttons.length].focus();
  } else return;
  event.preventDefault();
  event.stopPropagation();
}

function place(list, opener, screen, wide) {
  const frame = screen.getBoundingClientRect();
  const anchor = opener.getBoundingClientRect();
  const gap = 6;
  const above = anchor.top - frame.top > frame.bottom - anchor.bottom;
  if (above) list.style.bottom = `${frame.bottom - anchor.top + gap}px`;
  else list.style.top = `${anchor.bottom - frame.top + gap}px`;
  list.style.maxHeight = `${(above ? anchor.top - frame.top : frame.bottom - anchor.bottom) - 2 * gap}px`;
  if (wide) return;
  const left = Math.min(Math.max(anchor.left - frame.left, gap), frame.width - list.offsetWidth - gap);
  list.style.left = `${left}px`;
}
