/** Message text with entities (UTF-16 offsets, as JavaScript strings count) as a safe DOM tree. */

import { button, element } from "./dom.js";
import { WORDS } from "./words.js";

const SIMPLE_TAGS = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code" };
const LINK_TYPES = new Set(["url", "text_link", "email", "phone_number"]);

/**
 * @param {string} text
 * @param {Array<{type:string, offset:number, length:number, url?:string}>} entities
 * @param {{onLink: function(string), onCommand: function(string)}} actions
 * @returns {DocumentFragment}
 */
export function richText(text, entities, actions) {
  const sorted = [...(entities ?? [])]
    .filter((entity) => entity.length > 0)
    .sort((a, b) => a.offset - b.offset || b.length - a.length);
  const root = document.createDocumentFragment();
  fill(root, text, 0, text.length, sorted, actions);
  return root;
}

/** Appends text[from, to) to `parent`; takes from `queue` the entities that begin inside. */
function fill(parent, text, from, to, queue, actions) {
  let position = from;
  while (queue.length && queue[0].offset < to) {
    const entity = queue.shift();
    const start = Math.max(entity.offset, position);
    const end = Math.min(entity.offset + entity.length, to);
    if (end <= start) continue;
    parent.append(text.slice(position, start));
    const node = wrap(entity, text.slice(start, end), actions);
    fill(node.inside, text, start, end, queue, actions);
    parent.append(node.outside);
    position = end;
    if (node.block && text[position] === "\n" && position < to) position += 1;
  }
  parent.append(text.slice(position, to));
}

function wrap(entity, covered, actions) {
  const same = (node, block = false) => ({ inside: node, outside: node, block });
  if (SIMPLE_TAGS[entity.type]) return same(element(SIMPLE_TAGS[entity.type]));
  if (entity.type === "pre") return same(element("pre", { class: "code-block" }), true);
  if (entity.type === "blockquote") return same(element("blockquote", { class: "quote" }), true);
  if (entity.type === "expandable_blockquote") return expandable();
  if (entity.type === "spoiler") return same(spoiler());
  if (LINK_TYPES.has(entity.type)) return same(link(address(entity, covered), actions));
  if (entity.type === "bot_command") {
    return same(button({ class: "text-link", onclick: () => actions.onCommand(covered) }));
  }
  return same(element("span", { class: `entity entity--${entity.type}` }));
}

function address(entity, covered) {
  if (entity.type === "text_link") return entity.url ?? "";
  if (entity.type === "email") return `mailto:${covered}`;
  if (entity.type === "phone_number") return `tel:${covered.replace(/[^+\d]/g, "")}`;
  return /^[a-z][a-z\d+.-]*:/i.test(covered) ? covered : `https://${covered}`;
}

function link(url, actions) {
  return element("a", {
    class: "text-link",
    href: isOpenable(url) ? url : null,
    rel: "noopener noreferrer",
    target: "_blank",
    onclick: (event) => {
      event.preventDefault();
      if (isOpenable(url)) actions.onLink(url);
    },
  });
}

/** Only addresses a messenger would open: no javascript:, data:, file:. */
export function isOpenable(url) {
  return /^(https?|tg|mailto|tel):/i.test(url.trim());
}

function spoiler() {
  const reveal = (event) => {
    if (node.classList.contains("spoiler--open")) return;
    event.preventDefault();
    event.stopPropagation();
    node.classList.add("spoiler--open");
    for (const name of ["role", "tabindex", "aria-label"]) node.removeAttribute(name);
  };
  const node = element("span", {
    class: "spoiler",
    role: "button",
    tabindex: "0",
    "aria-label": WORDS.spoiler,
    onclick: reveal,
    onkeydown: (event) => (event.key === "Enter" || event.key === " ") && reveal(event),
  });
  return node;
}

function expandable() {
  const inside = element("div", { class: "quote__text" });
  const toggle = button(
    {
      class: "quote__toggle",
      "aria-expanded": "false",
      onclick: () => {
        const open = outside.classList.toggle("quote--open");
        toggle.setAttribute("aria-expanded", String(open));
        toggle.textContent = open ? WORDS.showLess : WORDS.showAll;
      },
    },
    WORDS.showAll,
  );
  const outside = element("blockquote", { class: "quote quote--expandable" }, inside, toggle);
  return { inside, outside, block: true };
}

/** One line of plain text for previews (chat list, pinned bar, replies). */
export function preview(message) {
  const text = message.text ?? message.caption ?? "";
  const label = kindLabel(message);
  const line = text.trim().replace(/\s*\n\s*/g, " · ");
  return label && line ? `${label}. ${line}` : label || line || serviceLine(message) || WORDS.unsupported;
}

function kindLabel(message) {
  for (const kind of ["photo", "video", "voice", "audio", "animation", "sticker", "location", "contact"]) {
    if (message[kind]) return WORDS[kind];
  }
  return message.document ? message.document.file_name ?? WORDS.document : "";
}

/** What a service message says («Создана тема …»), or "" for an ordinary message. */
export function serviceLine(message) {
  const words = WORDS.service;
  const names = (people) => people.map((person) => person.first_name).join(", ");
  if (message.forum_topic_created) return `${words.topicCreated}: ${message.forum_topic_created.name}`;
  if (message.forum_topic_closed) return words.topicClosed;
  if (message.forum_topic_reopened) return words.topicReopened;
  if (message.forum_topic_edited) return `${words.topicEdited}: ${message.forum_topic_edited.name ?? ""}`;
  if (message.pinned_message) return words.pinned;
  if (message.new_chat_members) return `${words.joined}: ${names(message.new_chat_members)}`;
  if (message.left_chat_member) return `${words.left}: ${message.left_chat_member.first_name}`;
  if (message.group_chat_created || message.supergroup_chat_created) return words.groupCreated;
  return "";
}
