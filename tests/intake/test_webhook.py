"""The same inbox behind a webhook: no secret, no entry; not stored, not confirmed."""

import asyncio
import io
from contextlib import asynccontextmanager

import aiohttp
import pytest

from bot.intake.in_order import InOrder
from bot.intake.receiving import ALLOWED_UPDATES, Receiver
from bot.intake.webhook import LARGEST_BODY, SECRET_HEADER, Webhook
from tests.intake.conftest import KEYS, said, utc_now

SECRET = "a-secret_of-the-test"


@asynccontextmanager
async def listening(run, api, *, secret=SECRET, port, **how):
    webhook = Webhook(
        api, run.receiver, run.health, url=f"http://127.0.0.1:{port}/telegram", secret=secret, port=port, **how
    )
    async with asyncio.TaskGroup() as group:
        task = group.create_task(webhook.run())
        await asyncio.wait_for(webhook.ready.wait(), 20)
        yield webhook
        task.cancel()


@pytest.fixture
def port(unused_tcp_port):
    return unused_tcp_port


@pytest.fixture
def anna(sandbox):
    return sandbox.world.add_person("Анна", started=True)


async def post(port, body, secret=SECRET, path="/telegram"):
    headers = {} if secret is None else {SECRET_HEADER: secret}
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"http://127.0.0.1:{port}{path}", data=io.BytesIO(body), headers=headers) as answer,
    ):
        return answer.status


async def until(probe):
    """For what nobody announces: a timer, a word in the health."""
    async with asyncio.timeout(20):
        while not probe():  # noqa: ASYNC110
            await asyncio.sleep(0.01)


async def test_what_is_said_arrives_in_order_and_is_confirmed(sandbox, run, api, port, anna):
    async with listening(run, api, port=port), run.handling():
        for number in range(20):
            sandbox.deeds.sends(anna, f"{number}")
        await sandbox.quiet()
        await run.settled()
    assert run.handled == [f"{number}" for number in range(20)]
    assert {update.fate for update in sandbox.world.updates.ledger} == {"confirmed"}


async def test_registering_drops_nothing_and_names_everything(sandbox, run, api, port, anna):
    sandbox.deeds.sends(anna, "до")
    async with listening(run, api, port=port), run.handling():
        await sandbox.quiet()
        await run.settled()
    assert run.handled == ["до"]
    (call,) = sandbox.journal.of("setWebhook")
    assert call.params["drop_pending_updates"] is False
    assert call.params["allowed_updates"] == ALLOWED_UPDATES


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET + "x", SECRET[:-1], "секрет"])
async def test_without_the_secret_nothing_is_stored(run, api, port, secret):
    async with listening(run, api, port=port):
        status = await post(port, b'{"update_id": 1, "message": {}}', secret and secret.encode().decode("latin-1"))
    assert status == 403
    assert await run.states() == {}


async def test_a_secret_is_made_up_when_none_is_set(sandbox, run, api, port, anna):
    async with listening(run, api, port=port, secret=None), run.handling():
        assert await post(port, b'{"update_id": 1}', "") == 403
        sandbox.deeds.sends(anna, "слово")
        await sandbox.quiet()
        await run.settled()
    assert run.handled == ["слово"]


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"7", b'{"message": {}}', b'{"update_id": "7"}', b"[" * 100_000])
async def test_what_is_no_update_is_refused(run, api, port, body):
    async with listening(run, api, port=port):
        assert await post(port, body) == 400
    assert await run.states() == {}


async def test_a_body_beyond_the_limit_is_refused(run, api, port):
    async with listening(run, api, port=port):
        assert await post(port, b" " * (LARGEST_BODY + 1)) == 413
    assert await run.states() == {}


async def test_other_paths_and_verbs_lead_nowhere(run, api, port):
    async with listening(run, api, port=port), aiohttp.ClientSession() as session:
        assert await post(port, b"{}", path="/") == 404
        async with session.get(f"http://127.0.0.1:{port}/telegram") as answer:
            assert answer.status == 405


async def test_what_cannot_be_stored_is_delivered_again(sandbox, run, api, port, anna, database):
    sandbox.courier.pace = 0.05
    pages = (await database._writer.run("PRAGMA page_count")).rows[0][0]
    await database._writer.run(f"PRAGMA max_page_count = {pages}")
    async with listening(run, api, port=port), run.handling():
        for _ in range(50):
            sandbox.deeds.sends(anna, "длинно " * 500)
        await until(lambda: run.health.storage_problem != "")
        assert len(sandbox.world.updates) > 0
        assert "500" in (await api.call("getWebhookInfo"))["last_error_message"]
        await database._writer.run("PRAGMA max_page_count = 1000000")
        await sandbox.quiet()
        await run.settled()
    assert len(run.handled) == 50
    assert run.health.storage_problem == ""


async def test_repeated_deliveries_are_handled_once(sandbox, run, api, port, anna):
    sandbox.faults.updates.duplicate = 1.0
    async with listening(run, api, port=port), run.handling():
        for number in range(10):
            sandbox.deeds.sends(anna, f"{number}")
        await sandbox.quiet()
        await run.settled()
    assert run.handled == [f"{number}" for number in range(10)]


async def test_overtaking_updates_are_put_in_order(sandbox, run, api, port, anna, database):
    """Half of the deliveries leave their chat's queue and race the others."""
    order = InOrder(run.lanes.add)
    run.receiver = Receiver(database, sandbox.world.bot.id, KEYS.seal("inbox"), utc_now, order.add)
    sandbox.faults.updates.shuffle = 0.5
    async with listening(run, api, port=port), run.handling():
        for number in range(60):
            sandbox.deeds.sends(anna, f"{number}")
        await sandbox.world.changes.until(lambda: len(run.handled) == 60, 20)
        await run.settled()
    assert run.handled == [f"{number}" for number in range(60)]


async def test_a_webhook_changed_by_somebody_else_is_set_again(sandbox, run, api, port, anna):
    async with listening(run, api, port=port, look_seconds=0.05), run.handling():
        await api.call("setWebhook", {"url": "http://127.0.0.1:9/stolen"})
        await sandbox.world.changes.until(lambda: len(sandbox.journal.of("setWebhook")) == 3, 10)
        sandbox.deeds.sends(anna, "слово")
        await sandbox.world.changes.until(lambda: run.handled == ["слово"], 20)
    assert run.handled == ["слово"]


async def test_back_to_polling_nothing_is_dropped(sandbox, run, api, port, anna):
    async with listening(run, api, port=port), run.handling():
        sandbox.deeds.sends(anna, "вебхук")
        await sandbox.quiet()
        await run.settled()
    sandbox.deeds.sends(anna, "между")
    async with run.polling(), run.handling():
        sandbox.deeds.sends(anna, "опрос")
        await sandbox.world.changes.until(lambda: len(run.handled) == 3, 20)
    assert run.handled == ["вебхук", "между", "опрос"]
    (call,) = sandbox.journal.of("deleteWebhook")
    assert call.params["drop_pending_updates"] is False


async def test_held_updates_go_on_after_a_moment_and_late_ones_at_once(run):
    handed: list[int] = []
    order = InOrder(lambda updates: handed.extend(update.update_id for update in updates), hold_seconds=1)
    receiver = Receiver(run.database, 1, KEYS.seal("inbox"), utc_now, order.add)
    await receiver.receive([said(1, "", 11)])
    await receiver.receive([said(1, "", 10)])
    assert handed == []
    await until(lambda: handed == [10, 11])
    await receiver.receive([said(1, "", 13)])
    await receiver.receive([said(1, "", 14)])
    assert handed == [10, 11]
    await until(lambda: handed == [10, 11, 13, 14])
    await receiver.receive([said(1, "", 12)])
    await receiver.receive([said(1, "", 15)])
    assert handed == [10, 11, 13, 14, 12, 15]
