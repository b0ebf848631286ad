"""getMe, commands by scope, description and name of the bot, logOut, close."""

from __future__ import annotations

from typing import Any

from bot.sandbox.commands import Commands, read_commands, read_scope
from bot.sandbox.methods.context import Context, Method

_ABILITIES = (
    "supports_inline_queries", "can_connect_to_business", "has_main_web_app", "has_topics_enabled",
    "allows_users_to_create_topics", "can_manage_bots", "supports_guest_queries", "supports_join_request_queries",
)  # fmt: skip


def get_me(context: Context) -> dict[str, Any]:
    bot = context.world.bot
    return {
        **bot.user(),
        "can_join_groups": True,
        "can_read_all_group_messages": bot.reads_all_group_messages,
        **dict.fromkeys(_ABILITIES, False),
    }


def set_my_commands(context: Context) -> bool:
    scope = read_scope(context.arguments.structure("scope", "can't parse BotCommandScope JSON object"))
    commands = read_commands(context.arguments.structure("commands", "can't parse commands JSON object"))
    context.world.commands.set(scope, context.arguments.text("language_code"), commands)
    _tell(context)
    return True


def delete_my_commands(context: Context) -> bool:
    scope = read_scope(context.arguments.structure("scope", "can't parse BotCommandScope JSON object"))
    context.world.commands.delete(scope, context.arguments.text("language_code"))
    _tell(context)
    return True


def get_my_commands(context: Context) -> Commands:
    scope = read_scope(context.arguments.structure("scope", "can't parse BotCommandScope JSON object"))
    return context.world.commands.get(scope, context.arguments.text("language_code"))


def _tell(context: Context) -> None:
    context.world.changes.publish({"type": "commands", "chat_id": 0})


def _set_profile(field: str) -> Method:
    def change(context: Context) -> bool:
        context.world.profile[field] = context.arguments.text(field)
        return True

    return change


def _get_profile(field: str) -> Method:
    def read(context: Context) -> dict[str, str]:
        default = context.world.bot.first_name if field == "name" else ""
        return {field: context.world.profile.get(field) or default}

    return read


def accept(context: Context) -> bool:
    """Settings without a visible effect here."""
    return True


METHODS: dict[str, Method] = {
    "getMe": get_me,
    "setMyCommands": set_my_commands,
    "deleteMyCommands": delete_my_commands,
    "getMyCommands": get_my_commands,
    "setMyName": _set_profile("name"),
    "getMyName": _get_profile("name"),
    "setMyDescription": _set_profile("description"),
    "getMyDescription": _get_profile("description"),
    "setMyShortDescription": _set_profile("short_description"),
    "getMyShortDescription": _get_profile("short_description"),
    "setChatMenuButton": accept,
    "setMyDefaultAdministratorRights": accept,
    "logOut": accept,
    "close": accept,
}
