"""Commands of the bot by scope and language, and which of them a viewer sees."""

from __future__ import annotations

import re
from typing import Any

from bot.sandbox.arguments import number
from bot.sandbox.chats import Chat
from bot.sandbox.errors import bad_request

Scope = tuple[str, int, int]
Commands = list[dict[str, str]]

_PLAIN_SCOPES = ("default", "all_private_chats", "all_group_chats", "all_chat_administrators")


def read_scope(raw: Any) -> Scope:
    """A BotCommandScope as a key; absent means default."""
    if raw is None:
        return ("default", 0, 0)
    if not isinstance(raw, dict):
        raise bad_request("can't parse BotCommandScope: BotCommandScope must be an Object")
    kind = raw.get("type")
    if kind in _PLAIN_SCOPES:
        return (str(kind), 0, 0)
    if kind not in ("chat", "chat_administrators", "chat_member"):
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    chat_id, user_id = number(raw.get("chat_id")), number(raw.get("user_id"))
    if not chat_id:
        raise bad_request("can't parse BotCommandScope: Empty chat_id specified")
    if kind == "chat_member" and not user_id:
        raise bad_request("can't parse BotCommandScope: Invalid user_id specified")
    return (str(kind), chat_id, user_id or 0 if kind == "chat_member" else 0)


def read_commands(raw: Any) -> Commands:
    if not isinstance(raw, list):
        raise bad_request("expected an Array of BotCommand")
    if len(raw) > 100:
        raise bad_request("too many commands specified")
    commands = []
    for item in raw:
        if not isinstance(item, dict):
            raise bad_request("can't parse BotCommand: expected an Object")
        name, description = str(item.get("command", "")).lstrip("/"), str(item.get("description", ""))
        if not re.fullmatch(r"[a-z0-9_]{1,32}", name):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(description) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
        commands.append({"command": name, "description": description})
    return commands


class CommandBook:
    def __init__(self) -> None:
        self._pages: dict[tuple[Scope, str], Commands] = {}

    def set(self, scope: Scope, language: str, commands: Commands) -> None:
        if commands:
            self._pages[scope, language] = commands
        else:
            self.delete(scope, language)

    def delete(self, scope: Scope, language: str) -> None:
        self._pages.pop((scope, language), None)

    def get(self, scope: Scope, language: str) -> Commands:
        return self._pages.get((scope, language), [])

    def seen_by(self, chat: Chat, user_id: int, language: str = "ru") -> Commands:
        """What the application of this user shows in this chat: the narrowest scope that has commands."""
        for scope in _scopes(chat, user_id):
            for tongue in (language, ""):
                if found := self._pages.get((scope, tongue)):
                    return found
        return []


def _scopes(chat: Chat, user_id: int) -> list[Scope]:
    if chat.is_private:
        return [("chat", chat.id, 0), ("all_private_chats", 0, 0), ("default", 0, 0)]
    member = chat.member(user_id)
    admin = member is not None and member.status in ("creator", "administrator")
    scopes: list[Scope] = [("chat_member", chat.id, user_id)]
    if admin:
        scopes.append(("chat_administrators", chat.id, 0))
    scopes.append(("chat", chat.id, 0))
    if admin:
        scopes.append(("all_chat_administrators", 0, 0))
    return [*scopes, ("all_group_chats", 0, 0), ("default", 0, 0)]
