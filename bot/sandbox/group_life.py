"""What happens in groups besides talk: members come and go, rights change, topics are made, a group is upgraded."""

from __future__ import annotations

from bot.sandbox.chats import USUAL_ADMIN_RIGHTS, Chat, Member, Message, Person, Topic
from bot.sandbox.notices import tell_member, tell_message
from bot.sandbox.world import FIRST_SUPERGROUP_ID, World


class GroupLife:
    """Changes that people make to groups; the bot gets the same updates and service messages as from Telegram."""

    def __init__(self, world: World) -> None:
        self._world = world

    def sets_member(self, chat: Chat, user: dict[str, object], new: Member, author: Person | None = None) -> None:
        """Any change of status; for the bot itself it arrives as my_chat_member."""
        user_id = int(str(user["id"]))
        old = chat.member(user_id) or Member(dict(user), "left")
        chat.members[user_id] = new
        by = author.user() if author is not None else new.user
        tell_member(self._world, chat, by, old, new)
        self._world.changes.publish({"type": "world", "chat_id": chat.id})

    def joins(self, chat: Chat, person: Person) -> None:
        self.sets_member(chat, person.user(), Member(person.user()), person)
        self._service(chat, person.user(), {"new_chat_members": [person.user()]})

    def leaves(self, chat: Chat, person: Person) -> None:
        self.sets_member(chat, person.user(), Member(person.user(), "left"), person)
        self._service(chat, person.user(), {"left_chat_member": person.user()})

    def promotes(self, chat: Chat, person: Person, rights: frozenset[str] = USUAL_ADMIN_RIGHTS) -> None:
        self.sets_member(chat, person.user(), Member(person.user(), "administrator", rights))

    def adds_bot(self, chat: Chat, author: Person, rights: frozenset[str] | None = None) -> None:
        """`rights` None: an ordinary member. Also brings back a bot that was removed."""
        bot = self._world.bot.user()
        new = Member(bot) if rights is None else Member(bot, "administrator", rights)
        self.sets_member(chat, bot, new, author)

    def removes_bot(self, chat: Chat, author: Person) -> None:
        bot = self._world.bot.user()
        self.sets_member(chat, bot, Member(bot, "kicked"), author)

    def creates_topic(self, chat: Chat, author: dict[str, object], name: str, icon_color: int = 7322096) -> Topic:
        """The id of a topic is the id of the service message that opens it."""
        topic = Topic(chat.last_message_id + 1, name, icon_color)
        chat.topics[topic.id] = topic
        created = {"name": name, "icon_color": icon_color}
        self._service(chat, author, {"forum_topic_created": created, **_inside(topic)})
        self._world.topic_changed(chat)
        return topic

    def renames_topic(self, chat: Chat, author: dict[str, object], topic: Topic, name: str) -> None:
        topic.name = name
        self._service(chat, author, {"forum_topic_edited": {"name": name}, **_inside(topic)})
        self._world.topic_changed(chat)

    def closes_topic(self, chat: Chat, author: dict[str, object], topic: Topic, closed: bool = True) -> None:
        topic.closed = closed
        field = "forum_topic_closed" if closed else "forum_topic_reopened"
        self._service(chat, author, {field: {}, **_inside(topic)})
        self._world.topic_changed(chat)

    def deletes_topic(self, chat: Chat, topic: Topic) -> None:
        """With everything that was written in it; the bot is not told, as in Telegram."""
        del chat.topics[topic.id]
        inside = [key for key, message in chat.messages.items() if message.get("message_thread_id") == topic.id]
        self._world.remove(chat, inside)
        self._world.topic_changed(chat)

    def upgrades(self, chat: Chat) -> Chat:
        """A basic group becomes a supergroup: new id, old one answers migrate_to_chat_id."""
        new = self._world.add_group(chat.title, supergroup=True, id=FIRST_SUPERGROUP_ID + chat.id)
        new.members = dict(chat.members)
        chat.migrated_to = new.id
        author = next((member.user for member in chat.members.values() if member.status == "creator"), chat.json())
        self._service(chat, author, {"migrate_to_chat_id": new.id})
        self._service(new, author, {"migrate_from_chat_id": chat.id})
        return new

    def _service(self, chat: Chat, author: dict[str, object], content: dict[str, object]) -> Message:
        message = self._world.post(chat, author, content)
        if author.get("id") != self._world.bot.id:
            tell_message(self._world, chat, message)
        return message


def _inside(topic: Topic) -> dict[str, object]:
    return {"message_thread_id": topic.id, "is_topic_message": True}
