"""editMessageText, editMessageCaption, editMessageMedia, editMessageReplyMarkup."""

from __future__ import annotations

from typing import Any

from bot.sandbox.chats import Chat, Message
from bot.sandbox.errors import bad_request
from bot.sandbox.keyboards import checked_markup
from bot.sandbox.methods.context import Context, Method, need_chat, need_message
from bot.sandbox.methods.media import caption_fields, input_media
from bot.sandbox.methods.sending import text_fields
from bot.sandbox.notices import is_service

_MEDIA = ("photo", "document", "video", "voice", "audio", "animation")
_TEXT_PARTS = frozenset({"text", "entities", "link_preview_options"})
_CAPTION_PARTS = frozenset({"caption", "caption_entities", "show_caption_above_media"})
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)


def _own_message(context: Context) -> tuple[Chat, Message]:
    if not context.arguments.has("chat_id") and not context.arguments.has("message_id"):
        raise bad_request("message identifier is not specified")
    chat = need_chat(context)
    message = need_message(context, chat, "message to edit")
    markup = message.get("reply_markup")
    foreign = message["from"]["id"] != context.world.bot.id
    if foreign or is_service(message) or (markup is not None and "inline_keyboard" not in markup):
        raise bad_request("message can't be edited")
    return chat, message


def _markup(context: Context) -> dict[str, Any] | None:
    raw = context.arguments.structure("reply_markup", "can't parse reply keyboard markup JSON object")
    return checked_markup(raw, inline_only=True)


def _replace(context: Context, chat: Chat, message: Message, parts: frozenset[str], content: dict[str, Any]) -> Message:
    """A call without reply_markup removes the keyboard, as in Telegram."""
    edited = {name: value for name, value in message.items() if name not in parts and name != "reply_markup"}
    edited |= content
    markup = _markup(context)
    if markup is not None:
        edited["reply_markup"] = markup
    if {**edited, "edit_date": 0} == {**message, "edit_date": 0}:
        raise bad_request(_NOT_MODIFIED)
    edited["edit_date"] = context.world.clock.unix()
    context.world.rewrite(chat, edited)
    context.message_ids.append(edited["message_id"])
    return edited


def edit_message_text(context: Context) -> Message:
    fields = text_fields(context, editing=True)
    _markup(context)
    chat, message = _own_message(context)
    if "text" not in message:
        raise bad_request("there is no text in the message to edit")
    return _replace(context, chat, message, _TEXT_PARTS, fields)


def edit_message_caption(context: Context) -> Message:
    fields = caption_fields(context.arguments)
    _markup(context)
    chat, message = _own_message(context)
    if "text" in message:
        raise bad_request("there is no caption in the message to edit")
    return _replace(context, chat, message, _CAPTION_PARTS, fields)


def edit_message_media(context: Context) -> Message:
    raw = context.arguments.structure("media", "can't parse input media JSON object")
    _markup(context)
    chat, message = _own_message(context)
    content = input_media(context, raw, album=False)
    return _replace(context, chat, message, _TEXT_PARTS | _CAPTION_PARTS | set(_MEDIA), content)


def edit_message_reply_markup(context: Context) -> Message:
    _markup(context)
    chat, message = _own_message(context)
    return _replace(context, chat, message, frozenset(), {})


METHODS: dict[str, Method] = {
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageMedia": edit_message_media,
    "editMessageReplyMarkup": edit_message_reply_markup,
}
