"""Groups and forums: who hears whom, rights, topics, pins, commands by scope."""

from __future__ import annotations

import pytest

from bot.sandbox import Sandbox
from bot.sandbox.chats import USUAL_ADMIN_RIGHTS, Chat, Person
from bot.sandbox.errors import Impossible
from tests.sandbox.conftest import RawApi


@pytest.fixture
def operator(sandbox: Sandbox) -> Person:
    return sandbox.world.add_person("Оператор")


@pytest.fixture
def forum(sandbox: Sandbox, anna: Person, operator: Person) -> Chat:
    return sandbox.world.add_group("Горячая линия", forum=True, members=[anna, operator])


class TestHearing:
    async def test_an_administrator_hears_everything(
        self, api: RawApi, sandbox: Sandbox, operator: Person, forum: Chat
    ):
        sandbox.deeds.sends(operator, "между собой", chat_id=forum.id)
        (update,) = await api.result("getUpdates")
        assert update["message"]["chat"] == {
            "id": forum.id,
            "title": "Горячая линия",
            "type": "supergroup",
            "is_forum": True,
        }

    async def test_a_member_hears_commands_mentions_and_replies(self, api: RawApi, sandbox: Sandbox, operator: Person):
        group = sandbox.world.add_group("Болталка", members=[operator], bot_rights=None)
        own = await api.result("sendMessage", chat_id=group.id, text="вопрос")
        name = sandbox.world.bot.username
        for text in ("между собой", "/help", f"/help@{name}", "/help@other_bot", f"эй, @{name}"):
            sandbox.deeds.sends(operator, text, chat_id=group.id)
        sandbox.deeds.sends(operator, "ответ", chat_id=group.id, reply_to=own["message_id"])
        heard = [update["message"]["text"] for update in await api.result("getUpdates")]
        assert heard == ["/help", f"/help@{name}", f"эй, @{name}", "ответ"]

    async def test_without_privacy_mode_a_member_hears_all(self, api: RawApi, sandbox: Sandbox, operator: Person):
        sandbox.world.bot.reads_all_group_messages = True
        group = sandbox.world.add_group("Болталка", members=[operator], bot_rights=None)
        sandbox.deeds.sends(operator, "между собой", chat_id=group.id)
        assert len(await api.result("getUpdates")) == 1

    def test_only_members_can_write(self, sandbox: Sandbox, forum: Chat):
        with pytest.raises(Impossible, match="is not in chat"):
            sandbox.deeds.sends(sandbox.world.add_person("Чужой"), "x", chat_id=forum.id)


class TestMembers:
    async def test_the_bot_learns_of_its_own_rights(self, api: RawApi, sandbox: Sandbox, operator: Person):
        group = sandbox.world.add_group("Новая", members=[operator], supergroup=True, bot_rights=None)
        sandbox.group_life.adds_bot(group, operator, USUAL_ADMIN_RIGHTS)
        sandbox.group_life.adds_bot(group, operator, frozenset({"can_manage_chat"}))
        sandbox.group_life.removes_bot(group, operator)
        changes = [update["my_chat_member"]["new_chat_member"] for update in await api.result("getUpdates")]
        assert [change["status"] for change in changes] == ["administrator", "administrator", "kicked"]
        assert [change.get("can_manage_topics") for change in changes] == [True, False, None]

    async def test_others_are_told_of_only_when_asked(self, api: RawApi, sandbox: Sandbox, forum: Chat):
        newcomer = sandbox.world.add_person("Новенький")
        await api.result("getUpdates", allowed_updates=["chat_member"])
        sandbox.group_life.joins(forum, newcomer)
        (update,) = await api.result("getUpdates")
        assert update["chat_member"]["old_chat_member"]["status"] == "left"
        assert update["chat_member"]["new_chat_member"]["status"] == "member"

    async def test_ban_and_unban(self, api: RawApi, operator: Person, forum: Chat, anna: Person):
        assert await api.result("banChatMember", chat_id=forum.id, user_id=operator.id)
        banned = await api.result("getChatMember", chat_id=forum.id, user_id=operator.id)
        assert (banned["status"], banned["until_date"]) == ("kicked", 0)
        assert await api.result("unbanChatMember", chat_id=forum.id, user_id=operator.id, only_if_banned=True)
        left = await api.result("getChatMember", chat_id=forum.id, user_id=operator.id)
        assert left["status"] == "left"
        owner = await api.refusal("banChatMember", chat_id=forum.id, user_id=anna.id)
        assert owner == "Bad Request: can't remove chat owner"

    async def test_without_the_right_nobody_is_banned(self, api: RawApi, sandbox: Sandbox, operator: Person):
        group = sandbox.world.add_group("Г", members=[operator], bot_rights=None)
        refusal = await api.refusal("banChatMember", chat_id=group.id, user_id=operator.id)
        assert refusal == "Bad Request: not enough rights to restrict/unrestrict chat member"

    async def test_administrators_and_the_full_chat(self, api: RawApi, sandbox: Sandbox, anna: Person, forum: Chat):
        admins = await api.result("getChatAdministrators", chat_id=forum.id)
        assert {admin["user"]["id"]: admin["status"] for admin in admins} == {
            anna.id: "creator",
            sandbox.world.bot.id: "administrator",
        }
        chat = await api.result("getChat", chat_id=forum.id)
        assert chat["is_forum"]
        assert {"accent_color_id", "max_reaction_count", "accepted_gift_types"} <= set(chat)
        assert await api.result("getChatMemberCount", chat_id=forum.id) == 3


class TestTopics:
    async def test_a_topic_is_known_by_its_first_message(
        self, api: RawApi, sandbox: Sandbox, forum: Chat, anna: Person
    ):
        topic = await api.result("createForumTopic", chat_id=forum.id, name="00042 · отметки")
        thread = topic["message_thread_id"]
        sent = await api.result("sendMessage", chat_id=forum.id, message_thread_id=thread, text="карточка")
        assert (sent["message_thread_id"], sent["is_topic_message"]) == (thread, True)
        sandbox.deeds.sends(anna, "беру", chat_id=forum.id, topic_id=thread)
        sandbox.deeds.sends(anna, "в общем", chat_id=forum.id)
        inside, general = (update["message"] for update in await api.result("getUpdates"))
        assert inside["is_topic_message"]
        assert "forum_topic_created" in inside["reply_to_message"], "as Telegram does for every message of a topic"
        assert "message_thread_id" not in general

    async def test_life_and_death_of_a_topic(self, api: RawApi, sandbox: Sandbox, forum: Chat, anna: Person):
        thread = (await api.result("createForumTopic", chat_id=forum.id, name="раз"))["message_thread_id"]
        place = {"chat_id": forum.id, "message_thread_id": thread}
        assert await api.result("editForumTopic", **place, name="два")
        assert await api.refusal("editForumTopic", **place, name="два") == "Bad Request: TOPIC_NOT_MODIFIED"
        assert await api.result("closeForumTopic", **place)
        assert forum.topics[thread].closed
        await api.result("sendMessage", **place, text="управляющий темами пишет и в закрытую")
        assert await api.refusal("closeForumTopic", **place) == "Bad Request: TOPIC_NOT_MODIFIED"
        assert await api.result("reopenForumTopic", **place)
        assert await api.result("deleteForumTopic", **place)
        assert not any(item.get("message_thread_id") == thread for item in forum.messages.values())
        assert await api.refusal("sendMessage", **place, text="x") == "Bad Request: message thread not found"
        assert await api.refusal("closeForumTopic", **place) == "Bad Request: TOPIC_ID_INVALID"

    async def test_topics_need_a_forum_and_a_right(self, api: RawApi, sandbox: Sandbox, anna: Person, forum: Chat):
        plain = sandbox.world.add_group("Г", members=[anna])
        assert (
            await api.refusal("createForumTopic", chat_id=plain.id, name="x") == "Bad Request: the chat is not a forum"
        )
        private = await api.refusal("sendMessage", chat_id=anna.id, text="x", message_thread_id=5)
        assert private == "Bad Request: message thread not found"
        sandbox.group_life.adds_bot(forum, anna, frozenset({"can_manage_chat"}))
        refusal = await api.refusal("createForumTopic", chat_id=forum.id, name="x")
        assert refusal == "Bad Request: not enough rights to create a topic"

    async def test_a_closed_topic_is_closed_for_the_rest(
        self, api: RawApi, sandbox: Sandbox, forum: Chat, operator: Person
    ):
        topic = sandbox.group_life.creates_topic(forum, operator.user(), "тема")
        sandbox.group_life.closes_topic(forum, operator.user(), topic)
        with pytest.raises(Impossible, match="closed"):
            sandbox.deeds.sends(operator, "x", chat_id=forum.id, topic_id=topic.id)
        sandbox.group_life.adds_bot(forum, operator, None)
        refusal = await api.refusal("sendMessage", chat_id=forum.id, message_thread_id=topic.id, text="x")
        assert refusal == "Bad Request: TOPIC_CLOSED"


class TestPins:
    async def test_pin_and_unpin(self, api: RawApi, anna: Person, sandbox: Sandbox):
        for _ in range(2):
            await api.result("sendMessage", chat_id=anna.id, text="сводка")
        assert await api.result("pinChatMessage", chat_id=anna.id, message_id=1, disable_notification=True)
        assert await api.result("pinChatMessage", chat_id=anna.id, message_id=2)
        assert sandbox.world.chats[anna.id].pinned == [1, 2]
        assert (await api.result("getChat", chat_id=anna.id))["pinned_message"]["message_id"] == 2
        assert await api.result("unpinChatMessage", chat_id=anna.id)
        assert sandbox.world.chats[anna.id].pinned == [1]
        assert await api.result("deleteMessage", chat_id=anna.id, message_id=1)
        gone = await api.refusal("unpinChatMessage", chat_id=anna.id, message_id=1)
        assert gone == "Bad Request: message to unpin not found"

    async def test_a_group_needs_the_right(self, api: RawApi, sandbox: Sandbox, anna: Person):
        group = sandbox.world.add_group("Г", members=[anna], bot_rights=frozenset({"can_manage_chat"}))
        sent = await api.result("sendMessage", chat_id=group.id, text="x")
        refusal = await api.refusal("pinChatMessage", chat_id=group.id, message_id=sent["message_id"])
        assert refusal == "Bad Request: not enough rights to manage pinned messages in the chat"


class TestCommands:
    async def test_the_narrowest_scope_wins(
        self, api: RawApi, sandbox: Sandbox, anna: Person, operator: Person, forum: Chat
    ):
        def commands(name: str) -> list[dict[str, str]]:
            return [{"command": name, "description": "x"}]

        await api.result("setMyCommands", commands=commands("start"))
        await api.result("setMyCommands", commands=commands("report"), scope={"type": "chat", "chat_id": anna.id})
        await api.result("setMyCommands", commands=commands("desk"), scope={"type": "all_chat_administrators"})
        seen = sandbox.world.commands.seen_by
        chats = sandbox.world.chats
        assert seen(chats[anna.id], anna.id) == commands("report")
        assert seen(chats[operator.id], operator.id) == commands("start")
        assert seen(forum, anna.id) == commands("desk")
        assert seen(forum, operator.id) == commands("start")
        assert await api.result("getMyCommands") == commands("start")
        assert await api.result("deleteMyCommands", scope={"type": "chat", "chat_id": anna.id})
        assert seen(chats[anna.id], anna.id) == commands("start")

    @pytest.mark.parametrize(
        ("commands", "refusal"),
        [
            ([{"command": "Старт", "description": "x"}], "Bad Request: BOT_COMMAND_INVALID"),
            ([{"command": "start", "description": ""}], "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID"),
            ({"command": "start"}, "Bad Request: expected an Array of BotCommand"),
        ],
    )
    async def test_refused_commands(self, api: RawApi, commands: object, refusal: str):
        assert await api.refusal("setMyCommands", commands=commands) == refusal
