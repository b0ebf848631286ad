"""A messenger in trouble, end to end: the report is whole, the receipt and the alarm come, copies are bounded and marked."""

import pytest

from bot.domain.people import Role
from bot.domain.report import ReportState
from bot.sandbox import Sandbox
from bot.texts.delivery import REPEATED
from storage.errors import AnotherInstanceRuns
from tests.city import City
from tests.faults.backlog import durable_seconds
from tests.faults.one_report import CODES, VIOLATED, OneReport, one_report
from tests.people import Phone
from tests.running import bot_at

PATIENCE = 40


def texts(phone: Phone, sandbox: Sandbox, wanted: str) -> list[str]:
    """Every message of the bot that says this, as it stands now."""
    messages = sandbox.world.chats[phone.id].messages.values()
    return [m.get("text", "") for m in messages if m["from"]["is_bot"] and wanted in m.get("text", "")]


async def is_whole(report: OneReport) -> None:
    stored = await report.stored()
    assert stored.state is ReportState.SUBMITTED
    assert stored.version == 1
    assert set(stored.answers) == set(CODES)
    assert stored.answers[VIOLATED].comment == "лежали в учительской"
    assert await report.count("SELECT COUNT(*) FROM outbox WHERE dedupe_key LIKE 'critical:%'") == 2
    assert await report.count("SELECT COUNT(*) FROM inbox WHERE state = 'quarantined'") == 0


@pytest.mark.parametrize("effect", ["reset", "html", "garbage", "500", "502"])
@pytest.mark.parametrize("when", ["before", "after"])
async def test_a_receipt_and_an_alarm_survive_any_answer(city: City, sandbox: Sandbox, effect: str, when: str):
    report = await one_report(city)
    for method in ("editMessageText", "sendMessage", "answerCallbackQuery"):
        sandbox.faults.add(effect, method, when=when, count=2)
    await report.is_filled()
    await report.handled()
    await report.observer.sees(f"Отчёт {report.number} принят", timeout=PATIENCE)
    await report.boss.sees("лежали в учительской", timeout=PATIENCE)
    await city.running.settled()
    await is_whole(report)
    for wanted in ("Критично", "лежали в учительской"):
        copies = [text for text in texts(report.boss, sandbox, "Критично") if wanted in text]
        assert sum(REPEATED not in text for text in copies) <= 2, "a copy that may be a repeat says so"


async def test_an_hour_of_429_for_one_person_delays_nobody_else(city: City, sandbox: Sandbox):
    report = await one_report(city)
    other, _ = await city.phone_of("Вера", Role.COORDINATOR)
    sandbox.faults.add("429", "sendMessage", count=None, chat_id=report.boss.id, retry_after=3600)
    await report.is_filled()
    await other.sees("лежали в учительской", timeout=PATIENCE)
    await report.observer.sees(f"Отчёт {report.number} принят", timeout=PATIENCE)
    calls = sandbox.journal.of("sendMessage", chat_id=report.boss.id)
    assert len(calls) == 1, "one call a pause"
    assert await report.count("SELECT MAX(tries) FROM outbox WHERE state = 'pending'") == 0, "a pause is no try"
    sandbox.faults.clear()
    assert await report.count("SELECT COUNT(*) FROM outbox WHERE state = 'pending'") >= 2


async def test_with_28_percent_failing_nothing_is_lost(city: City, sandbox: Sandbox):
    first, second = await one_report(city), await one_report(city, "Белла")
    rates = {"reset:before": 0.08, "reset:after": 0.08, "html:before": 0.06, "502:after": 0.06}
    sandbox.faults.plan(7, rates, ("*", "getupdates"))
    for report in (first, second):
        await report.is_filled()
        await report.handled(100)
    sandbox.faults.clear()
    for report in (first, second):
        await report.handled(100)
        stored = await report.stored()
        assert stored.state is ReportState.SUBMITTED
        assert stored.version == 1
        assert stored.answers[VIOLATED].comment == "лежали в учительской"
    assert await first.count("SELECT COUNT(*) FROM inbox WHERE state <> 'done'") == 0


async def test_everything_twice_and_with_fields_of_tomorrow_is_once(city: City, sandbox: Sandbox):
    report = await one_report(city)
    sandbox.faults.updates.duplicate = 1.0
    sandbox.faults.updates.novelty = 1.0
    await report.is_filled()
    await report.observer.sees(f"Отчёт {report.number} принят", timeout=PATIENCE)
    await city.running.settled()
    await is_whole(report)
    received = await report.count("SELECT COUNT(*) FROM inbox")
    assert received == len(sandbox.world.updates.ledger), "a repeated update is stored once"
    assert any(update.deliveries > 1 for update in sandbox.world.updates.ledger)


async def test_what_cannot_be_read_stands_in_nobodys_way(city: City, sandbox: Sandbox):
    report = await one_report(city)
    chat = sandbox.world.chats[report.observer.id]
    await report.presses(f"a:{report.number}:{CODES[0]}:yes")
    sandbox.world.updates.inject_undecodable(chat.json(), sandbox.world.people[report.observer.id].user())
    sandbox.world.updates.inject({"telepathy": {"from": {"id": report.observer.id}, "thought": "?"}})
    sandbox.world.updates.inject({"message": {"message_id": "no number", "chat": []}})
    await report.presses(f"a:{report.number}:{CODES[1]}:yes")
    await report.handled()
    assert set((await report.stored()).answers) == {CODES[0], CODES[1]}


async def test_a_revoked_token_loses_nothing_and_a_new_one_resumes(sandbox: Sandbox, tmp_path):
    async with bot_at(sandbox, tmp_path) as running:
        city = City(running)
        report = await one_report(city)
        await report.presses(f"a:{report.number}:{VIOLATED}:no")
        await report.observer.sees("Что именно")
        await city.running.settled()
        sandbox.revoke_token()
        sandbox.deeds.taps(
            sandbox.world.people[report.observer.id], report.card["message_id"], f"a:{report.number}:{CODES[1]}:yes"
        )
        await sandbox.world.changes.until(lambda: bool(running.app.health.problem), 15)
        assert running.app.health.problem
    async with bot_at(sandbox, tmp_path) as running:
        report.city = City(running)
        await report.handled()
        assert (await report.stored()).answers[CODES[1]].value == "yes"


async def test_a_second_instance_on_the_same_data_does_not_begin(city: City, sandbox: Sandbox, tmp_path):
    with pytest.raises(AnotherInstanceRuns):
        async with bot_at(sandbox, tmp_path):
            raise AssertionError("two bots on one database")
    report = await one_report(city)
    await report.presses(f"a:{report.number}:{CODES[0]}:yes")
    await report.handled()
    assert set((await report.stored()).answers) == {CODES[0]}


async def test_a_backlog_is_durable_before_it_is_handled(tmp_path):
    seconds, stored, confirmed = await durable_seconds(2000, tmp_path)
    assert stored == 2000
    assert confirmed >= 1900, "the last batch is confirmed by the next question"
    assert seconds < 60
