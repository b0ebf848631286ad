"""answerCallbackQuery."""

from __future__ import annotations

from bot.sandbox.entities import utf16_length
from bot.sandbox.errors import bad_request
from bot.sandbox.methods.context import Context, Method


def answer_callback_query(context: Context) -> bool:
    arguments, world = context.arguments, context.world
    text = arguments.text("text")
    if utf16_length(text) > 200:
        raise bad_request("MESSAGE_TOO_LONG")
    answer = {"text": text, "alert": arguments.flag("show_alert"), "url": arguments.text("url")}
    press = world.presses.answer(arguments.text("callback_query_id"), answer)
    toast = {"type": "toast", "chat_id": press.chat_id, "person_id": press.person_id, "text": text}
    world.changes.publish({**toast, "alert": answer["alert"], "callback_query_id": press.id})
    return True


METHODS: dict[str, Method] = {"answerCallbackQuery": answer_callback_query}
