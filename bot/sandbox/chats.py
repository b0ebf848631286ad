"""The inhabitants of the sandbox: people, the bot's account, chats with their members, topics and history."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Message = dict[str, Any]

ADMIN_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_pin_messages",
    "can_manage_topics",
    "can_send_welcome_messages",
)
USUAL_ADMIN_RIGHTS = frozenset(
    {"can_manage_chat", "can_delete_messages", "can_restrict_members", "can_invite_users"}
    | {"can_pin_messages", "can_manage_topics"}
)
GENERAL_TOPIC = 1


@dataclass(slots=True)
class Person:
    """`started`: has written to the bot at least once, so that the bot may write back."""

    id: int
    name: str
    username: str | None = None
    label: str = ""
    started: bool = False
    blocked: bool = False
    deactivated: bool = False
    language_code: str = "ru"

    def user(self) -> dict[str, Any]:
        """The User object of the Bot API."""
        user: dict[str, Any] = {"id": self.id, "is_bot": False, **self._names()}
        user["language_code"] = self.language_code
        return user

    def chat(self) -> dict[str, Any]:
        """The Chat object of the private chat with this person."""
        return {"id": self.id, "type": "private", **self._names()}

    def _names(self) -> dict[str, Any]:
        first, _, last = self.name.partition(" ")
        names = {"first_name": first}
        if last:
            names["last_name"] = last
        if self.username:
            names["username"] = self.username
        return names


@dataclass(slots=True)
class BotAccount:
    id: int
    username: str
    first_name: str
    reads_all_group_messages: bool = False

    def user(self) -> dict[str, Any]:
        return {"id": self.id, "is_bot": True, "first_name": self.first_name, "username": self.username}


@dataclass(slots=True)
class Member:
    """`status` in the words of the Bot API: creator, administrator, member, restricted, left, kicked."""

    user: dict[str, Any]
    status: str = "member"
    rights: frozenset[str] = frozenset()

    @property
    def present(self) -> bool:
        return self.status in ("creator", "administrator", "member", "restricted")

    def can(self, right: str) -> bool:
        return self.status == "creator" or (self.status == "administrator" and right in self.rights)

    def json(self) -> dict[str, Any]:
        """The ChatMember object of the Bot API with every field its status requires."""
        member: dict[str, Any] = {"user": self.user, "status": self.status}
        match self.status:
            case "creator":
                member["is_anonymous"] = False
            case "administrator":
                member |= {"can_be_edited": False, "is_anonymous": False}
                member |= {right: right in self.rights for right in ADMIN_RIGHTS}
            case "kicked":
                member["until_date"] = 0
        return member


@dataclass(slots=True)
class Topic:
    id: int
    name: str
    icon_color: int = 7322096
    closed: bool = False


@dataclass(slots=True)
class Chat:
    """A private chat has the id of its person; `pinned` is in order of pinning, the newest last."""

    id: int
    type: str
    title: str = ""
    is_forum: bool = False
    person: Person | None = None
    members: dict[int, Member] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    last_message_id: int = 0
    pinned: list[int] = field(default_factory=list)
    reply_keyboard: dict[str, Any] | None = None
    migrated_to: int | None = None
    deleted: bool = False
    face: dict[str, Any] = field(default_factory=dict)

    def json(self) -> dict[str, Any]:
        """The Chat object of the Bot API; one shared dictionary per chat, so do not change it."""
        if not self.face:
            if self.person is not None:
                self.face = self.person.chat()
            else:
                self.face = {"id": self.id, "type": self.type, "title": self.title}
                if self.is_forum:
                    self.face["is_forum"] = True
        return self.face

    @property
    def is_private(self) -> bool:
        return self.person is not None

    def member(self, user_id: int) -> Member | None:
        return self.members.get(user_id)

    def has(self, user_id: int) -> bool:
        if self.person is not None:
            return self.person.id == user_id
        member = self.members.get(user_id)
        return member is not None and member.present
