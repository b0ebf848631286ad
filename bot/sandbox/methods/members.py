"""getChat, getChatMember, getChatAdministrators, getChatMemberCount, banChatMember, unbanChatMember, leaveChat."""

from __future__ import annotations

from typing import Any

from bot.sandbox.chats import Chat, Member
from bot.sandbox.errors import bad_request
from bot.sandbox.methods.context import Context, Method, known_chat, need_chat, need_right

_NO_GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
_PERMISSIONS = (
    "can_send_messages", "can_send_audios", "can_send_documents", "can_send_photos", "can_send_videos",
    "can_send_video_notes", "can_send_voice_notes", "can_send_polls", "can_send_other_messages",
    "can_add_web_page_previews", "can_invite_users",
)  # fmt: skip


def get_chat(context: Context) -> dict[str, Any]:
    chat = known_chat(context)
    full = dict(chat.json())
    full |= {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": dict.fromkeys(_NO_GIFTS, False)}
    if not chat.is_private:
        full["permissions"] = dict.fromkeys(_PERMISSIONS, True)
    if chat.pinned:
        full["pinned_message"] = chat.messages[chat.pinned[-1]]
    return full


def _member(context: Context, chat: Chat) -> Member:
    user_id = context.arguments.integer("user_id")
    if user_id <= 0:
        raise bad_request("invalid user_id specified")
    if chat.person is not None:
        if user_id in (chat.person.id, context.world.bot.id):
            return Member(chat.person.user() if user_id == chat.person.id else context.world.bot.user())
        raise bad_request("PARTICIPANT_ID_INVALID")
    member = chat.member(user_id)
    if member is not None:
        return member
    person = context.world.people.get(user_id)
    if person is None:
        raise bad_request("PARTICIPANT_ID_INVALID")
    return Member(person.user(), "left")


def get_chat_member(context: Context) -> dict[str, Any]:
    return _member(context, known_chat(context)).json()


def get_chat_administrators(context: Context) -> list[dict[str, Any]]:
    chat = known_chat(context)
    if chat.is_private:
        raise bad_request("there are no administrators in the private chat")
    bot_id = context.world.bot.id
    admins = [member for member in chat.members.values() if member.status in ("creator", "administrator")]
    return [member.json() for member in admins if not member.user["is_bot"] or member.user["id"] == bot_id]


def get_chat_member_count(context: Context) -> int:
    chat = known_chat(context)
    return 2 if chat.is_private else sum(1 for member in chat.members.values() if member.present)


def _need_restricting(context: Context) -> Chat:
    chat = need_chat(context)
    if chat.is_private:
        raise bad_request("method is available only for groups and supergroups")
    need_right(context, chat, "can_restrict_members", "not enough rights to restrict/unrestrict chat member")
    return chat


def ban_chat_member(context: Context) -> bool:
    chat = _need_restricting(context)
    member = _member(context, chat)
    if member.status == "creator":
        raise bad_request("can't remove chat owner")
    if member.status == "administrator":
        raise bad_request("user is an administrator of the chat")
    if member.status != "kicked":
        context.group_life.sets_member(chat, member.user, Member(member.user, "kicked"))
    return True


def unban_chat_member(context: Context) -> bool:
    """Without only_if_banned a present member is removed, as in Telegram."""
    chat = _need_restricting(context)
    if chat.type != "supergroup":
        raise bad_request("method is available for supergroup and channel chats only")
    member = _member(context, chat)
    if member.status == "kicked" or (member.status == "member" and not context.arguments.flag("only_if_banned")):
        context.group_life.sets_member(chat, member.user, Member(member.user, "left"))
    return True


def leave_chat(context: Context) -> bool:
    chat = need_chat(context)
    if chat.is_private:
        raise bad_request("chat member status can't be changed in private chats")
    bot = context.world.bot.user()
    context.group_life.sets_member(chat, bot, Member(bot, "left"))
    return True


METHODS: dict[str, Method] = {
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getChatAdministrators": get_chat_administrators,
    "getChatMemberCount": get_chat_member_count,
    "banChatMember": ban_chat_member,
    "unbanChatMember": unban_chat_member,
    "leaveChat": leave_chat,
}
