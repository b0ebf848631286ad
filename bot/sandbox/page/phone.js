/** One phone: a frame with a clock, its owner, and the chats of that person with the way between them. */

import { ChatList } from "./chat_list.js";
import { ChatScreen } from "./chat_screen.js";
import { ChatState, topicOf } from "./chat_state.js";
import { element, icon } from "./dom.js";
import { Notices } from "./notices.js";
import { signatureOf } from "./roster.js";
import { WORDS, counted } from "./words.js";

/** Fires "unread" when the number of unread messages may have changed. */
export class Phone extends EventTarget {
  #desk;
  #chats;
  #screens = new Map();
  #shown = null;

  /**
   * @param {object} desk clock, openLink(phone, url), copy(phone, text)
   * @param {{key:string, viewer:object, title:string, subtitle:string, chats:Array<object>, first:object}} about
   *   chats: {id, title, group: world group or null}; first: the one that is open at the beginning
   */
  constructor(desk, about) {
    super();
    this.#desk = desk;
    this.about = about;
    this.viewer = about.viewer;
    this.clock = desk.clock;
    this.signature = signatureOf(about);
    this.#chats = about.chats.map((chat) => ({ ...chat, state: new ChatState(this.viewer.id, chat.id) }));
    this.screen = element("div", { class: "phone__screen" });
    this.time = element("time", { class: "phone__time" });
    this.node = element(
      "section",
      { class: "phone", id: `phone-${about.key}`, "aria-label": `${about.title}. ${about.subtitle}`, "data-person-id": this.viewer.id },
      element(
        "header",
        { class: "phone__owner" },
        element("h2", { class: "phone__title" }, about.title),
        element("p", { class: "phone__subtitle" }, about.subtitle),
      ),
      element(
        "div",
        { class: "phone__frame" },
        element("div", { class: "phone__status", "aria-hidden": "true" }, this.time, element("span", { class: "phone__signal" })),
        this.screen,
        element("div", { class: "phone__home", "aria-hidden": "true" }),
      ),
    );
    this.notices = new Notices(this.screen);
    this.#acceptDrops();
    for (const chat of this.#chats) {
      chat.state.addEventListener("changed", () => this.#draw());
    }
    this.#open(this.#chats.find(({ id }) => id === about.first.id) ?? this.#chats[0]);
  }

  get unread() {
    return this.#chats.reduce((sum, { state }) => sum + state.unread(), 0);
  }

  openLink(url) {
    this.#desk.openLink(this, url);
  }

  copy(text) {
    this.#desk.copy(this, text);
  }

  refresh() {
    return Promise.all(this.#chats.map(({ state }) => state.refresh()));
  }

  /** New names and topics of the same groups. */
  updateGroups(groups) {
    for (const chat of this.#chats) {
      if (chat.group) chat.group = groups.find(({ id }) => id === chat.id) ?? chat.group;
    }
    this.#draw();
  }

  tick() {
    this.time.textContent = this.clock.time();
  }

  receive(event) {
    const chat = this.#chats.find(({ id }) => id === event.chat_id);
    if (event.type === "commands") for (const { state } of this.#chats) state.receive(event);
    else if (event.type === "toast") this.#onToast(event, chat);
    else if (chat && event.type === "typing") this.#screenOf(chat, event.topic_id)?.showTyping(event.text);
    else if (chat) {
      chat.state.receive(event);
      if (event.type === "message" && event.message) this.#screenOf(chat, topicOf(event.message))?.stopTyping();
    }
  }

  #onToast({ person_id: personId, chat_id: chatId, text, alert }, chat) {
    if (personId !== this.viewer.id || (chatId && !chat)) return;
    for (const screen of this.#screens.values()) screen.tapAnswered?.();
    if (!text) return;
    if (alert) this.notices.alert(text);
    else this.notices.toast(text);
  }

  #screenOf(chat, topicId) {
    return this.#screens.get(`chat ${chat.id} ${chat.group?.forum ? topicId ?? 0 : ""}`);
  }

  /** Says something to the bot as the owner of the phone, opening the chat with the bot. */
  say(text) {
    const chat = this.#chats.find(({ group }) => !group);
    this.#open(chat);
    return this.#shown.screen.say(text);
  }

  get hasBotChat() {
    return this.#chats.some(({ group }) => !group);
  }

  #open(chat) {
    if (chat.group?.forum) this.#show(`topics ${chat.id}`, () => this.#makeTopics(chat));
    else this.#show(`chat ${chat.id} `, () => this.#makeChat(chat, null));
  }

  #openTopic(chat, topicId) {
    this.#show(`chat ${chat.id} ${topicId}`, () => this.#makeChat(chat, topicId));
  }

  #openList() {
    this.#show("chats", () => {
      const list = new ChatList({ title: WORDS.chats, onBack: null }, this.clock);
      list.draw = () => list.show(this.#chats.map((chat) => this.#chatEntry(chat)));
      return list;
    });
  }

  #show(key, make) {
    if (!this.#screens.has(key)) this.#screens.set(key, make());
    const screen = this.#screens.get(key);
    this.#shown?.screen.node.remove();
    this.#shown = { key, screen };
    this.screen.prepend(screen.node);
    this.#draw();
  }

  #draw() {
    this.#shown?.screen.draw();
    if (this.#shown?.screen.header) this.#shown.screen.header.setWaiting(this.#waiting());
    this.dispatchEvent(new Event("unread"));
  }

  /** Unread messages outside the chat that is open. */
  #waiting() {
    const [, chatId, topicId] = this.#shown.key.split(" ");
    const open = this.#chats.find(({ id }) => String(id) === chatId);
    return this.unread - open.state.unread(topicId === "" ? null : Number(topicId));
  }

  #chatEntry(chat) {
    return {
      title: chat.title,
      sign: chat.group ? "group" : null,
      last: chat.state.messages().at(-1),
      unread: chat.state.unread(),
      open: () => this.#open(chat),
    };
  }

  #makeChat(chat, topicId) {
    const topic = this.#topics(chat).find(({ id }) => id === topicId);
    const back = { topic: () => this.#open(chat), chat: () => this.#openList() };
    const inTopic = topicId !== null;
    return new ChatScreen(this, chat.state, {
      title: topic?.name ?? chat.title,
      subtitle: inTopic ? chat.title : chat.group ? this.#groupLine(chat) : WORDS.bot,
      group: Boolean(chat.group),
      topicId,
      onBack: inTopic ? back.topic : this.#chats.length > 1 ? back.chat : null,
      backLabel: inTopic ? WORDS.backToTopics : WORDS.backToChats,
    });
  }

  #groupLine(chat) {
    return counted(chat.group.member_ids.length + 1, WORDS.members);
  }

  #topics({ group }) {
    if (!group?.forum) return [];
    return [{ id: 0, name: WORDS.generalTopic, closed: false }, ...group.topics];
  }

  #makeTopics(chat) {
    const onBack = this.#chats.length > 1 ? () => this.#openList() : null;
    const list = new ChatList({ title: chat.title, onBack }, this.clock);
    list.draw = () => {
      const topics = this.#topics(chat).map((topic) => ({ topic, last: chat.state.messages(topic.id).at(-1) }));
      topics.sort((a, b) => (b.last?.message_id ?? 0) - (a.last?.message_id ?? 0));
      list.subtitle.textContent = counted(topics.length, WORDS.topicsCount);
      list.show(
        topics.map(({ topic, last }) => ({
          title: topic.name,
          sign: "topic",
          closed: topic.closed,
          last,
          unread: chat.state.unread(topic.id),
          open: () => this.#openTopic(chat, topic.id),
        })),
      );
    };
    return list;
  }

  #acceptDrops() {
    const hint = element("div", { class: "drop-hint", hidden: true }, icon("clip"), WORDS.dropHere);
    this.screen.append(hint);
    const over = (event) => {
      if (![...(event.dataTransfer?.types ?? [])].includes("Files") || !this.#shown?.screen.dropped) return;
      event.preventDefault();
      hint.hidden = false;
    };
    this.screen.addEventListener("dragover", over);
    this.screen.addEventListener("dragleave", (event) => {
      if (!this.screen.contains(event.relatedTarget)) hint.hidden = true;
    });
    this.screen.addEventListener("drop", (event) => {
      event.preventDefault();
      hint.hidden = true;
      const files = [...event.dataTransfer.files];
      if (files.length) this.#shown?.screen.dropped?.(files);
    });
  }
}
