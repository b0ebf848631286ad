"""Trouble on demand: what the client sees, and what the journal knows to have happened."""

from __future__ import annotations

import asyncio

import aiohttp
import pytest

from bot.sandbox import Sandbox
from bot.sandbox.chats import Person
from bot.sandbox.faults import Fault
from tests.sandbox.conftest import RawApi


def texts_of(sandbox: Sandbox, person: Person) -> list[str]:
    return [message["text"] for message in sandbox.world.chats[person.id].messages.values()]


async def test_too_many_requests_says_how_long(api: RawApi, anna: Person, sandbox: Sandbox):
    sandbox.faults.add("429", "sendMessage", retry_after=17)
    answer = await api.answer("sendMessage", chat_id=anna.id, text="x")
    assert answer["description"] == "Too Many Requests: retry after 17"
    assert answer["parameters"] == {"retry_after": 17}
    await api.result("sendMessage", chat_id=anna.id, text="x")
    assert [call.fault for call in sandbox.journal.of("sendMessage")] == ["429:before", ""]


@pytest.mark.parametrize(("effect", "code"), [("403", 403), ("400", 400), ("401", 401), ("500", 500), ("502", 502)])
async def test_errors_by_number(api: RawApi, anna: Person, sandbox: Sandbox, effect: str, code: int):
    sandbox.faults.add(effect, "sendMessage")
    answer = await api.answer("sendMessage", chat_id=anna.id, text="x")
    assert answer["error_code"] == code
    assert texts_of(sandbox, anna) == []


async def test_a_proxy_answers_html_before_or_after_the_deed(api: RawApi, anna: Person, sandbox: Sandbox):
    for when, expected in (("before", []), ("after", ["x"])):
        sandbox.faults.add("html", "sendMessage", when=when)
        async with api.session.post(f"{api.address}/sendMessage", json={"chat_id": anna.id, "text": "x"}) as response:
            assert response.status == 502
            assert response.content_type == "text/html"
        assert texts_of(sandbox, anna) == expected
    before, after = sandbox.journal.of("sendMessage")
    assert (before.executed, before.outcome) == (False, "html")
    assert (after.executed, after.outcome, after.message_ids) == (True, "html", [1])


async def test_garbage_is_not_json(api: RawApi, anna: Person, sandbox: Sandbox):
    sandbox.faults.add("garbage", "sendMessage", when="after")
    async with api.session.post(f"{api.address}/sendMessage", json={"chat_id": anna.id, "text": "x"}) as response:
        with pytest.raises(ValueError, match="Expecting"):
            await response.json()
    assert texts_of(sandbox, anna) == ["x"]


async def test_an_empty_answer_says_done_and_not_what(api: RawApi, anna: Person, sandbox: Sandbox):
    sandbox.faults.add("empty", "sendMessage", when="after")
    assert await api.result("sendMessage", chat_id=anna.id, text="x") == {}
    assert texts_of(sandbox, anna) == ["x"]


@pytest.mark.parametrize(("when", "expected"), [("before", []), ("after", ["x"])])
async def test_a_reset_leaves_the_caller_in_doubt(
    api: RawApi, anna: Person, sandbox: Sandbox, when: str, expected: list[str]
):
    sandbox.faults.add("reset", "sendMessage", when=when)
    with pytest.raises(aiohttp.ClientConnectionError):
        await api.result("sendMessage", chat_id=anna.id, text="x")
    assert texts_of(sandbox, anna) == expected
    (call,) = sandbox.journal.of("sendMessage")
    assert (call.outcome, call.executed) == ("reset", bool(expected))
    assert (await api.result("getMe"))["is_bot"], "the server itself is well"


async def test_a_hanging_call_ends_when_the_caller_leaves(api: RawApi, anna: Person, sandbox: Sandbox):
    sandbox.faults.add("hang", "sendMessage", when="after")
    call = asyncio.ensure_future(api.result("sendMessage", chat_id=anna.id, text="x"))
    await sandbox.world.changes.until(lambda: texts_of(sandbox, anna) == ["x"], 5)
    call.cancel()
    await sandbox.quiet()
    assert [call.outcome for call in sandbox.journal.of("sendMessage")] == ["hang"]


async def test_a_slow_call_is_carried_out_late(api: RawApi, anna: Person, sandbox: Sandbox):
    sandbox.faults.add("slow", "sendMessage", delay=0.05)
    await api.result("sendMessage", chat_id=anna.id, text="x")
    (call,) = sandbox.journal.of("sendMessage")
    assert call.executed
    assert call.took >= 0.05


async def test_rules_can_wait_count_and_choose_a_chat(api: RawApi, anna: Person, sandbox: Sandbox):
    boris = sandbox.world.add_person("Борис", started=True)
    sandbox.faults.add("500", "sendMessage", skip=1, count=2, chat_id=anna.id)
    outcomes = []
    for person in (boris, anna, boris, anna, anna, anna):
        outcomes.append((await api.answer("sendMessage", chat_id=person.id, text="x"))["ok"])
    assert outcomes == [True, True, True, False, False, True]


async def test_a_star_spares_the_receiving_of_updates(api: RawApi, anna: Person, sandbox: Sandbox):
    sandbox.faults.add("500", count=None)
    assert not (await api.answer("sendMessage", chat_id=anna.id, text="x"))["ok"]
    assert (await api.answer("getUpdates"))["ok"]
    sandbox.faults.add("500", "getUpdates")
    assert not (await api.answer("getUpdates"))["ok"]


def test_a_plan_is_repeatable_by_its_seed(sandbox: Sandbox):
    def struck() -> list[str]:
        sandbox.faults.clear()
        sandbox.faults.plan(7, {"reset:after": 0.2, "429": 0.1})
        picks = [sandbox.faults.pick("sendmessage", 1) for _ in range(200)]
        return [f"{fault.effect}:{fault.when}" if fault else "" for fault in picks]

    first = struck()
    assert first == struck()
    assert 20 < sum(1 for name in first if name) < 100
    assert {"reset:after", "429:before", ""} == set(first)


def test_a_rule_that_cannot_be_is_refused():
    with pytest.raises(ValueError, match="unknown effect"):
        Fault("explosion")
    with pytest.raises(ValueError, match="expected before or after"):
        Fault("reset", when="during")


class TestDownloads:
    async def address(self, api: RawApi, sandbox: Sandbox) -> str:
        file_id = sandbox.world.files.document(bytes(200_000), "a.bin")["file_id"]
        path = (await api.result("getFile", file_id=file_id))["file_path"]
        return f"{sandbox.root}/file/bot{sandbox.token}/{path}"

    async def test_a_body_cut_in_half(self, api: RawApi, sandbox: Sandbox):
        address = await self.address(api, sandbox)
        sandbox.faults.add("cut", "download")
        async with api.session.get(address) as response:
            with pytest.raises(aiohttp.ClientPayloadError):
                await response.read()
        async with api.session.get(address) as response:
            assert len(await response.read()) == 200_000

    async def test_errors_and_resets(self, api: RawApi, sandbox: Sandbox):
        address = await self.address(api, sandbox)
        sandbox.faults.add("500", "download")
        async with api.session.get(address) as response:
            assert response.status == 500
        sandbox.faults.add("reset", "download", count=2)  # the client itself repeats a GET once
        with pytest.raises(aiohttp.ClientConnectionError):
            await api.session.get(address)
        assert [call.executed for call in sandbox.journal.of("download")] == [False, False, False]
