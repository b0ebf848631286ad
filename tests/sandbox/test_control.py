"""The control API, as the page of phones uses it."""

from __future__ import annotations

import io
import json
from typing import Any

import aiohttp
import pytest
from PIL import Image

from bot.sandbox import Sandbox
from bot.sandbox.chats import Person
from tests.sandbox.conftest import RawApi


class Page:
    def __init__(self, api: RawApi) -> None:
        self.session = api.session
        self.address = f"{api.sandbox.root}/sandbox/api"

    async def get(self, path: str) -> Any:
        async with self.session.get(self.address + path) as response:
            assert response.status == 200, await response.text()
            return await response.json()

    async def post(self, path: str, status: int = 200, **body: Any) -> Any:
        async with self.session.post(self.address + path, json=body) as response:
            assert response.status == status, await response.text()
            return await response.json()


@pytest.fixture
def page(api: RawApi) -> Page:
    return Page(api)


async def test_the_world_with_people_groups_and_guide(page: Page, sandbox: Sandbox):
    anna = await page.post("/people", name="Анна Петрова", username="anna", label="Наблюдатель")
    group = await page.post("/groups", title="Операторы", forum=True, member_ids=[anna["id"]])
    sandbox.world.guide = ["Нажмите «Начать отчёт»."]
    world = await page.get("/world")
    assert world["people"] == [{"id": anna["id"], "name": "Анна Петрова", "username": "anna", "label": "Наблюдатель"}]
    assert world["groups"] == [
        {"id": group["id"], "title": "Операторы", "forum": True, "topics": [], "member_ids": [anna["id"]]}
    ]
    (added,) = sandbox.world.updates.pending()
    assert added.kind == "my_chat_member"
    assert world["bot"].keys() == {"id", "username", "first_name"}
    assert world["guide"] == ["Нажмите «Начать отчёт»."]


async def test_a_chat_as_one_person_sees_it(page: Page, api: RawApi, anna: Person):
    await page.post("/send", person_id=anna.id, chat_id=anna.id, text="/start")
    markup = {"keyboard": [["Отчёт"]]}
    await api.result("sendMessage", chat_id=anna.id, text="Здравствуйте", reply_markup=markup)
    await api.result("pinChatMessage", chat_id=anna.id, message_id=2)
    await api.result("setMyCommands", commands=[{"command": "report", "description": "Отчёт"}])
    chat = await page.get(f"/chats/{anna.id}/{anna.id}")
    assert [(item.get("text"), item.get("outgoing")) for item in chat["messages"]] == [
        ("/start", True),
        ("Здравствуйте", None),
        (None, None),
    ]
    assert chat["commands"] == [{"command": "report", "description": "Отчёт"}]
    assert chat["reply_keyboard"] == {"keyboard": [[{"text": "Отчёт"}]]}
    assert chat["pinned"] == [2]
    assert chat["blocked"] is False


async def test_presses_edits_blocks(page: Page, api: RawApi, anna: Person):
    sent = await page.post("/send", person_id=anna.id, chat_id=anna.id, text="прывет")
    message_id = sent["messages"][0]["message_id"]
    await page.post("/edit", person_id=anna.id, chat_id=anna.id, message_id=message_id, text="привет")
    await page.post("/tap", person_id=anna.id, chat_id=anna.id, message_id=message_id, data="x")
    await page.post("/block", person_id=anna.id)
    assert (await page.get(f"/chats/{anna.id}/{anna.id}"))["blocked"]
    await page.post("/send", 400, person_id=anna.id, chat_id=anna.id, text="нельзя")
    await page.post("/unblock", person_id=anna.id)
    kinds = [next(key for key in update if key != "update_id") for update in await api.result("getUpdates")]
    assert kinds == ["message", "edited_message", "callback_query", "my_chat_member", "my_chat_member"]


async def test_uploads_become_an_album(page: Page, api: RawApi, anna: Person):
    form = aiohttp.FormData(quote_fields=False)
    for name, value in (("person_id", anna.id), ("chat_id", anna.id), ("kind", "photo"), ("caption", "Б6")):
        form.add_field(name, str(value))
    for number in range(2):
        buffer = io.BytesIO()
        Image.new("RGB", (50 + number, 40)).save(buffer, "PNG")
        form.add_field("file", buffer.getvalue(), filename=f"{number}.png", content_type="image/png")
    async with page.session.post(f"{page.address}/upload", data=form) as response:
        messages = (await response.json())["messages"]
    assert len({message["media_group_id"] for message in messages}) == 1
    assert messages[0]["caption"] == "Б6"
    file_id = messages[0]["photo"][-1]["file_id"]
    async with page.session.get(f"{page.address}/files/{file_id}") as response:
        assert response.content_type == "image/jpeg"
        assert Image.open(io.BytesIO(await response.read())).size == (50, 40)


async def test_the_stream_tells_everything(page: Page, api: RawApi, anna: Person, sandbox: Sandbox):
    events: list[dict[str, Any]] = []
    async with page.session.get(f"{page.address}/stream") as stream:
        assert stream.content_type == "text/event-stream"
        assert await stream.content.readline() == b": hello\n"
        markup = {"inline_keyboard": [[{"text": "Да", "callback_data": "x"}]]}
        await api.result("sendMessage", chat_id=anna.id, text="раз", reply_markup=markup)
        await api.result("editMessageText", chat_id=anna.id, message_id=1, text="два")
        await api.result("sendChatAction", chat_id=anna.id, action="typing")
        press = await page.post("/tap", person_id=anna.id, chat_id=anna.id, message_id=1, data="x")
        query = press["callback_query_id"]
        await api.result("answerCallbackQuery", callback_query_id=query, text="Готово", show_alert=True)
        await api.result("deleteMessage", chat_id=anna.id, message_id=1)
        while not events or events[-1]["type"] != "delete":
            line = await stream.content.readline()
            if line.startswith(b"data: "):
                events.append(json.loads(line[6:]))
    assert [event["type"] for event in events] == ["message", "edit", "typing", "toast", "delete"]
    assert {event["chat_id"] for event in events} == {anna.id}
    toast = events[3]
    assert (toast["person_id"], toast["text"], toast["alert"]) == (anna.id, "Готово", True)
    assert events[4]["message"]["message_id"] == 1


async def test_faults_journal_clock_and_raw_updates(page: Page, api: RawApi, anna: Person, sandbox: Sandbox):
    await page.post("/faults", rules=[{"effect": "429", "methods": ["sendMessage"], "retry_after": 5}])
    assert (await api.answer("sendMessage", chat_id=anna.id, text="x"))["parameters"] == {"retry_after": 5}
    await page.post("/faults", 400, rules=[{"effect": "explosion"}])
    journal = await page.get("/journal?since=1")
    assert [(call["method"], call["status"], call["fault"]) for call in journal["calls"]] == [
        ("sendMessage", 429, "429:before")
    ]
    assert journal["next"] == 2
    before = sandbox.world.clock.unix()
    await page.post("/clock", advance_seconds=3600)
    assert sandbox.world.clock.unix() - before >= 3600
    injected = await page.post("/updates", telepathy={"thought": 1})
    ledger = await page.get("/updates")
    assert ledger["updates"] == [
        {"update_id": injected["update_id"], "kind": "telepathy", "fate": "pending", "deliveries": 0}
    ]


async def test_mistakes_are_answered_not_thrown(page: Page, anna: Person):
    assert "error" in await page.post("/send", 404, person_id=1, chat_id=1, text="x")
    assert "error" in await page.post("/send", 400, person_id=anna.id, chat_id=anna.id, text=" ")
    assert "error" in await page.post("/send", 404, person_id=anna.id, chat_id=anna.id)


async def test_the_page_itself(api: RawApi):
    async with api.session.get(f"{api.sandbox.root}/") as response:
        assert response.status == 200
        assert response.content_type == "text/html"


async def test_browser_asks_for_the_page_anew_after_an_update(page: Page, sandbox: Sandbox):
    for path in ("/", "/page/main.js"):
        async with page.session.get(sandbox.root + path) as response:
            assert response.status == 200
            assert response.headers["Cache-Control"] == "no-cache"
