"""pinChatMessage, unpinChatMessage, unpinAllChatMessages."""

from __future__ import annotations

from bot.sandbox.errors import bad_request
from bot.sandbox.methods.context import Context, Method, need_chat, need_message, need_right
from bot.sandbox.notices import is_service

_RIGHTS = "not enough rights to manage pinned messages in the chat"


def pin_chat_message(context: Context) -> bool:
    chat = need_chat(context)
    message = need_message(context, chat, "message to pin")
    need_right(context, chat, "can_pin_messages", _RIGHTS)
    if is_service(message):
        raise bad_request("service messages can't be pinned")
    if chat.pinned and chat.pinned[-1] == message["message_id"]:
        raise bad_request("CHAT_NOT_MODIFIED")
    context.world.pin(chat, message["message_id"])
    inner = {name: value for name, value in message.items() if name not in ("reply_to_message", "reply_markup")}
    context.world.post(chat, context.world.bot.user(), {"pinned_message": inner})
    context.message_ids.append(message["message_id"])
    return True


def unpin_chat_message(context: Context) -> bool:
    """Without message_id: the newest of the pinned."""
    chat = need_chat(context)
    need_right(context, chat, "can_pin_messages", _RIGHTS)
    message_id = context.arguments.integer("message_id")
    if not message_id:
        if not chat.pinned:
            raise bad_request("message to unpin not found")
        message_id = chat.pinned[-1]
    elif message_id not in chat.messages:
        raise bad_request("message to unpin not found")
    context.world.unpin(chat, [message_id])
    return True


def unpin_all_chat_messages(context: Context) -> bool:
    chat = need_chat(context)
    need_right(context, chat, "can_pin_messages", _RIGHTS)
    context.world.unpin(chat, list(chat.pinned))
    return True


METHODS: dict[str, Method] = {
    "pinChatMessage": pin_chat_message,
    "unpinChatMessage": unpin_chat_message,
    "unpinAllChatMessages": unpin_all_chat_messages,
}
