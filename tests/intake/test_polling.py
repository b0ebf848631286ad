"""Nothing is confirmed before it is committed, whatever the server answers."""

import asyncio

import pytest

from bot.intake.receiving import ALLOWED_UPDATES
from bot.texts import running as words
from tests.intake.conftest import text_of


@pytest.fixture
def anna(sandbox):
    return sandbox.world.add_person("Анна", started=True)


def fates(sandbox):
    return {update.fate for update in sandbox.world.updates.ledger}


async def fill_the_disk(database):
    pages = (await database._writer.run("PRAGMA page_count")).rows[0][0]
    await database._writer.run(f"PRAGMA max_page_count = {pages}")


async def make_room(database):
    await database._writer.run("PRAGMA max_page_count = 1000000")


async def polls(sandbox, count):
    """Wait for so many more getUpdates."""
    goal = len(sandbox.journal.of("getUpdates")) + count
    assert await sandbox.world.changes.until(lambda: len(sandbox.journal.of("getUpdates")) >= goal, 20)


async def test_what_is_said_is_stored_confirmed_and_handled(sandbox, run, anna):
    async with run.polling(), run.handling():
        for number in range(5):
            sandbox.deeds.sends(anna, f"слово {number}")
        await sandbox.quiet()
        await run.settled()
    assert run.handled == [f"слово {number}" for number in range(5)]
    assert fates(sandbox) == {"confirmed"}
    assert await run.states() == {"done": 5}


async def test_the_request_names_every_kind_of_update_explicitly(sandbox, run, anna):
    async with run.polling():
        sandbox.deeds.sends(anna, "слово")
        await sandbox.quiet()
    first = sandbox.journal.of("getUpdates")[0]
    assert first.params["allowed_updates"] == ALLOWED_UPDATES
    assert set(ALLOWED_UPDATES) >= {"message", "edited_message", "callback_query", "my_chat_member", "chat_member"}


async def test_a_full_disk_confirms_nothing_and_is_over_when_there_is_room(sandbox, run, anna, database):
    await fill_the_disk(database)
    for number in range(100):
        sandbox.deeds.sends(anna, f"{number} " + "длинно " * 200)
    async with run.polling():
        await polls(sandbox, 2)
        assert len(sandbox.world.updates) == 100
        assert not run.health.ok()
        assert run.health.storage_problem == words.STORAGE_PROBLEM
        await make_room(database)
        await sandbox.quiet()
        assert run.health.ok()
    assert fates(sandbox) == {"confirmed"}
    assert await run.states() == {"new": 100}


async def test_redelivered_updates_are_handled_once(sandbox, run, anna):
    sandbox.faults.updates.duplicate = 1.0
    async with run.polling(), run.handling():
        for number in range(10):
            sandbox.deeds.sends(anna, f"{number}")
        await sandbox.quiet()
        await run.settled()
    assert run.handled == [f"{number}" for number in range(10)]
    assert max(update.deliveries for update in sandbox.world.updates.ledger) >= 2


async def test_lower_numbers_after_a_quiet_week_are_accepted(sandbox, run, anna):
    async with run.polling(), run.handling():
        sandbox.deeds.sends(anna, "до")
        await sandbox.quiet()
        sandbox.world.updates.renumber(500)
        sandbox.deeds.sends(anna, "после")
        await run.settled()
        await sandbox.world.changes.until(lambda: "после" in run.handled, 10)
    assert run.handled == ["до", "после"]


async def test_what_no_framework_understands_stops_nobody(sandbox, run, anna):
    async def picky(raw):
        if "story" in str(raw):
            raise ValueError("undecodable")
        await run.note(raw)

    async with run.polling(), run.handling(picky):
        sandbox.deeds.sends(anna, "до")
        sandbox.world.updates.inject({"message": {"message_id": 1, "external_reply": {"story": {}}}})
        strange = sandbox.world.updates.inject({"something_new": {}})
        strange.body = f'{{"update_id": {strange.id}, "something_new": {{"text": "half of a pair \\ud83d"}}}}'
        sandbox.deeds.sends(anna, "после")
        await sandbox.quiet()
        await run.settled()
    assert [text for text in run.handled if text] == ["до", "после"]
    assert len(run.quarantined) == 1
    assert await run.states() == {"done": 3, "quarantined": 1}


async def test_what_cannot_even_be_numbered_does_not_stop_the_rest(sandbox, run, anna):
    sandbox.world.updates.inject({"message": {"text": "без номера"}}).body = '{"message": {"text": "без номера"}}'
    async with run.polling(), run.handling():
        sandbox.deeds.sends(anna, "слово")
        await sandbox.world.changes.until(lambda: run.handled == ["слово"], 20)
    assert run.handled == ["слово"]


@pytest.mark.parametrize("effect", ["500", "502", "html", "garbage", "reset", "429", "400"])
async def test_any_answer_is_survived_and_nothing_is_lost(sandbox, run, anna, effect):
    sandbox.faults.add(effect, "getUpdates", count=2)
    sandbox.faults.add(effect, "getUpdates", when="after", skip=2)
    async with run.polling(), run.handling():
        for number in range(3):
            sandbox.deeds.sends(anna, f"{number}")
        await sandbox.world.changes.until(lambda: len(run.handled) == 3, 20)
        sandbox.deeds.sends(anna, "3")
        await sandbox.world.changes.until(lambda: len(run.handled) == 4, 20)
        await run.settled()
    assert run.handled == ["0", "1", "2", "3"]


async def test_health_names_the_trouble_and_forgets_it(sandbox, run, anna):
    old = sandbox.token
    sandbox.revoke_token()
    async with run.polling():
        async with asyncio.timeout(10):
            while not run.health.problem:  # noqa: ASYNC110 - nobody announces a refusal
                await asyncio.sleep(0.01)
        assert run.health.problem == words.link_problem(401)
        sandbox.api.token = old
        await sandbox.quiet()
        await polls(sandbox, 1)
        await polls(sandbox, 1)
    assert run.health.problem == ""


async def test_two_pollers_are_noticed(sandbox, run, anna, api, caplog):
    async with run.polling():
        await sandbox.world.changes.until(lambda: sandbox.world.updates.polled, 10)
        await asyncio.gather(api.call("getUpdates", {"timeout": 1}), return_exceptions=True)
        await polls(sandbox, 1)
    assert words.link_problem(409) in caplog.text


async def test_a_webhook_set_by_somebody_else_is_removed_and_nothing_dropped(sandbox, run, anna, api):
    async with run.polling(), run.handling():
        sandbox.deeds.sends(anna, "до")
        await sandbox.quiet()
        await api.call("setWebhook", {"url": "http://127.0.0.1:9/stolen"})
        sandbox.deeds.sends(anna, "после")
        await sandbox.world.changes.until(lambda: "после" in run.handled, 20)
    assert run.handled == ["до", "после"]
    (call,) = sandbox.journal.of("deleteWebhook")
    assert call.params["drop_pending_updates"] is False


async def test_a_restart_asks_again_for_what_was_not_confirmed_and_stores_it_once(sandbox, new_run, anna):
    first, second = new_run(), new_run()
    sandbox.deeds.sends(anna, "слово")
    sandbox.faults.add("hang", "getUpdates", skip=1)  # the confirming call never gets through
    async with first.polling():
        await sandbox.world.changes.until(lambda: len(sandbox.journal.of("getUpdates")) == 2, 20)
        assert await first.states() == {"new": 1}
    assert fates(sandbox) == {"pending"}
    assert await second.recover() == 1
    async with second.polling(), second.handling():
        await sandbox.quiet()
        await second.settled()
    assert second.handled == ["слово"]
    assert fates(sandbox) == {"confirmed"}


async def test_nothing_personal_lies_in_the_inbox(sandbox, run, anna, database):
    sandbox.deeds.sends(anna, "тайное слово")
    async with run.polling():
        await sandbox.quiet()
    async with database.read() as reader:
        new = [tuple(row) for row in await reader.fetch_all("SELECT * FROM inbox")]
    assert str(anna.id) not in str(new)
    assert "тайное".encode() not in new[0][5]
    async with run.handling():
        await run.settled()
    async with database.read() as reader:
        row = await reader.fetch_one("SELECT lane, payload, state FROM inbox")
    assert tuple(row) == ("", b"", "done")


async def test_texts_are_read_as_they_were_written_but_for_what_nothing_can_hold(sandbox, run):
    raw = {"update_id": 7, "message": {"from": {"id": 1}, "text": 'кавычки " и 😀 и \ud83d и \x00'}}
    got = []

    async def look(raw):
        got.append(text_of(raw))

    await run.receiver.receive([raw])
    async with run.handling(look):
        await run.settled()
    assert got == ['кавычки " и 😀 и \ufffd и \ufffd']
