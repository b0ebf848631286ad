/** One chat as one person sees it: messages, keyboard, commands, pins, what is unread. */

import { server } from "./server.js";

const DETAILS_PAUSE_MS = 120;

/** The topic a message belongs to; 0 is the general topic, and everything outside forums. */
export function topicOf(message) {
  return message.is_topic_message ? message.message_thread_id ?? 0 : 0;
}

/** Fires "changed" after any change, "arrived" with a new incoming message in `detail`. */
export class ChatState extends EventTarget {
  commands = [];
  replyKeyboard = null;
  pinned = [];
  blocked = false;
  loaded = false;
  #messages = new Map();
  #readUpTo = new Map();
  #loading = false;
  #stale = false;
  #timer = null;

  constructor(viewerId, chatId) {
    super();
    this.viewerId = viewerId;
    this.chatId = chatId;
  }

  /** Messages in order; of one topic when `topicId` is a number. */
  messages(topicId = null) {
    const all = [...this.#messages.values()].sort((a, b) => a.message_id - b.message_id);
    return topicId === null ? all : all.filter((message) => topicOf(message) === topicId);
  }

  message(id) {
    return this.#messages.get(id);
  }

  isOutgoing(message) {
    return message.from ? message.from.id === this.viewerId : Boolean(message.outgoing);
  }

  /** Takes the whole chat from the server; safe to call at any time, repeats itself if news came meanwhile. */
  async refresh() {
    if (this.#loading) {
      this.#stale = true;
      return;
    }
    this.#loading = true;
    try {
      do {
        this.#stale = false;
        const chat = await server.chat(this.viewerId, this.chatId);
        if (!this.#stale) this.#take(chat);
      } while (this.#stale);
    } finally {
      this.#loading = false;
    }
  }

  #take(chat) {
    const known = this.#messages;
    this.#messages = new Map();
    for (const message of chat.messages) {
      if (message.from) delete message.outgoing; // events do not carry it: the sender says the same
      const old = known.get(message.message_id);
      const same = old && JSON.stringify(old) === JSON.stringify(message);
      this.#messages.set(message.message_id, same ? old : message);
    }
    this.commands = chat.commands ?? [];
    this.replyKeyboard = chat.reply_keyboard ?? null;
    this.pinned = chat.pinned ?? [];
    this.blocked = Boolean(chat.blocked);
    this.#forgetReadMarksOfAnotherLife();
    if (!this.loaded) for (const message of chat.messages) this.#markRead(message);
    this.loaded = true;
    this.dispatchEvent(new Event("changed"));
  }

  /** After the server began anew message numbers are small again: old marks would hide new messages. */
  #forgetReadMarksOfAnotherLife() {
    const newest = Math.max(0, ...this.#messages.keys());
    for (const [topicId, id] of this.#readUpTo) {
      if (id > newest) this.#readUpTo.delete(topicId);
    }
  }

  /** Applies one event of the stream. */
  receive({ type, message, message_id: goneId }) {
    if (type === "delete") this.#messages.delete(message?.message_id ?? goneId);
    if (message && (type === "message" || type === "edit")) this.#messages.set(message.message_id, message);
    if (type !== "typing" && type !== "toast") this.#refreshSoon();
    this.dispatchEvent(new Event("changed"));
    if (type === "message" && message && !this.isOutgoing(message)) {
      this.dispatchEvent(new CustomEvent("arrived", { detail: message }));
    }
  }

  /** Keyboard, commands and pins do not travel in events: ask once for a burst of them. */
  #refreshSoon() {
    if (this.#loading) this.#stale = true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.refresh().catch(() => {}), DETAILS_PAUSE_MS);
  }

  #markRead(message) {
    const topicId = topicOf(message);
    this.#readUpTo.set(topicId, Math.max(this.#readUpTo.get(topicId) ?? 0, message.message_id));
  }

  /** Counts incoming messages not yet seen, of one topic or of the whole chat. */
  unread(topicId = null) {
    return this.messages(topicId).filter(
      (message) => !this.isOutgoing(message) && message.message_id > (this.#readUpTo.get(topicOf(message)) ?? 0),
    ).length;
  }

  /** Everything of the topic (or chat) has been on the screen. */
  read(topicId = null) {
    if (this.unread(topicId) === 0) return;
    for (const message of this.messages(topicId)) this.#markRead(message);
    this.dispatchEvent(new Event("changed"));
  }
}
