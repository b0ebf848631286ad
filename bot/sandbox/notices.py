"""What the bot is told: turns events of the world into updates, with the privacy rules of groups."""

from __future__ import annotations

import re
from typing import Any

from bot.sandbox.callbacks import Press
from bot.sandbox.chats import Chat, Member, Message, Person
from bot.sandbox.world import World

SERVICE_FIELDS = frozenset(
    {"new_chat_members", "left_chat_member", "pinned_message", "forum_topic_created", "forum_topic_edited"}
    | {"forum_topic_closed", "forum_topic_reopened", "migrate_to_chat_id", "migrate_from_chat_id", "group_chat_created"}
)


def is_service(message: Message) -> bool:
    return not SERVICE_FIELDS.isdisjoint(message)


def bot_sees(world: World, chat: Chat, message: Message) -> bool:
    """Private chats: everything. Groups: everything for an administrator or a bot without privacy mode, otherwise
    commands, mentions, replies to the bot and service messages."""
    if chat.is_private:
        return True
    member = chat.member(world.bot.id)
    if member is None or not member.present:
        return False
    if member.status == "administrator" or world.bot.reads_all_group_messages or is_service(message):
        return True
    if message.get("reply_to_message", {}).get("from", {}).get("id") == world.bot.id:
        return True
    text = str(message.get("text") or message.get("caption") or "")
    command = re.match(r"/[A-Za-z0-9_]+(?:@(\w+))?", text)
    if command is not None:
        return command.group(1) is None or command.group(1).lower() == world.bot.username.lower()
    return f"@{world.bot.username}".lower() in text.lower()


def tell_message(world: World, chat: Chat, message: Message, kind: str = "message") -> None:
    if bot_sees(world, chat, message):
        world.updates.push(kind, message, f"message:{chat.id}")


def tell_press(world: World, person: Person, chat: Chat, press: Press) -> None:
    message = chat.messages.get(press.message_id)
    if message is None:
        message = {"chat": chat.json(), "message_id": press.message_id, "date": 0}
    query = {
        "id": press.id,
        "from": person.user(),
        "message": message,
        "chat_instance": str(-abs(hash((chat.id, world.bot.id))) or -1),
        "data": press.data,
    }
    world.updates.push("callback_query", query, f"callback:{person.id}")


def tell_member(world: World, chat: Chat, author: dict[str, Any], old: Member, new: Member) -> None:
    """my_chat_member about the bot itself, chat_member about others (only where the bot is an administrator)."""
    mine = new.user["id"] == world.bot.id
    if not mine:
        own = chat.member(world.bot.id)
        if own is None or own.status != "administrator":
            return
    change = {
        "chat": chat.json(),
        "from": author,
        "date": world.clock.unix(),
        "old_chat_member": old.json(),
        "new_chat_member": new.json(),
    }
    world.updates.push("my_chat_member" if mine else "chat_member", change, f"member:{chat.id}")
