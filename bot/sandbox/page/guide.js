/** The folded guide «Что попробовать» under the header of the page. */

import { element } from "./dom.js";
import { WORDS } from "./words.js";

const MEMORY = "guide-folded";
const ROOMY = "(min-width: 900px) and (min-height: 860px)";

/** @param {HTMLElement} panel @param {HTMLButtonElement} toggle */
export function setUpGuide(panel, toggle) {
  const fold = (folded) => {
    panel.hidden = folded;
    toggle.setAttribute("aria-expanded", String(!folded));
    toggle.textContent = folded ? WORDS.guide : WORDS.hideGuide;
  };
  toggle.addEventListener("click", () => {
    fold(!panel.hidden);
    localStorage.setItem(MEMORY, String(panel.hidden));
  });
  fold((localStorage.getItem(MEMORY) ?? String(!matchMedia(ROOMY).matches)) === "true");

  return {
    /** @param {Array<string>} lines numbers at their beginning are dropped: the list counts by itself */
    show(lines) {
      toggle.hidden = lines.length === 0;
      if (!lines.length) panel.hidden = true;
      const items = lines.map((line) => element("li", {}, line.replace(/^\d+[.)]\s*/, "")));
      panel.replaceChildren(element("ol", { class: "guide__lines" }, items));
    },
  };
}
