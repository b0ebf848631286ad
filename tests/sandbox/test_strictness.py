"""A table of what Telegram refuses, in its own words."""

from __future__ import annotations

from typing import Any

import pytest

from bot.sandbox import Sandbox
from bot.sandbox.chats import Person
from tests.sandbox.conftest import RawApi


def inline(*rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"inline_keyboard": list(rows)}


def button(text: str = "Да", **kind: Any) -> dict[str, Any]:
    return {"text": text, **(kind or {"callback_data": "x"})}


PARSING = "Bad Request: can't parse inline keyboard button: "


@pytest.mark.parametrize(
    ("arguments", "refusal"),
    [
        ({"text": ""}, "Bad Request: message text is empty"),
        ({"text": " \n "}, "Bad Request: text must be non-empty"),
        ({"text": "<b></b>", "parse_mode": "HTML"}, "Bad Request: text must be non-empty"),
        ({"text": "я" * 4097}, "Bad Request: message is too long"),
        ({"text": "😀" * 2049}, "Bad Request: message is too long"),
        ({"text": "я" * 40_000}, "Bad Request: text is too long"),
        ({"text": "x", "parse_mode": "Wiki"}, "Bad Request: unsupported parse_mode"),
        ({"text": "x", "reply_markup": inline([button(callback_data="я" * 33)])}, "Bad Request: BUTTON_DATA_INVALID"),
        ({"text": "x", "reply_markup": inline([{"text": "Да"}])}, PARSING + "Text buttons are unallowed in the inline keyboard"),
        ({"text": "x", "reply_markup": inline([{"callback_data": "x"}])}, PARSING + 'Can\'t find field "text"'),
        ({"text": "x", "reply_markup": inline([button(" ")])}, "Bad Request: inline keyboard button text must be non-empty"),
        ({"text": "x", "reply_markup": inline([button()] * 9)}, "Bad Request: reply markup is too long"),
        ({"text": "x", "reply_markup": inline(*[[button()]] * 101)}, "Bad Request: reply markup is too long"),
        ({"text": "x", "reply_markup": inline([button(copy_text={"text": ""})])}, "Bad Request: BUTTON_COPY_TEXT_INVALID"),
        ({"text": "x", "reply_markup": inline([button(copy_text={"text": "я" * 257})])}, "Bad Request: BUTTON_COPY_TEXT_INVALID"),
        (
            {"text": "x", "reply_markup": inline([button(url="ftp://a.ru")])},
            "Bad Request: inline keyboard button URL 'ftp://a.ru' is invalid: Unsupported URL protocol",
        ),
        (
            {"text": "x", "reply_markup": inline([button(url="http://localhost")])},
            "Bad Request: inline keyboard button URL 'http://localhost' is invalid: Wrong HTTP URL",
        ),
        ({"text": "x", "reply_markup": inline([button(callback_data="x", style="?")])}, PARSING + "invalid button style specified"),
        ({"text": "x", "reply_markup": {"keyboard": [["Да"] * 13]}}, "Bad Request: reply markup is too long"),
        ({"text": "x", "reply_parameters": {"message_id": 777}}, "Bad Request: message to be replied not found"),
    ],
)  # fmt: skip
async def test_refused_messages(api: RawApi, anna: Person, arguments: dict[str, Any], refusal: str):
    assert await api.refusal("sendMessage", chat_id=anna.id, **arguments) == refusal
    assert api.sandbox.world.chats[anna.id].messages == {}


@pytest.mark.parametrize(
    "arguments",
    [
        {"text": "я" * 4096},
        {"text": "😀" * 2048},
        {"text": f"<b>{'я' * 4096}</b>", "parse_mode": "HTML"},
        {"text": "x", "reply_markup": inline([button(callback_data="я" * 32)])},
        {"text": "x", "reply_markup": inline(*[[button()] * 8] * 12)},
        {"text": "x", "reply_markup": inline([button(url="tg://user?id=1"), button(url="t.me/x"), button(url="https://a.ru")])},
        {"text": "x", "reply_markup": inline([button(copy_text={"text": "9577"})])},
        {"text": "x", "reply_markup": {"remove_keyboard": True}},
        {"text": "x", "reply_parameters": {"message_id": 777, "allow_sending_without_reply": True}},
    ],
)  # fmt: skip
async def test_accepted_messages(api: RawApi, anna: Person, arguments: dict[str, Any]):
    assert (await api.result("sendMessage", chat_id=anna.id, **arguments))["message_id"] == 1


async def test_captions_are_counted_after_parsing(api: RawApi, anna: Person, sandbox: Sandbox):
    document = sandbox.world.files.document(b"x", "a.txt")["file_id"]
    long = await api.refusal("sendDocument", chat_id=anna.id, document=document, caption="я" * 1025)
    assert long == "Bad Request: message caption is too long"
    caption = f"<b>{'я' * 1024}</b>"
    message = await api.result("sendDocument", chat_id=anna.id, document=document, caption=caption, parse_mode="HTML")
    assert len(message["caption"]) == 1024


class TestReach:
    async def test_a_stranger_is_not_found(self, api: RawApi):
        assert await api.refusal("sendMessage", chat_id=1, text="x") == "Bad Request: chat not found"
        assert await api.refusal("sendMessage", text="x") == "Bad Request: chat_id is empty"

    async def test_the_bot_cannot_write_first(self, api: RawApi, sandbox: Sandbox):
        silent = sandbox.world.add_person("Молчун")
        refusal = await api.refusal("sendMessage", chat_id=silent.id, text="x")
        assert refusal == "Forbidden: bot can't initiate conversation with a user"
        sandbox.deeds.sends(silent, "/start")
        await api.result("sendMessage", chat_id=silent.id, text="x")

    async def test_a_person_who_blocked_the_bot(self, api: RawApi, anna: Person, sandbox: Sandbox):
        sandbox.deeds.blocks(anna)
        assert await api.refusal("sendMessage", chat_id=anna.id, text="x") == "Forbidden: bot was blocked by the user"
        sandbox.deeds.unblocks(anna)
        await api.result("sendMessage", chat_id=anna.id, text="x")
        changes = [update["my_chat_member"] for update in await api.result("getUpdates")]
        assert [change["new_chat_member"]["status"] for change in changes] == ["kicked", "member"]
        assert all(change["from"]["id"] == anna.id for change in changes)

    async def test_a_deleted_account(self, api: RawApi, anna: Person):
        anna.deactivated = True
        assert await api.refusal("sendMessage", chat_id=anna.id, text="x") == "Forbidden: user is deactivated"

    async def test_a_group_that_became_a_supergroup(self, api: RawApi, anna: Person, sandbox: Sandbox):
        old = sandbox.world.add_group("Операторы", members=[anna])
        new = sandbox.group_life.upgrades(old)
        answer = await api.answer("sendMessage", chat_id=old.id, text="x")
        assert answer["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
        assert answer["parameters"] == {"migrate_to_chat_id": new.id}
        await api.result("sendMessage", chat_id=new.id, text="x")
        moved = [update["message"] for update in await api.result("getUpdates")]
        assert [message.get("migrate_to_chat_id") for message in moved] == [new.id, None]
        assert moved[1]["migrate_from_chat_id"] == old.id

    async def test_a_group_without_the_bot(self, api: RawApi, anna: Person, sandbox: Sandbox):
        group = sandbox.world.add_group("Операторы", members=[anna], supergroup=True)
        sandbox.group_life.removes_bot(group, anna)
        refusal = await api.refusal("sendMessage", chat_id=group.id, text="x")
        assert refusal == "Forbidden: bot was kicked from the supergroup chat"


class TestEditing:
    async def test_the_same_again_is_not_modified(self, api: RawApi, anna: Person):
        markup = inline([button()])
        sent = await api.result(
            "sendMessage", chat_id=anna.id, text="<b>раз</b>", parse_mode="HTML", reply_markup=markup
        )
        place = {"chat_id": anna.id, "message_id": sent["message_id"]}
        same = await api.refusal("editMessageText", **place, text="<b>раз</b>", parse_mode="HTML", reply_markup=markup)
        assert same.startswith("Bad Request: message is not modified: specified new message content")
        plain = await api.result("editMessageText", **place, text="раз", reply_markup=markup)
        assert "entities" not in plain
        assert plain["edit_date"] >= plain["date"]
        bare = await api.result("editMessageReplyMarkup", **place)
        assert "reply_markup" not in bare
        again = await api.refusal("editMessageReplyMarkup", **place)
        assert again.startswith("Bad Request: message is not modified")

    async def test_what_cannot_be_edited(self, api: RawApi, anna: Person, sandbox: Sandbox):
        foreign = sandbox.deeds.sends(anna, "моё")[0]["message_id"]
        keyed = await api.result("sendMessage", chat_id=anna.id, text="x", reply_markup={"keyboard": [["Да"]]})
        assert "reply_markup" not in keyed, "a reply keyboard is shown to the person, never returned"
        for message_id, reason in ((foreign, "can't be edited"), (keyed["message_id"], "can't be edited")):
            refusal = await api.refusal("editMessageText", chat_id=anna.id, message_id=message_id, text="y")
            assert refusal == f"Bad Request: message {reason}"
        gone = await api.refusal("editMessageText", chat_id=anna.id, message_id=999, text="y")
        assert gone == "Bad Request: message to edit not found"

    async def test_text_and_caption_are_different_things(self, api: RawApi, anna: Person, sandbox: Sandbox):
        text = await api.result("sendMessage", chat_id=anna.id, text="x")
        file_id = sandbox.world.files.document(b"x", "a.txt")["file_id"]
        file = await api.result("sendDocument", chat_id=anna.id, document=file_id)
        wrong = await api.refusal("editMessageText", chat_id=anna.id, message_id=file["message_id"], text="y")
        assert wrong == "Bad Request: there is no text in the message to edit"
        wrong = await api.refusal("editMessageCaption", chat_id=anna.id, message_id=text["message_id"], caption="y")
        assert wrong == "Bad Request: there is no caption in the message to edit"
        right = await api.result("editMessageCaption", chat_id=anna.id, message_id=file["message_id"], caption="y")
        assert (right["caption"], right["document"]["file_id"]) == ("y", file_id)

    async def test_only_inline_keyboards_fit_an_edit(self, api: RawApi, anna: Person):
        sent = await api.result("sendMessage", chat_id=anna.id, text="x")
        place = {"chat_id": anna.id, "message_id": sent["message_id"]}
        refusal = await api.refusal("editMessageText", **place, text="y", reply_markup={"keyboard": [["Да"]]})
        assert refusal == "Bad Request: inline keyboard expected"


class TestDeleting:
    async def test_within_48_hours_and_not_later(self, api: RawApi, anna: Person, sandbox: Sandbox):
        sandbox.deeds.sends(anna, "код 1234")
        for _ in range(2):
            await api.result("sendMessage", chat_id=anna.id, text="x")
        assert await api.result("deleteMessage", chat_id=anna.id, message_id=1), "also what the person wrote"
        sandbox.world.clock.advance(48 * 3600 - 60)
        assert await api.result("deleteMessage", chat_id=anna.id, message_id=2)
        sandbox.world.clock.advance(61)
        late = await api.refusal("deleteMessage", chat_id=anna.id, message_id=3)
        assert late == "Bad Request: message can't be deleted for everyone"
        gone = await api.refusal("deleteMessage", chat_id=anna.id, message_id=2)
        assert gone == "Bad Request: message to delete not found"

    async def test_many_at_once_skip_what_is_gone(self, api: RawApi, anna: Person, sandbox: Sandbox):
        for _ in range(3):
            await api.result("sendMessage", chat_id=anna.id, text="x")
        assert await api.result("deleteMessages", chat_id=anna.id, message_ids=[1, 3, 77])
        assert list(sandbox.world.chats[anna.id].messages) == [2]
        refusal = await api.refusal("deleteMessages", chat_id=anna.id, message_ids=list(range(1, 102)))
        assert refusal == "Bad Request: too many message identifiers specified"

    async def test_others_messages_in_a_group_need_a_right(self, api: RawApi, anna: Person, sandbox: Sandbox):
        group = sandbox.world.add_group("Г", members=[anna], bot_rights=None)
        message = sandbox.deeds.sends(anna, "/x", chat_id=group.id)[0]
        refusal = await api.refusal("deleteMessage", chat_id=group.id, message_id=message["message_id"])
        assert refusal == "Bad Request: message can't be deleted"


class TestPresses:
    async def test_an_answer_in_time_shows_a_toast(self, api: RawApi, anna: Person, sandbox: Sandbox):
        sent = await api.result("sendMessage", chat_id=anna.id, text="?", reply_markup=inline([button()]))
        sandbox.deeds.taps(anna, sent["message_id"], "x")
        query = (await api.result("getUpdates"))[0]["callback_query"]
        assert (query["data"], query["from"]["id"]) == ("x", anna.id)
        assert query["message"]["message_id"] == sent["message_id"]
        assert await api.result("answerCallbackQuery", callback_query_id=query["id"], text="Сохранено")
        press = sandbox.world.presses.get(query["id"])
        assert press is not None
        assert press.answer == {"text": "Сохранено", "alert": False, "url": ""}

    async def test_too_late_twice_or_unknown(self, api: RawApi, anna: Person, sandbox: Sandbox):
        expected = "Bad Request: query is too old and response timeout expired or query ID is invalid"
        press = sandbox.deeds.taps(anna, 1, "x")
        assert await api.result("answerCallbackQuery", callback_query_id=press.id)
        assert await api.refusal("answerCallbackQuery", callback_query_id=press.id) == expected
        press = sandbox.deeds.taps(anna, 1, "x")
        sandbox.world.clock.advance(sandbox.world.presses.lifetime + 1)
        assert await api.refusal("answerCallbackQuery", callback_query_id=press.id) == expected
        assert await api.refusal("answerCallbackQuery", callback_query_id="1") == expected

    async def test_a_press_on_a_deleted_message_has_an_inaccessible_one(
        self, api: RawApi, anna: Person, sandbox: Sandbox
    ):
        sandbox.deeds.taps(anna, 55, "x")
        query = (await api.result("getUpdates"))[0]["callback_query"]
        assert query["message"]["date"] == 0
        assert query["message"]["message_id"] == 55

    async def test_a_toast_has_200_characters_at_most(self, api: RawApi, anna: Person, sandbox: Sandbox):
        press = sandbox.deeds.taps(anna, 1, "x")
        refusal = await api.refusal("answerCallbackQuery", callback_query_id=press.id, text="я" * 201)
        assert refusal == "Bad Request: MESSAGE_TOO_LONG"
