/** Photos, albums and file rows inside a message. */

import { button, element, icon } from "./dom.js";
import { preview } from "./rich_text.js";
import { server } from "./server.js";
import { WORDS, counted, duration, fileSize } from "./words.js";

const PREVIEW_WIDTH = 800;

/**
 * @param {Array<object>} messages one message or the messages of an album
 * @param {function(Array<{url:string, name:string}>, number)} onEnlarge all photos together and which was tapped
 * @returns {Array<Node>}
 */
export function attachments(messages, onEnlarge) {
  const pictured = messages.filter((message) => message.photo?.length);
  const others = messages.filter((message) => !message.photo?.length).map(fileRow).filter(Boolean);
  return [pictured.length ? photoGrid(pictured, onEnlarge) : null, ...others].filter(Boolean);
}

function photoGrid(messages, onEnlarge) {
  const full = messages.map((message) => ({
    url: server.fileUrl(message.photo.at(-1).file_id),
    name: `photo_${message.message_id}.jpg`,
    caption: message.caption ?? "",
  }));
  const tiles = messages.map((message, index) => {
    const size = previewSize(message.photo);
    const image = element("img", {
      src: server.fileUrl(size.file_id),
      width: size.width,
      height: size.height,
      alt: message.caption || WORDS.photo,
      loading: "lazy",
    });
    return button(
      { class: "photo", "aria-label": `${WORDS.enlarge}. ${preview(message)}`, onclick: () => onEnlarge(full, index) },
      image,
    );
  });
  const count = messages.length;
  const label = count > 1 ? `${WORDS.album}: ${counted(count, WORDS.photos)}` : null;
  const kind = count === 1 ? "photos--one" : count % 2 ? "photos--odd" : "photos--even";
  return element("div", { class: `photos ${kind}`, role: count > 1 ? "group" : null, "aria-label": label }, tiles);
}

function previewSize(sizes) {
  return sizes.find((size) => size.width >= PREVIEW_WIDTH) ?? sizes.at(-1);
}

function fileRow(message) {
  const kind = ["document", "voice", "audio", "video", "animation"].find((name) => message[name]);
  if (!kind) return message.sticker || message.location || message.contact ? noteRow(preview(message)) : null;
  const file = message[kind];
  const title = file.file_name ?? WORDS[kind];
  const length = file.duration ? duration(file.duration) : "";
  const details = [length, fileSize(file.file_size)].filter(Boolean).join(" · ");
  const url = server.fileUrl(file.file_id);
  return element(
    "a",
    {
      class: `file file--${kind}`,
      href: url,
      download: file.file_name ?? `${kind}_${message.message_id}${extension(file.mime_type)}`,
      "aria-label": [WORDS.download, title, details].filter(Boolean).join(", "),
    },
    element("span", { class: "file__face" }, icon(kind === "voice" || kind === "audio" ? "voice" : "file")),
    element(
      "span",
      { class: "file__words" },
      element("span", { class: "file__name" }, title),
      element("span", { class: "file__details" }, details),
    ),
    icon("download"),
  );
}

function extension(mimeType = "") {
  const known = { "audio/ogg": ".ogg", "audio/mpeg": ".mp3", "video/mp4": ".mp4", "image/gif": ".gif" };
  return known[mimeType] ?? "";
}

function noteRow(text) {
  return element("p", { class: "note" }, text);
}
