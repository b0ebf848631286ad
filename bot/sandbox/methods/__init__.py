"""The methods of the Bot API that the sandbox speaks, by lower-case name."""

from __future__ import annotations

from bot.sandbox.methods import (
    account,
    answering,
    copying,
    deleting,
    editing,
    forum,
    members,
    pinning,
    receiving,
    sending,
)
from bot.sandbox.methods.context import Method

METHODS: dict[str, Method] = {
    name.lower(): method
    for area in (account, answering, copying, deleting, editing, forum, members, pinning, receiving, sending)
    for name, method in area.METHODS.items()
}
