"""Whatever a caller sends, it gets an answer in Telegram's form and the world stays whole."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sandbox.arguments import Arguments
from bot.sandbox.errors import Refused
from bot.sandbox.faults import Faults
from bot.sandbox.methods import METHODS
from bot.sandbox.methods.context import Context
from bot.sandbox.server import Sandbox

ANNA = 700_000_001
GROUP = -1_002_000_000_002
NAMES = (
    "chat_id", "text", "parse_mode", "entities", "reply_markup", "reply_parameters", "message_id", "message_ids", "media",
    "photo", "document", "caption", "caption_entities", "callback_query_id", "message_thread_id", "name", "icon_color",
    "user_id", "commands", "scope", "from_chat_id", "file_id", "url", "secret_token", "action", "link_preview_options",
)  # fmt: skip

scalars = (
    st.none() | st.booleans() | st.integers(-5, 5) | st.sampled_from([ANNA, GROUP]) | st.floats() | st.text(max_size=8)
)
KEYS = (
    "inline_keyboard",
    "keyboard",
    "text",
    "callback_data",
    "url",
    "copy_text",
    "type",
    "media",
    "message_id",
    "command",
)
structures = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*KEYS, "chat_id", "offset", "length"]), inner)
    ),
    max_leaves=8,
)
arguments = st.dictionaries(st.sampled_from(NAMES), structures, max_size=6)
addressed = st.builds(
    lambda values, chat, number: {**values, "chat_id": chat, "message_id": number, "message_thread_id": number},
    arguments,
    st.sampled_from([ANNA, GROUP]),
    st.integers(0, 3),
)


def furnished() -> Sandbox:
    sandbox = Sandbox()
    anna = sandbox.world.add_person("Анна", id=ANNA, started=True)
    group = sandbox.world.add_group("Группа", forum=True, members=[anna], id=GROUP)
    sandbox.deeds.sends(anna, "раз")
    sandbox.world.post(sandbox.world.chats[ANNA], sandbox.world.bot.user(), {"text": "два"})
    sandbox.group_life.creates_topic(group, sandbox.world.bot.user(), "тема")
    return sandbox


def outcome(sandbox: Sandbox, method: str, values: dict[str, Any]) -> str | int:
    try:
        METHODS[method](Context(sandbox.world, Arguments(values), sandbox.courier))
    except Refused as refused:
        return refused.code
    return "done"


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(set(METHODS) - {"getupdates"})), arguments | addressed)
def test_every_call_is_carried_out_or_refused(method: str, values: dict[str, Any]):
    sandbox = furnished()
    assert outcome(sandbox, method, values) in ("done", 400, 403)
    for chat in sandbox.world.chats.values():
        assert all(message["chat"]["id"] == chat.id for message in chat.messages.values())


@given(st.dictionaries(st.sampled_from(["rules", "rates", "updates", "clear", "seed"]), structures))
def test_a_description_of_faults_is_loaded_or_refused(description: dict[str, Any]):
    try:
        Faults().load(description)
    except (ValueError, TypeError, AttributeError):
        return
