/** The scrolling conversation: keeps bubbles equal to the state, follows the newest unless the reader went up. */

import { bubble } from "./bubble.js";
import { button, element, icon } from "./dom.js";
import { WORDS } from "./words.js";

const NEAR_BOTTOM_PX = 90;
const FLASH_MS = 1600;

/** Fires "read" when the newest message is on the screen. */
export class MessageList extends EventTarget {
  #state;
  #topicId;
  #view;
  #drawn = new Map();
  #follow = true;
  #inSight = false;
  #lastTop = 0;
  #badge = element("span", { class: "badge", hidden: true });

  /**
   * @param {ChatState} state
   * @param {number|null} topicId only this topic, or null for the whole chat
   * @param {{group:boolean, clock:object, actions:object}} view
   */
  constructor(state, topicId, view) {
    super();
    this.#state = state;
    this.#topicId = topicId;
    this.#view = view;
    this.list = element("ol", { class: "messages", role: "log", "aria-label": WORDS.message });
    this.scroller = element("div", { class: "scroller", tabindex: "0", onscroll: () => this.#onScroll() }, this.list);
    this.toNewest = button(
      { class: "to-newest", "aria-label": WORDS.toNewest, hidden: true, onclick: () => this.showNewest(true) },
      icon("down"),
      this.#badge,
    );
    this.node = element("div", { class: "conversation" }, this.scroller, this.toNewest);
    const sizes = new ResizeObserver(() => this.#follow && this.showNewest());
    sizes.observe(this.scroller);
    sizes.observe(this.list);
    new IntersectionObserver(([entry]) => this.#onSight(entry.isIntersecting), { threshold: 0.5 }).observe(this.scroller);
  }

  /** Draws what changed since the last time; untouched bubbles keep their elements, focus and scroll. */
  draw() {
    const kept = new Map();
    for (const item of this.#arranged()) {
      const old = this.#drawn.get(item.key);
      const same = old && sameParts(old.parts, item.parts);
      const node = same ? old.node : item.make();
      if (old && !same) {
        this.#replace(old.node, node);
        node.classList.toggle("message--changed", item.parts[0].edit_date !== undefined);
      }
      kept.set(item.key, { node, parts: item.parts });
    }
    for (const [key, { node }] of this.#drawn) {
      if (!kept.has(key)) node.remove();
    }
    this.#drawn = kept;
    let place = this.list.firstElementChild;
    for (const { node } of kept.values()) {
      if (node === place) place = place.nextElementSibling;
      else this.list.insertBefore(node, place);
    }
    if (this.#follow) this.showNewest();
    this.#onScroll();
  }

  #replace(oldNode, node) {
    const focused = oldNode.contains(document.activeElement) ? document.activeElement : null;
    oldNode.replaceWith(node);
    if (!focused) return;
    const keys = [...node.querySelectorAll(".key")];
    const same = keys.find((key) => key.dataset.callback === focused.dataset.callback);
    (same ?? keys[0] ?? this.scroller).focus({ preventScroll: true });
  }

  /** Days, single messages and albums in order, each with what it is drawn from. */
  #arranged() {
    const { clock, group, actions } = this.#view;
    const items = [];
    let day = "";
    let album = null;
    for (const message of this.#state.messages(this.#topicId)) {
      const today = clock.day(message.date);
      if (today !== day) {
        const label = today === clock.day() ? `${WORDS.today}, ${today}` : today;
        items.push({ key: `day ${today}`, parts: [label], make: () => element("li", { class: "day" }, label) });
        day = today;
      }
      if (album && message.media_group_id === album.groupId) {
        album.parts.push(message);
        continue;
      }
      const parts = [message];
      const outgoing = this.#state.isOutgoing(message);
      items.push({
        key: message.message_id,
        parts,
        make: () => bubble(parts, { outgoing, group, clock, actions }),
      });
      album = message.media_group_id ? { groupId: message.media_group_id, parts } : null;
    }
    return items;
  }

  get atNewest() {
    const { scrollTop, clientHeight, scrollHeight } = this.scroller;
    return scrollHeight - scrollTop - clientHeight < NEAR_BOTTOM_PX;
  }

  #onSight(inSight) {
    this.#inSight = inSight;
    if (inSight && this.#follow) this.showNewest();
    this.#onScroll();
  }

  #onScroll() {
    if (!this.scroller.clientHeight) return;
    const top = this.scroller.scrollTop;
    if (this.atNewest) this.#follow = true;
    else if (top < this.#lastTop) this.#follow = false; // growing content is not scrolling up
    this.#lastTop = top;
    this.toNewest.hidden = this.#follow;
    if (this.#follow && this.#inSight) this.dispatchEvent(new Event("read"));
    const unread = this.#state.unread(this.#topicId);
    this.#badge.hidden = unread === 0;
    this.#badge.textContent = String(unread);
  }

  showNewest(smooth = false) {
    this.#follow = true;
    this.scroller.scrollTo({ top: this.scroller.scrollHeight, behavior: smooth ? "smooth" : "instant" });
  }

  /** Brings a message into view and lights it up for a moment; false when it is not here. */
  jump(messageId) {
    const item = [...this.#drawn.values()].find(({ parts }) => parts.some((part) => part.message_id === messageId));
    if (!item) return false;
    this.#follow = false;
    item.node.scrollIntoView({ block: "center", behavior: "instant" });
    item.node.classList.add("message--lit");
    setTimeout(() => item.node.classList.remove("message--lit"), FLASH_MS);
    return true;
  }
}

function sameParts(before, now) {
  return before.length === now.length && before.every((part, index) => part === now[index]);
}
