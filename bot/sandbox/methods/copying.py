"""copyMessage, copyMessages, forwardMessage."""

from __future__ import annotations

from typing import Any

from bot.sandbox.chats import Chat, Message
from bot.sandbox.errors import bad_request
from bot.sandbox.methods.context import Context, Method, known_chat, need_chat, need_message
from bot.sandbox.methods.media import caption_fields
from bot.sandbox.methods.sending import deliver, for_caller
from bot.sandbox.notices import is_service

_CONTENT = ("text", "entities", "link_preview_options", "photo", "document", "voice", "video", "audio", "caption")
_CONTENT_FIELDS = frozenset({*_CONTENT, "caption_entities", "show_caption_above_media"})


def _content(message: Message) -> dict[str, Any]:
    return {name: value for name, value in message.items() if name in _CONTENT_FIELDS}


def _copied(context: Context, source: Chat, message: Message, target: Chat) -> dict[str, int]:
    if is_service(message) or message.get("has_protected_content"):
        raise bad_request("message can't be copied")
    content = _content(message)
    if context.arguments.has("caption") and "text" not in content:
        content = {name: value for name, value in content.items() if not name.startswith("caption")}
        content |= caption_fields(context.arguments)
    return {"message_id": deliver(context, target, content)["message_id"]}


def copy_message(context: Context) -> dict[str, int]:
    target = need_chat(context)
    source = known_chat(context, "from_chat_id")
    message = need_message(context, source, "message to copy")
    return _copied(context, source, message, target)


def copy_messages(context: Context) -> list[dict[str, int]]:
    """Those not found or not allowed are skipped in silence."""
    ids = context.arguments.message_ids()
    target = need_chat(context)
    source = known_chat(context, "from_chat_id")
    messages = [source.messages[item] for item in ids if item in source.messages]
    return [_copied(context, source, message, target) for message in messages if not is_service(message)]


def forward_message(context: Context) -> Message:
    target = need_chat(context)
    source = known_chat(context, "from_chat_id")
    message = need_message(context, source, "message to forward")
    if is_service(message) or message.get("has_protected_content"):
        raise bad_request("message can't be forwarded")
    origin = {"type": "user", "sender_user": message["from"], "date": message["date"]}
    return for_caller(deliver(context, target, {"forward_origin": origin, **_content(message)}))


METHODS: dict[str, Method] = {
    "copyMessage": copy_message,
    "copyMessages": copy_messages,
    "forwardMessage": forward_message,
}
