/** Builds DOM trees: what people typed goes in as text nodes only, never as HTML. */

/**
 * @param {string} tag
 * @param {Object<string, *>} attributes "class", any attribute, or "onclick"-like listeners; null/false = left out
 * @param {...(Node|string|null|false|Array)} children
 */
export function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** A real <button type="button">; `label` becomes its accessible name when the face is only an icon. */
export function button(attributes, ...children) {
  return element("button", { type: "button", ...attributes }, ...children);
}

const SVG = "http://www.w3.org/2000/svg";

const PATHS = {
  back: "M15 5l-7 7 7 7",
  forward: "M9 5l7 7-7 7",
  down: "M5 9l7 7 7-7",
  close: "M6 6l12 12M18 6L6 18",
  more: "M12 5.500v.01M12 12v.01M12 18.500v.01",
  menu: "M4 7h16M4 12h16M4 17h10",
  clip: "M19.500 11.500l-7.600 7.600a5 5 0 0 1-7.100-7.100l8-8a3.400 3.400 0 0 1 4.800 4.800l-7.900 7.900a1.700 1.700 0 0 1-2.400-2.400l7.100-7.100",
  send: "M12 19V5M5.500 11.500L12 5l6.500 6.500",
  pin: "M9 4h6l-.6 6 2.900 3.200H6.700L9.600 10zM12 13.500V20",
  download: "M12 4v11M7 10.500l5 5 5-5M5 20h14",
  file: "M7 3h7l4 4v14H7zM14 3v4h4",
  picture: "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.500 9v.01",
  voice: "M12 4a3 3 0 0 1 3 3v4a3 3 0 0 1-6 0V7a3 3 0 0 1 3-3zM6 11a6 6 0 0 0 12 0M12 17v3",
  group: "M9 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM3.500 19a5.500 5.500 0 0 1 11 0M16 5.500a3 3 0 0 1 0 5.500M17 14a5.500 5.500 0 0 1 3.500 5",
  topic: "M9.500 4.500l-2 15M16.500 4.500l-2 15M5 9h15M4 15h15",
  reply: "M10 6l-5.500 5.500L10 17M5 11.500h8a6 6 0 0 1 6 6V19",
  edit: "M5 19l1-4L16 5l3 3L9 18zM14 7l3 3",
  copy: "M9 9h10v11H9zM5 15V4h10",
  lock: "M6 11h12v9H6zM8.500 11V8a3.500 3.500 0 0 1 7 0v3",
  link: "M8 16L16 8M9.500 8H16v6.500",
  block: "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM6.500 6.500l11 11",
  spark: "M12 4v6M12 14v6M4 12h6M14 12h6",
};

/** A decorative line icon, hidden from screen readers. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", `icon icon--${name}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}
