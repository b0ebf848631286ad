"""createForumTopic, editForumTopic, closeForumTopic, reopenForumTopic, deleteForumTopic."""

from __future__ import annotations

from typing import Any

from bot.sandbox.chats import Chat, Topic
from bot.sandbox.errors import bad_request
from bot.sandbox.methods.context import Context, Method, need_chat, need_right

ICON_COLORS = (7322096, 16766590, 13338331, 9367192, 16749490, 16478047)


def _need_forum(context: Context, refusal: str) -> Chat:
    chat = need_chat(context)
    if not chat.is_forum:
        raise bad_request("the chat is not a forum")
    need_right(context, chat, "can_manage_topics", refusal)
    return chat


def _need_topic(context: Context, chat: Chat) -> Topic:
    topic = chat.topics.get(context.arguments.integer("message_thread_id"))
    if topic is None:
        raise bad_request("TOPIC_ID_INVALID")
    return topic


def _checked_name(name: str) -> str:
    if not name.strip():
        raise bad_request("title can't be empty")
    return name.strip()[:128]


def create_forum_topic(context: Context) -> dict[str, Any]:
    chat = _need_forum(context, "not enough rights to create a topic")
    color = context.arguments.integer("icon_color") or ICON_COLORS[0]
    if color not in ICON_COLORS:
        raise bad_request("TOPIC_ICON_COLOR_INVALID")
    name = _checked_name(context.arguments.text("name"))
    topic = context.group_life.creates_topic(chat, context.world.bot.user(), name, color)
    context.message_ids.append(topic.id)
    return {"message_thread_id": topic.id, "name": topic.name, "icon_color": topic.icon_color}


def edit_forum_topic(context: Context) -> bool:
    chat = _need_forum(context, "not enough rights to edit the topic")
    topic = _need_topic(context, chat)
    if not context.arguments.has("name"):
        return True
    name = _checked_name(context.arguments.text("name"))
    if name == topic.name:
        raise bad_request("TOPIC_NOT_MODIFIED")
    context.group_life.renames_topic(chat, context.world.bot.user(), topic, name)
    return True


def _set_closed(closed: bool) -> Method:
    def change(context: Context) -> bool:
        chat = _need_forum(context, "not enough rights to close/open the topic")
        topic = _need_topic(context, chat)
        if topic.closed == closed:
            raise bad_request("TOPIC_NOT_MODIFIED")
        context.group_life.closes_topic(chat, context.world.bot.user(), topic, closed)
        return True

    return change


def delete_forum_topic(context: Context) -> bool:
    chat = need_chat(context)
    if not chat.is_forum:
        raise bad_request("the chat is not a forum")
    need_right(context, chat, "can_delete_messages", "not enough rights to delete the topic")
    context.group_life.deletes_topic(chat, _need_topic(context, chat))
    return True


METHODS: dict[str, Method] = {
    "createForumTopic": create_forum_topic,
    "editForumTopic": edit_forum_topic,
    "closeForumTopic": _set_closed(True),
    "reopenForumTopic": _set_closed(False),
    "deleteForumTopic": delete_forum_topic,
}
