"""Handled once more after a crash: the same update finds what it had ended, and tells nobody twice."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

from bot.app import App
from bot.domain.errors import DomainError
from bot.domain.people import Account, Actor, Role
from bot.sandbox import Sandbox
from storage import expectations, people
from tests.faults.town import Town, found, settings_of

NOW = datetime(2026, 4, 22, 9, 0, tzinfo=UTC)


@pytest.fixture
async def town(sandbox: Sandbox, tmp_path: Path) -> Town:
    return await found(sandbox, tmp_path, Random(1), observers=1, reports_each=1, parents=0)


@asynccontextmanager
async def services_of(town: Town, folder: Path) -> AsyncIterator[tuple[App, Actor]]:
    """A start without the edges: nobody receives or sends."""
    async with App.start(settings_of(town.sandbox, folder)) as app:
        phone = town.observers[0].phone
        actor, _ = await app.services.enrolment.actor(Account("tg", phone.id, phone.id))
        yield app, actor


async def count(app: App, sql: str) -> int:
    async with app.database.read() as reader:
        return int(await reader.fetch_value(sql))


async def test_what_an_update_ended_it_finds_again_also_after_a_start(town: Town, tmp_path: Path):
    async with services_of(town, tmp_path) as (app, actor):
        talk, account = app.services.conversation, actor.account
        await talk.expect(account, "comment", NOW, report=1, item="А8")
        await talk.forget(account, NOW, "msg:1")
        assert await talk.expectation(account, NOW, "msg:1") == expectations.Expectation(
            "comment", {"report": 1, "item": "А8"}
        )
        assert await talk.expectation(account, NOW, "msg:2") is None
    async with services_of(town, tmp_path) as (app, actor):
        talk = app.services.conversation
        assert await talk.expectation(actor.account, NOW, "msg:2") is None
        await talk.forget(actor.account, NOW, "msg:2")
        assert (await talk.expectation(actor.account, NOW)) is None
    async with services_of(town, tmp_path) as (app, actor):
        again = await app.services.conversation.expectation(actor.account, NOW, "msg:1")
        assert again is not None
        assert again.state == "comment"


async def test_urgent_words_come_once_whatever_they_hold(town: Town, tmp_path: Path):
    async with services_of(town, tmp_path) as (app, actor):
        for _ in range(2):
            alert = await app.services.alerting.raise_(actor, None, "телефоны", "msg:1", NOW)
        assert await count(app, "SELECT COUNT(*) FROM outbox WHERE dedupe_key LIKE 'alert:%'") == 2, (
            "two coordinators, one notice each"
        )
        for words, source in (("100%", "msg:2"), ("%", "msg:3"), ("_____", "msg:4"), ("100%", "msg:2")):
            alert = await app.services.alerting.add(actor, alert.number, words, source, NOW)
        assert alert.text == "телефоны\n100%\n%\n_____"
        assert await count(app, "SELECT COUNT(*) FROM outbox WHERE dedupe_key LIKE 'alert:%'") == 14


async def test_a_revoked_observer_changes_nothing(town: Town, tmp_path: Path):
    number = town.observers[0].reports[0]
    async with services_of(town, tmp_path) as (app, actor):
        assert actor.person is not None
        async with app.database.transaction() as tx:
            await people.revoke(tx, actor.person.id, Role.OBSERVER, NOW, by=None)
        revoked, _ = await app.services.enrolment.actor(actor.account)
        assert not revoked.has(Role.OBSERVER)
        with pytest.raises(DomainError):
            await app.services.reporting.open(revoked, number, NOW)
        assert await count(app, f"SELECT COUNT(*) FROM report WHERE number = {number} AND opened_at IS NOT NULL") == 0


async def test_the_chain_of_the_audit_shows_a_forged_entry(town: Town, tmp_path: Path):
    async with services_of(town, tmp_path) as (app, actor):
        audit = app.services.enrolment._auditing
        async with app.database.transaction() as tx:
            for action in ("one", "two", "three"):
                await audit.note(tx, NOW, actor, action, "x:1")
        async with app.database.read() as reader:
            assert await audit.chain.first_broken(reader) is None
        async with app.database.transaction() as tx:
            await tx.execute("DROP TRIGGER audit_no_update")
            await tx.execute("UPDATE audit SET action = 'TWO' WHERE action = 'two'")
            await tx.execute("UPDATE audit SET prev_mac = mac WHERE action = 'never'")
            forged = await tx.fetch_value("SELECT seq FROM audit WHERE action = 'TWO'")
        async with app.database.read() as reader:
            assert await audit.chain.first_broken(reader) == forged
