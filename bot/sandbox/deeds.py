"""What people do in their applications: write, press, edit, send files, block the bot."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.sandbox.callbacks import Press
from bot.sandbox.chats import Chat, Member, Message, Person, Topic
from bot.sandbox.entities import utf16_length
from bot.sandbox.errors import Impossible
from bot.sandbox.formatting import CAPTION_LIMIT, TEXT_LIMIT, plain
from bot.sandbox.notices import tell_member, tell_message, tell_press
from bot.sandbox.world import World

MEDIA_KINDS = ("photo", "document", "voice", "video")


@dataclass(slots=True)
class Attachment:
    content: bytes
    name: str = ""
    mime: str = ""


class Deeds:
    """Every verb raises Impossible when the person's own application would not offer it."""

    def __init__(self, world: World) -> None:
        self._world = world

    def chat_of(self, person: Person, chat_id: int | None = None) -> Chat:
        """The private chat with the bot for None, the bot's id or the person's own; otherwise a group."""
        if chat_id is None or chat_id in (person.id, self._world.bot.id):
            return self._world.chats[person.id]
        chat = self._world.chats.get(chat_id)
        if chat is None or chat.is_private or not chat.has(person.id):
            raise Impossible(f"{person.name} is not in chat {chat_id}")
        if chat.migrated_to is not None:
            raise Impossible(f"the group moved to {chat.migrated_to}")
        return chat

    def sends(
        self,
        person: Person,
        text: str,
        *,
        chat_id: int | None = None,
        topic_id: int | None = None,
        reply_to: int | None = None,
    ) -> list[Message]:
        """One message, or several when the text is longer than one may be."""
        chat, topic = self._place(person, chat_id, topic_id)
        pieces = _pieces(text.strip())
        if not pieces:
            raise Impossible("an empty message cannot be sent")
        return [self._say(person, chat, _text_fields(piece), topic, reply_to) for piece in pieces]

    def sends_files(
        self,
        person: Person,
        kind: str,
        attachments: Sequence[Attachment],
        *,
        caption: str = "",
        chat_id: int | None = None,
        topic_id: int | None = None,
        reply_to: int | None = None,
    ) -> list[Message]:
        """Several photos, videos or documents become albums of at most ten; the caption is on the first."""
        if kind not in MEDIA_KINDS:
            raise Impossible(f"{kind} cannot be attached")
        if utf16_length(caption) > CAPTION_LIMIT:
            raise Impossible("the caption is too long")
        chat, topic = self._place(person, chat_id, topic_id)
        sent: list[Message] = []
        for start in range(0, len(attachments), 10):
            batch = attachments[start : start + 10]
            group = {"media_group_id": str(secrets.randbelow(10**17))} if len(batch) > 1 and kind != "voice" else {}
            for attachment in batch:
                content = group | self._media(kind, attachment)
                if caption and not sent:
                    content |= _text_fields(caption, "caption", "caption_entities")
                sent.append(self._say(person, chat, content, topic, reply_to))
        return sent

    def _media(self, kind: str, attachment: Attachment) -> dict[str, Any]:
        files = self._world.files
        match kind:
            case "photo":
                return {"photo": files.photo(attachment.content)}
            case "voice":
                return {"voice": files.voice(attachment.content)}
            case "video":
                return {"video": files.video(attachment.content, attachment.name)}
            case _:
                return {"document": files.document(attachment.content, attachment.name, attachment.mime)}

    def _place(self, person: Person, chat_id: int | None, topic_id: int | None) -> tuple[Chat, Topic | None]:
        chat = self.chat_of(person, chat_id)
        if chat.is_private and person.blocked:
            raise Impossible(f"{person.name} has blocked the bot")
        if topic_id is None or not chat.is_forum:
            return chat, None
        topic = chat.topics.get(topic_id)
        if topic is None:
            raise Impossible(f"there is no topic {topic_id}")
        member = chat.member(person.id)
        if topic.closed and not (member is not None and member.can("can_manage_topics")):
            raise Impossible("the topic is closed")
        return chat, topic

    def _say(
        self, person: Person, chat: Chat, content: dict[str, Any], topic: Topic | None, reply_to: int | None
    ) -> Message:
        if chat.is_private:
            person.started = True
        message = self._world.post(chat, person.user(), content, topic=topic, reply_to=reply_to)
        tell_message(self._world, chat, message)
        return message

    def taps(self, person: Person, message_id: int, data: str, *, chat_id: int | None = None) -> Press:
        """Also a forged `data` and a message deleted meanwhile: Telegram lets both through."""
        chat = self.chat_of(person, chat_id)
        if chat.is_private and person.blocked:
            raise Impossible(f"{person.name} has blocked the bot")
        press = self._world.presses.add(person.id, chat.id, message_id, data)
        tell_press(self._world, person, chat, press)
        return press

    def edits(self, person: Person, message_id: int, text: str, *, chat_id: int | None = None) -> Message:
        """Own text, or the caption of an own photo or file."""
        chat = self.chat_of(person, chat_id)
        message = chat.messages.get(message_id)
        if message is None or message["from"]["id"] != person.id:
            raise Impossible("only an own message can be edited")
        fields = ("text", "entities") if "text" in message else ("caption", "caption_entities")
        edited = {name: value for name, value in message.items() if name not in fields}
        edited |= _text_fields(text.strip(), *fields)
        edited["edit_date"] = self._world.clock.unix()
        self._world.rewrite(chat, edited)
        tell_message(self._world, chat, edited, "edited_message")
        return edited

    def deletes(self, person: Person, message_id: int, *, chat_id: int | None = None) -> None:
        """For everybody. The bot is not told, as in Telegram."""
        self._world.remove(self.chat_of(person, chat_id), [message_id])

    def blocks(self, person: Person) -> None:
        self._set_blocked(person, True)

    def unblocks(self, person: Person) -> None:
        self._set_blocked(person, False)

    def _set_blocked(self, person: Person, blocked: bool) -> None:
        if person.blocked == blocked:
            return
        person.blocked = blocked
        bot = self._world.bot.user()
        old, new = Member(bot, "member" if blocked else "kicked"), Member(bot, "kicked" if blocked else "member")
        tell_member(self._world, self._world.chats[person.id], person.user(), old, new)
        self._world.changes.publish({"type": "world", "chat_id": person.id})


def _text_fields(text: str, text_name: str = "text", entities_name: str = "entities") -> dict[str, Any]:
    stored, entities = plain(text)
    return {text_name: stored, entities_name: entities} if entities else {text_name: stored}


def _pieces(text: str) -> list[str]:
    """Cut as applications do, at 4096 UTF-16 units."""
    pieces = []
    while text:
        end = min(len(text), TEXT_LIMIT)
        while utf16_length(text[:end]) > TEXT_LIMIT:
            end -= max(1, (utf16_length(text[:end]) - TEXT_LIMIT) // 2)
        pieces.append(text[:end])
        text = text[end:].strip()
    return pieces
