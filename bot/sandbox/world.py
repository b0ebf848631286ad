"""The world of the sandbox: who is there, what was said, and the only ways to change it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bot.sandbox.callbacks import Presses
from bot.sandbox.changes import Changes
from bot.sandbox.chats import USUAL_ADMIN_RIGHTS, BotAccount, Chat, Member, Message, Person, Topic
from bot.sandbox.clock import Clock
from bot.sandbox.commands import CommandBook
from bot.sandbox.faults import Faults
from bot.sandbox.files import FileStore
from bot.sandbox.updates import UpdateQueue

FIRST_PERSON_ID = 700_000_001
FIRST_SUPERGROUP_ID = -1_002_000_000_001
FIRST_GROUP_ID = -4_000_001
DELETE_SECONDS = 48 * 3600


class World:
    """Holds state and tells `changes` about every alteration; rules of who may do what live in methods and deeds."""

    def __init__(self, bot: BotAccount, clock: Clock | None = None) -> None:
        self.clock = clock or Clock()
        self.changes = Changes()
        self.faults = Faults()
        self.updates = UpdateQueue(self.clock, self.changes, self.faults)
        self.files = FileStore(self.clock)
        self.presses = Presses(self.clock)
        self.commands = CommandBook()
        self.bot = bot
        self.profile: dict[str, str] = {}
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.guide: list[str] = []

    # -- inhabitants -----------------------------------------------------------------------------------------------

    def add_person(
        self, name: str, *, id: int | None = None, username: str | None = None, label: str = "", started: bool = False
    ) -> Person:
        """A person and the empty private chat with the bot; `started` lets the bot write first."""
        if id is None:
            id = FIRST_PERSON_ID + len(self.people)
            while id in self.people:
                id += 1
        if id in self.people:
            raise ValueError(f"person {id} is here already")
        person = Person(id, name, username, label, started)
        self.people[id] = person
        self.chats[id] = Chat(id, "private", person=person)
        self.changes.publish({"type": "world", "chat_id": id})
        return person

    def person(self, key: int | str | Person) -> Person:
        """By id, name or username; KeyError when nobody is called that."""
        if isinstance(key, Person):
            return key
        if isinstance(key, int):
            return self.people[key]
        found = [person for person in self.people.values() if key in (person.name, person.username)]
        if len(found) != 1:
            raise KeyError(f"{len(found)} people are called {key!r}")
        return found[0]

    def add_group(
        self,
        title: str,
        *,
        forum: bool = False,
        supergroup: bool | None = None,
        members: Iterable[int | str | Person] = (),
        bot_rights: frozenset[str] | None = USUAL_ADMIN_RIGHTS,
        id: int | None = None,
    ) -> Chat:
        """A group whose creator is the first member. A forum is always a supergroup; `bot_rights` None leaves the bot
        an ordinary member. Nobody is told: see deeds.adds_bot for the update a bot gets when it is added."""
        if supergroup is None:
            supergroup = forum
        first = FIRST_SUPERGROUP_ID if supergroup or forum else FIRST_GROUP_ID
        while id is None or id in self.chats:
            id = first = first - 1
        chat = Chat(id, "supergroup" if supergroup or forum else "group", title, is_forum=forum)
        for index, key in enumerate(members):
            person = self.person(key)
            chat.members[person.id] = Member(person.user(), "creator" if index == 0 else "member")
        chat.members[self.bot.id] = (
            Member(self.bot.user())
            if bot_rights is None
            else Member(self.bot.user(), "administrator", frozenset(bot_rights))
        )
        self.chats[chat.id] = chat
        self.changes.publish({"type": "world", "chat_id": chat.id})
        return chat

    def groups(self) -> list[Chat]:
        return [chat for chat in self.chats.values() if not chat.is_private and not chat.deleted]

    # -- history ---------------------------------------------------------------------------------------------------

    def post(
        self,
        chat: Chat,
        author: dict[str, Any],
        content: dict[str, Any],
        *,
        topic: Topic | None = None,
        reply_to: int | None = None,
    ) -> Message:
        """Append a message; `content` holds the fields of its kind (text, photo, document, …)."""
        chat.last_message_id += 1
        message: Message = {
            "message_id": chat.last_message_id,
            "from": author,
            "chat": chat.json(),
            "date": self.clock.unix(),
        }
        if topic is not None:
            message |= {"message_thread_id": topic.id, "is_topic_message": True}
        answered = chat.messages.get(reply_to if reply_to is not None else topic.id if topic is not None else 0)
        if answered is not None:
            message["reply_to_message"] = {
                name: value for name, value in answered.items() if name not in ("reply_to_message", "reply_markup")
            }
        message |= content
        chat.messages[chat.last_message_id] = message
        self.changes.publish({"type": "message", "chat_id": chat.id, "message": message})
        return message

    def rewrite(self, chat: Chat, message: Message) -> None:
        """Put an edited copy in place of the message with the same id."""
        chat.messages[message["message_id"]] = message
        self.changes.publish({"type": "edit", "chat_id": chat.id, "message": message})

    def remove(self, chat: Chat, message_ids: Iterable[int]) -> None:
        for message_id in message_ids:
            message = chat.messages.pop(message_id, None)
            if message is None:
                continue
            if message_id in chat.pinned:
                chat.pinned.remove(message_id)
            gone = {"message_id": message_id, "chat": chat.json(), "date": message["date"]}
            self.changes.publish({"type": "delete", "chat_id": chat.id, "message": gone})

    def pin(self, chat: Chat, message_id: int) -> None:
        if message_id in chat.pinned:
            chat.pinned.remove(message_id)
        chat.pinned.append(message_id)
        self.changes.publish({"type": "pin", "chat_id": chat.id})

    def unpin(self, chat: Chat, message_ids: Iterable[int]) -> None:
        chat.pinned = [kept for kept in chat.pinned if kept not in set(message_ids)]
        self.changes.publish({"type": "pin", "chat_id": chat.id})

    def topic_changed(self, chat: Chat) -> None:
        self.changes.publish({"type": "topic", "chat_id": chat.id})
