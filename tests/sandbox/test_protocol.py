"""Every way of sending a call, and what is said about wrong ones."""

from __future__ import annotations

import io
import json
from urllib.parse import quote

import aiohttp
import pytest
from PIL import Image
from yarl import URL

from bot.sandbox import Sandbox
from bot.sandbox.chats import Person
from tests.sandbox.conftest import RawApi


async def test_get_me_is_complete_enough_for_a_strict_client(api: RawApi):
    me = await api.result("getMe")
    assert me["is_bot"] is True
    assert {"id", "first_name", "username", "can_join_groups", "can_read_all_group_messages"} <= set(me)
    assert me["id"] == int(api.sandbox.token.partition(":")[0])


@pytest.mark.parametrize("way", ["query", "json", "urlencoded", "multipart", "get"])
async def test_arguments_may_come_in_any_way(api: RawApi, anna: Person, way: str):
    arguments = {"chat_id": str(anna.id), "text": "Привет & <b>ура</b>", "parse_mode": "HTML"}
    url = f"{api.address}/sendMessage"
    match way:
        case "query":
            request = api.session.post(url, params=arguments)
        case "json":
            request = api.session.post(url, json=arguments)
        case "urlencoded":
            request = api.session.post(url, data=arguments)
        case "multipart":
            form = aiohttp.FormData(default_to_multipart=True)
            for name, value in arguments.items():
                form.add_field(name, value)
            request = api.session.post(url, data=form)
        case _:
            request = api.session.get(url, params=arguments)
    async with request as response:
        assert response.status == 200
        message = (await response.json())["result"]
    assert message["text"] == "Привет & ура"
    assert message["entities"] == [{"offset": 9, "length": 3, "type": "bold"}]


async def test_a_chunked_upload_of_unknown_length_arrives_whole(api: RawApi, anna: Person):
    picture = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(picture, "PNG")

    async def pieces():
        for start in range(0, len(picture.getvalue()), 10):
            yield picture.getvalue()[start : start + 10]

    form = aiohttp.FormData()
    form.add_field("chat_id", str(anna.id))
    form.add_field("photo", pieces(), filename="a.png", content_type="image/png")
    async with api.session.post(f"{api.address}/sendPhoto", data=form) as response:
        message = (await response.json())["result"]
    assert (message["photo"][-1]["width"], message["photo"][-1]["height"]) == (40, 30)


async def test_the_token_may_be_percent_encoded_and_the_method_in_any_case(api: RawApi):
    address = f"{api.sandbox.root}/bot{quote(api.sandbox.token, safe='')}/GETme"
    async with api.session.get(URL(address, encoded=True)) as response:
        assert response.status == 200


async def test_json_text_inside_a_form_is_read_as_structure(api: RawApi, anna: Person):
    markup = json.dumps({"inline_keyboard": [[{"text": "Да", "callback_data": "yes"}]]})
    data = {"chat_id": str(anna.id), "text": "?", "reply_markup": markup}
    async with api.session.post(f"{api.address}/sendMessage", data=data) as response:
        message = (await response.json())["result"]
    assert message["reply_markup"]["inline_keyboard"][0][0]["text"] == "Да"


async def test_a_structure_that_is_not_json_is_refused(api: RawApi, anna: Person):
    refusal = await api.refusal("sendMessage", chat_id=anna.id, text="x", reply_markup="{oops")
    assert refusal == "Bad Request: can't parse reply keyboard markup JSON object"


async def test_an_unknown_method_is_not_found(api: RawApi):
    answer = await api.answer("sendTelepathy")
    assert answer == {"ok": False, "error_code": 404, "description": "Not Found: method not found"}


async def test_a_wrong_token_is_unauthorized_and_a_malformed_one_not_found(api: RawApi):
    for token, code in (("1:wrong", 401), ("nonsense", 404)):
        async with api.session.get(f"{api.sandbox.root}/bot{token}/getMe") as response:
            assert response.status == code
            assert (await response.json())["error_code"] == code


async def test_a_revoked_token_stops_working_at_once(sandbox: Sandbox, api: RawApi):
    old = api.address
    sandbox.revoke_token()
    async with api.session.get(f"{old}/getMe") as response:
        assert (await response.json())["description"] == "Unauthorized"
    assert (await api.result("getMe"))["is_bot"]


async def test_the_server_listens_on_the_loopback_only(sandbox: Sandbox):
    assert sandbox.root.startswith("http://127.0.0.1:")


async def test_the_journal_tells_what_was_done_and_what_was_not(api: RawApi, anna: Person, sandbox: Sandbox):
    await api.result("sendMessage", chat_id=anna.id, text="один")
    await api.refusal("sendMessage", chat_id=anna.id, text="")
    done, refused = sandbox.journal.of("sendMessage")
    assert (done.executed, done.outcome, done.status, done.message_ids) == (True, "ok", 200, [1])
    assert (refused.executed, refused.outcome, refused.status) == (False, "error", 400)
    assert refused.description == "Bad Request: message text is empty"
    assert (done.number, refused.number) == (1, 2)
    assert done.params["text"] == "один"
    assert sandbox.journal.in_flight == 0
