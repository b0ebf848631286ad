"""What every method gets, and the checks of chat, message and topic that most of them share."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.arguments import Arguments, number
from bot.sandbox.chats import Chat, Member, Message, Topic
from bot.sandbox.errors import bad_request, forbidden
from bot.sandbox.group_life import GroupLife
from bot.sandbox.webhook import Courier
from bot.sandbox.world import World


@dataclass(slots=True)
class Context:
    """`message_ids` collects what the call produced, for the journal."""

    world: World
    arguments: Arguments
    courier: Courier
    message_ids: list[int] = field(default_factory=list)

    @property
    def group_life(self) -> GroupLife:
        return GroupLife(self.world)


Method = Callable[[Context], Any] | Callable[[Context], Awaitable[Any]]


def need_chat(context: Context, name: str = "chat_id") -> Chat:
    """The chat, if the bot may write there; otherwise Telegram's refusal."""
    chat = _found_chat(context, name)
    if chat.person is not None:
        if chat.person.deactivated:
            raise forbidden("user is deactivated")
        if chat.person.blocked:
            raise forbidden("bot was blocked by the user")
        if not chat.person.started:
            raise forbidden("bot can't initiate conversation with a user")
        return chat
    if chat.migrated_to is not None:
        raise bad_request("group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.migrated_to)
    if chat.deleted:
        raise forbidden("the group chat was deleted")
    member = chat.member(context.world.bot.id)
    if member is None or not member.present:
        kicked = member is not None and member.status == "kicked"
        raise forbidden(f"bot {'was kicked from' if kicked else 'is not a member of'} the {chat.type} chat")
    return chat


def known_chat(context: Context, name: str = "chat_id") -> Chat:
    """The chat for reading only: blocked people and people who never wrote are still known."""
    chat = _found_chat(context, name)
    if chat.person is None and chat.migrated_to is None:
        return need_chat(context, name)
    return chat


def _found_chat(context: Context, name: str) -> Chat:
    if not context.arguments.has(name) or context.arguments.text(name) == "":
        raise bad_request(f"{name} is empty")
    raw = context.arguments.text(name)
    if raw.startswith("@"):
        raise bad_request("chat not found")
    chat = context.world.chats.get(context.arguments.integer(name))
    if chat is None:
        raise bad_request("chat not found")
    return chat


def need_message(context: Context, chat: Chat, purpose: str, name: str = "message_id") -> Message:
    """`purpose` is Telegram's own wording: message to edit, message to delete, …"""
    message = chat.messages.get(context.arguments.integer(name))
    if message is None:
        raise bad_request(f"{purpose} not found")
    return message


def need_topic(context: Context, chat: Chat) -> Topic | None:
    """The topic a message goes to; None is General or a chat without topics."""
    topic_id = context.arguments.integer("message_thread_id")
    if topic_id == 0 or not (chat.is_forum or chat.is_private):
        return None
    topic = chat.topics.get(topic_id)
    if topic is None:
        raise bad_request("message thread not found")
    if topic.closed and not own_member(context, chat).can("can_manage_topics"):
        raise bad_request("TOPIC_CLOSED")
    return topic


def own_member(context: Context, chat: Chat) -> Member:
    return chat.member(context.world.bot.id) or Member(context.world.bot.user(), "left")


def need_right(context: Context, chat: Chat, right: str, refusal: str) -> None:
    if not chat.is_private and not own_member(context, chat).can(right):
        raise bad_request(refusal)


def reply_target(context: Context, chat: Chat) -> int | None:
    """The id of the answered message; raises 400 when it is gone, unless the call allows that."""
    parameters = context.arguments.structure("reply_parameters", "can't parse reply parameters JSON object") or {}
    if not isinstance(parameters, dict):
        raise bad_request("object expected as reply parameters")
    message_id = number(parameters.get("message_id")) or context.arguments.integer("reply_to_message_id")
    if not message_id:
        return None
    if message_id in chat.messages:
        return message_id
    if parameters.get("allow_sending_without_reply") or context.arguments.flag("allow_sending_without_reply"):
        return None
    raise bad_request("message to be replied not found")


def protect(context: Context) -> dict[str, Any]:
    return {"has_protected_content": True} if context.arguments.flag("protect_content") else {}
