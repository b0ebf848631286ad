"""deleteMessage and deleteMessages."""

from __future__ import annotations

from bot.sandbox.chats import Chat, Message
from bot.sandbox.errors import Refused, bad_request
from bot.sandbox.methods.context import Context, Method, need_chat, need_message, own_member
from bot.sandbox.world import DELETE_SECONDS


def _check(context: Context, chat: Chat, message: Message) -> None:
    """Own messages and, in private chats, those of the person; within 48 hours. In groups an administrator any time."""
    if not chat.is_private and own_member(context, chat).can("can_delete_messages"):
        return
    if not chat.is_private and message["from"]["id"] != context.world.bot.id:
        raise bad_request("message can't be deleted")
    if context.world.clock.seconds() - message["date"] >= DELETE_SECONDS:
        raise bad_request("message can't be deleted for everyone")


def delete_message(context: Context) -> bool:
    if not context.arguments.has("chat_id"):
        raise bad_request("chat identifier is not specified")
    if not context.arguments.integer("message_id"):
        raise bad_request("message identifier is not specified")
    chat = need_chat(context)
    message = need_message(context, chat, "message to delete")
    _check(context, chat, message)
    context.message_ids.append(message["message_id"])
    context.world.remove(chat, [message["message_id"]])
    return True


def delete_messages(context: Context) -> bool:
    """Up to 100 at once; those not found or not allowed are skipped in silence."""
    ids = context.arguments.message_ids()
    chat = need_chat(context)
    allowed = []
    for message_id in ids:
        message = chat.messages.get(message_id)
        if message is None:
            continue
        try:
            _check(context, chat, message)
        except Refused:
            continue
        allowed.append(message_id)
    context.message_ids.extend(allowed)
    context.world.remove(chat, allowed)
    return True


METHODS: dict[str, Method] = {"deleteMessage": delete_message, "deleteMessages": delete_messages}
