/** One open chat (or forum topic) on a phone: header, pinned bar, conversation, text field. */

import { button, element } from "./dom.js";
import { Composer } from "./composer.js";
import { markBusy, replyKeyboard } from "./keyboards.js";
import { MessageList } from "./message_list.js";
import { chatHeader } from "./chat_header.js";
import { PinnedBar } from "./pinned_bar.js";
import { server } from "./server.js";
import { enlarge } from "./viewer.js";
import { WORDS, refusal } from "./words.js";

const LONGEST_TAP_MS = 15_000;
const TYPING_MS = 5500;

export class ChatScreen {
  #phone;
  #state;
  #topicId;
  #typingTimer = null;
  #keyboardShown = null;

  /**
   * @param {object} phone viewer, notices, clock, openLink
   * @param {ChatState} state
   * @param {{title:string, subtitle:string, group:boolean, topicId:number|null, onBack:function()|null}} about
   */
  constructor(phone, state, about) {
    this.#phone = phone;
    this.#state = state;
    this.#topicId = about.topicId;
    this.header = chatHeader(about, () => this.#openMenu(about));
    this.pinnedBar = new PinnedBar((id) => this.messages.jump(id));
    this.messages = new MessageList(state, about.topicId, {
      group: about.group,
      clock: phone.clock,
      actions: {
        press: (message, spec, face) => this.#press(message, spec, face),
        openMenu: (message, opener) => this.#openMessageMenu(message, opener),
        enlarge,
        jump: (id) => this.messages.jump(id),
        onLink: (url) => phone.openLink(url),
        onCommand: (text) => this.say(text).catch(() => {}),
      },
    });
    this.messages.addEventListener("read", () => state.read(about.topicId));
    this.composer = new Composer(this.#outbox(), phone.notices, phone.clock);
    this.begin = element(
      "div",
      { class: "begin", hidden: true },
      element("p", { class: "begin__text" }, about.group ? WORDS.emptyGroup : WORDS.emptyChat),
      about.group ? null : button({ class: "begin__button", onclick: () => this.say("/start").catch(() => {}) }, WORDS.start),
    );
    this.blockedBar = element(
      "div",
      { class: "blocked", hidden: true },
      element("p", {}, WORDS.blocked),
      button({ class: "begin__button", onclick: () => this.#block(false) }, WORDS.unblock),
    );
    this.keyboardPlace = element("div", { class: "keyboard-place" });
    this.node = element(
      "div",
      { class: "chat" },
      this.header.node,
      this.pinnedBar.node,
      this.messages.node,
      this.begin,
      this.blockedBar,
      this.composer.node,
      this.keyboardPlace,
    );
  }

  draw() {
    const state = this.#state;
    this.messages.draw();
    const count = state.messages(this.#topicId).length;
    this.begin.hidden = !state.loaded || count > 0 || state.blocked;
    this.blockedBar.hidden = !state.blocked;
    this.composer.node.hidden = state.blocked;
    this.composer.showCommands(state.commands);
    this.pinnedBar.show(state.pinned.map((id) => state.message(id)).filter(Boolean));
    this.#drawKeyboard(state.blocked ? null : state.replyKeyboard);
  }

  #drawKeyboard(markup) {
    const shown = JSON.stringify(markup);
    if (shown === this.#keyboardShown) return;
    this.#keyboardShown = shown;
    this.composer.showPlaceholder(markup?.input_field_placeholder ?? "");
    this.keyboardPlace.replaceChildren(
      ...(markup?.keyboard ? [replyKeyboard(markup, (label) => this.say(label).catch(() => {}))] : []),
    );
  }

  /** The bot answered a tap: nothing is waiting any more. */
  tapAnswered() {
    for (const face of this.node.querySelectorAll("[aria-busy]")) markBusy(face, false);
  }

  showTyping(action) {
    this.header.setStatus(WORDS.uploadAction[action] ?? WORDS.typing, true);
    clearTimeout(this.#typingTimer);
    this.#typingTimer = setTimeout(() => this.header.setStatus(), TYPING_MS);
  }

  stopTyping() {
    clearTimeout(this.#typingTimer);
    this.header.setStatus();
  }

  dropped(files) {
    if (!this.#state.blocked) this.composer.dropped(files);
  }

  #address() {
    return {
      person_id: this.#phone.viewer.id,
      chat_id: this.#state.chatId,
      ...(this.#topicId ? { topic_id: this.#topicId } : {}),
    };
  }

  /** Sends a text as the owner of the phone; rejects (after telling the person) when it did not go out. */
  say(text, original = null) {
    return this.#told(
      server.send({ ...this.#address(), text, ...(original ? { reply_to: original.message_id } : {}) }),
      WORDS.notSent,
    ).then(() => this.messages.showNewest());
  }

  #outbox() {
    return {
      text: (text, original) => this.say(text, original),
      files: async (upload) => {
        await this.#told(server.upload({ ...this.#address(), ...upload }), WORDS.notSent);
        this.messages.showNewest();
      },
      change: (message, text) =>
        this.#told(server.edit({ ...this.#address(), message_id: message.message_id, text }), WORDS.notSent),
    };
  }

  /** Passes the result on; a failure is shown to the person first. */
  async #told(promise, offlineText) {
    try {
      return await promise;
    } catch (error) {
      this.#phone.notices.toast(error.offline ? offlineText : refusal(error.message));
      throw error;
    }
  }

  #press(message, spec, face) {
    if (spec.callback_data !== undefined) this.#tap(message, spec, face);
    else if (spec.url) this.#phone.openLink(spec.url);
    else if (spec.copy_text) this.#phone.copy(spec.copy_text.text);
    else this.#phone.notices.toast(WORDS.notHere);
  }

  async #tap(message, spec, face) {
    markBusy(face, true);
    const address = { person_id: this.#phone.viewer.id, chat_id: this.#state.chatId };
    const tap = { ...address, message_id: message.message_id, data: spec.callback_data };
    try {
      await this.#told(server.tap(tap), WORDS.notTapped);
      setTimeout(() => markBusy(face, false), LONGEST_TAP_MS);
    } catch {
      markBusy(face, false);
    }
  }

  async #block(blocked) {
    const call = blocked ? server.block : server.unblock;
    await this.#told(call(this.#phone.viewer.id), WORDS.notTapped).catch(() => {});
    await this.#state.refresh().catch(() => {});
  }

  #openMenu(about) {
    const entries = about.group
      ? []
      : [
          { label: WORDS.restart, icon: "reply", act: () => this.say("/start").catch(() => {}) },
          this.#state.blocked
            ? { label: WORDS.unblock, icon: "block", act: () => this.#block(false) }
            : { label: WORDS.block, icon: "block", act: () => this.#block(true) },
        ];
    if (entries.length) this.#phone.notices.menu(this.header.moreButton, WORDS.more, entries);
  }

  #openMessageMenu(message, opener) {
    const text = message.text ?? message.caption;
    const entries = [{ label: WORDS.reply, icon: "reply", act: () => this.composer.replyTo(message) }];
    if (this.#state.isOutgoing(message) && message.text) {
      entries.push({ label: WORDS.edit, icon: "edit", act: () => this.composer.startEdit(message) });
    }
    if (text) entries.push({ label: WORDS.copy, icon: "copy", act: () => this.#phone.copy(text) });
    this.#phone.notices.menu(opener, WORDS.actions, entries);
  }
}
