"""sendMessage, sendPhoto, sendDocument, sendVoice, sendVideo, sendMediaGroup, sendChatAction."""

from __future__ import annotations

import secrets
from typing import Any

from bot.sandbox.chats import Chat, Message
from bot.sandbox.errors import bad_request
from bot.sandbox.formatting import message_text
from bot.sandbox.keyboards import checked_markup
from bot.sandbox.methods.context import Context, Method, need_chat, need_topic, protect, reply_target
from bot.sandbox.methods.media import caption_fields, input_media, media_content

CHAT_ACTIONS = frozenset(
    {"typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document"}
    | {"choose_sticker", "find_location", "record_video_note", "upload_video_note"}
)


def deliver(context: Context, chat: Chat, content: dict[str, Any], *, markup: bool = True) -> Message:
    """Put a message of the bot into the chat with everything the call says about it."""
    arguments, world = context.arguments, context.world
    topic = need_topic(context, chat)
    reply_to = reply_target(context, chat)
    keyboard = None
    if markup:
        raw = arguments.structure("reply_markup", "can't parse reply keyboard markup JSON object")
        keyboard = checked_markup(raw)
    if keyboard is not None:
        _show_keyboard(chat, keyboard)
        if "remove_keyboard" not in keyboard:
            content = {**content, "reply_markup": keyboard}
    message = world.post(chat, world.bot.user(), content | protect(context), topic=topic, reply_to=reply_to)
    context.message_ids.append(message["message_id"])
    return message


def _show_keyboard(chat: Chat, keyboard: dict[str, Any]) -> None:
    if "keyboard" in keyboard:
        chat.reply_keyboard = keyboard
    elif "remove_keyboard" in keyboard:
        chat.reply_keyboard = None


def for_caller(message: Message) -> Message:
    """Reply keyboards are shown to people but never returned in a Message of the Bot API."""
    markup = message.get("reply_markup")
    if markup is None or "inline_keyboard" in markup:
        return message
    return {name: value for name, value in message.items() if name != "reply_markup"}


def text_fields(context: Context, *, editing: bool) -> dict[str, Any]:
    arguments = context.arguments
    fields = message_text(
        arguments.text("text"), arguments.text("parse_mode"), arguments.structure("entities"), editing=editing
    )
    preview = arguments.structure("link_preview_options", "can't parse link preview options JSON object")
    if isinstance(preview, dict):
        fields["link_preview_options"] = preview
    return fields


def send_message(context: Context) -> Message:
    fields = text_fields(context, editing=False)
    return for_caller(deliver(context, need_chat(context), fields))


def _send_media(kind: str) -> Method:
    def send(context: Context) -> Message:
        caption = caption_fields(context.arguments)
        chat = need_chat(context)
        upload = context.arguments.uploads.get(kind)
        content = media_content(context, kind, context.arguments.values.get(kind), upload)
        return for_caller(deliver(context, chat, content | caption))

    return send


def send_media_group(context: Context) -> list[Message]:
    media = context.arguments.structure("media", "can't parse media JSON object")
    if not isinstance(media, list):
        raise bad_request("expected an Array of InputMedia")
    if not media:
        raise bad_request("there are no messages to send")
    if len(media) > 10:
        raise bad_request("too many messages to send as an album")
    chat = need_chat(context)
    kinds = {str(item.get("type")) for item in media if isinstance(item, dict)}
    for loner in sorted({"document", "audio"} & kinds):
        if len(kinds) > 1:
            raise bad_request(f"{loner.capitalize()} can't be mixed with other media types")
    contents = [input_media(context, item, album=True) for item in media]
    group = {"media_group_id": str(secrets.randbelow(10**17))} if len(media) > 1 else {}
    return [for_caller(deliver(context, chat, content | group, markup=False)) for content in contents]


def send_chat_action(context: Context) -> bool:
    if context.arguments.text("action") not in CHAT_ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat = need_chat(context)
    need_topic(context, chat)
    context.world.changes.publish({"type": "typing", "chat_id": chat.id, "text": context.arguments.text("action")})
    return True


METHODS: dict[str, Method] = {
    "sendMessage": send_message,
    "sendPhoto": _send_media("photo"),
    "sendDocument": _send_media("document"),
    "sendVoice": _send_media("voice"),
    "sendVideo": _send_media("video"),
    "sendMediaGroup": send_media_group,
    "sendChatAction": send_chat_action,
}
