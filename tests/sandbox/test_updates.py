"""Confirmation by offset, order, expiry, conflict of pollers, what a bot asked for."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.sandbox import Sandbox
from bot.sandbox.chats import Person
from tests.sandbox.conftest import RawApi


def texts(updates: list[dict[str, Any]]) -> list[str]:
    return [update["message"]["text"] for update in updates]


@pytest.fixture
def three(sandbox: Sandbox, anna: Person) -> list[int]:
    """Ids of three waiting updates."""
    for text in ("раз", "два", "три"):
        sandbox.deeds.sends(anna, text)
    return [update.id for update in sandbox.world.updates.ledger]


async def test_ids_are_sequential(three: list[int]):
    assert three == [three[0], three[0] + 1, three[0] + 2]


async def test_without_an_offset_nothing_is_confirmed(api: RawApi, three: list[int], sandbox: Sandbox):
    assert texts(await api.result("getUpdates")) == ["раз", "два", "три"]
    assert len(sandbox.world.updates) == 3


async def test_an_offset_confirms_all_before_it_and_only_those(api: RawApi, three: list[int], sandbox: Sandbox):
    assert texts(await api.result("getUpdates", offset=three[1])) == ["два", "три"]
    assert [update.fate for update in sandbox.world.updates.ledger] == ["confirmed", "pending", "pending"]
    assert texts(await api.result("getUpdates")) == ["два", "три"]


async def test_an_offset_far_in_the_future_confirms_nothing(api: RawApi, three: list[int]):
    assert len(await api.result("getUpdates", offset=three[-1] + 1000)) == 3


async def test_a_negative_offset_keeps_only_the_last(api: RawApi, three: list[int], sandbox: Sandbox):
    assert texts(await api.result("getUpdates", offset=-1)) == ["три"]
    assert [update.fate for update in sandbox.world.updates.ledger] == ["dropped", "dropped", "pending"]


async def test_the_limit_is_at_most_a_hundred(api: RawApi, anna: Person, sandbox: Sandbox):
    for number in range(120):
        sandbox.deeds.sends(anna, str(number))
    assert len(await api.result("getUpdates", limit=1000)) == 100


async def test_the_same_offset_at_once_again_brings_one_update(api: RawApi, three: list[int]):
    assert len(await api.result("getUpdates", offset=three[0])) == 3
    assert texts(await api.result("getUpdates", offset=three[0])) == ["раз"]


async def test_a_long_poll_ends_when_something_comes(api: RawApi, anna: Person, sandbox: Sandbox):
    async with asyncio.TaskGroup() as group:
        poll = group.create_task(api.result("getUpdates", timeout=30))
        await sandbox.world.changes.until(lambda: sandbox.world.updates.polled, 5)
        sandbox.deeds.sends(anna, "привет")
    assert texts(poll.result()) == ["привет"]


async def test_an_empty_long_poll_ends_with_its_time(api: RawApi):
    assert await api.result("getUpdates", timeout=1) == []


async def test_the_second_poller_throws_out_the_first(api: RawApi, anna: Person, sandbox: Sandbox):
    updates = sandbox.world.updates
    async with asyncio.TaskGroup() as group:
        older = group.create_task(api.answer("getUpdates", timeout=30))
        await sandbox.world.changes.until(lambda: updates.polled, 5)
        younger = group.create_task(api.answer("getUpdates", timeout=30))
        conflict = await older
        sandbox.deeds.sends(anna, "привет")
    assert conflict == {
        "ok": False,
        "error_code": 409,
        "description": "Conflict: terminated by other getUpdates request; "
        "make sure that only one bot instance is running",
    }
    assert texts(younger.result()["result"]) == ["привет"]


async def test_a_poller_that_died_does_not_swallow_updates(api: RawApi, anna: Person, sandbox: Sandbox):
    poll = asyncio.ensure_future(api.result("getUpdates", timeout=30))
    await sandbox.world.changes.until(lambda: sandbox.world.updates.polled, 5)
    poll.cancel()
    await sandbox.world.changes.until(lambda: not sandbox.world.updates.polled, 5)
    sandbox.deeds.sends(anna, "никто не слушал")
    assert texts(await api.result("getUpdates")) == ["никто не слушал"]


async def test_an_update_lives_for_24_hours(api: RawApi, three: list[int], anna: Person, sandbox: Sandbox):
    sandbox.world.clock.advance(86_399 - 60)
    sandbox.deeds.sends(anna, "свежее")
    sandbox.world.clock.advance(120)
    assert texts(await api.result("getUpdates")) == ["свежее"]
    assert [update.fate for update in sandbox.world.updates.ledger][:3] == ["expired"] * 3


async def test_what_was_not_asked_for_never_comes(api: RawApi, anna: Person, sandbox: Sandbox):
    await api.result("getUpdates", allowed_updates=["callback_query"])
    sandbox.deeds.sends(anna, "не услышат")
    await api.result("getUpdates", offset=1, allowed_updates=["message"])
    sandbox.deeds.sends(anna, "услышат")
    assert texts(await api.result("getUpdates")) == ["услышат"]


async def test_the_list_of_kinds_is_remembered_until_an_empty_one(api: RawApi, anna: Person, sandbox: Sandbox):
    updates = sandbox.world.updates
    await api.result("getUpdates", allowed_updates=["message"], timeout=0)
    await api.result("getUpdates", offset=1)
    assert updates.wants("message")
    assert not updates.wants("callback_query")
    await api.result("getUpdates", offset=2, allowed_updates=[])
    assert updates.wants("callback_query")
    assert not updates.wants("chat_member"), "this kind always has to be asked for"


async def test_any_json_can_be_injected(api: RawApi, sandbox: Sandbox, anna: Person):
    sandbox.deeds.sends(anna, "до")
    sandbox.world.updates.inject({"message": {"message_id": "not a number"}})
    sandbox.world.updates.inject({"telepathy": {"thought": 1}})
    sandbox.deeds.sends(anna, "после")
    updates = await api.result("getUpdates")
    assert [sorted(update) for update in updates[1:3]] == [["message", "update_id"], ["telepathy", "update_id"]]
    assert [update["update_id"] for update in updates] == list(
        range(updates[0]["update_id"], updates[0]["update_id"] + 4)
    )


async def test_ids_may_start_again_lower_after_a_quiet_week(
    api: RawApi, sandbox: Sandbox, anna: Person, three: list[int]
):
    await api.result("getUpdates", offset=three[-1] + 1, timeout=0)
    sandbox.world.updates.renumber(500)
    sandbox.deeds.sends(anna, "новый счёт")
    assert [update["update_id"] for update in await api.result("getUpdates", offset=three[-1] + 1)] == [500]


async def test_a_confirmed_update_may_come_twice(api: RawApi, sandbox: Sandbox, three: list[int]):
    sandbox.faults.updates.duplicate = 1.0
    await api.result("getUpdates")
    again = await api.result("getUpdates", offset=three[-1] + 1)
    assert [update["update_id"] for update in again] == three
    assert await api.result("getUpdates", offset=three[-1] + 2, timeout=1) == []


async def test_a_field_of_tomorrow(api: RawApi, sandbox: Sandbox, anna: Person):
    sandbox.faults.updates.novelty = 1.0
    sandbox.deeds.sends(anna, "раз")
    (update,) = await api.result("getUpdates")
    assert update["message"]["telepathy"] == {"depth": 1}
    assert "telepathy" not in sandbox.world.chats[anna.id].messages[1]
