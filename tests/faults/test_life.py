"""Any order of deeds, repeats, stale presses, deaths and ticks: the database says what the rules of the domain say."""

import asyncio
import contextlib
import os
import shutil
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.app import App
from bot.building import works
from bot.domain.checklist import AnswerValue, ReportForm
from bot.domain.checklist_file import load_checklist
from bot.domain.errors import DomainError
from bot.domain.hotline.case import Category, Level
from bot.domain.hotline.draft import Piece
from bot.domain.people import Account, Actor, Role
from bot.domain.report import CorrectionReason
from bot.sandbox import Sandbox
from storage import claims, people
from tests.faults.expected import Deed, Expected, said
from tests.faults.town import Town, found, settings_of

CODES = [item.code for item in load_checklist().items(ReportForm.SHORT)]
OBSERVERS = (0, 1)


class Prepared:
    """The town once, copied for every example."""

    folder: Path | None = None
    town: Town | None = None

    @classmethod
    def copy(cls, loop: asyncio.AbstractEventLoop, to: Path) -> Town:
        if cls.folder is None:
            folder, sandbox = Path(tempfile.mkdtemp(prefix="vpr-life-")), Sandbox()
            sandbox.root = "http://127.0.0.1:9"  # nobody calls it
            cls.town = loop.run_until_complete(
                found(sandbox, folder / "data", Random(1), observers=2, reports_each=2, parents=1)
            )
            cls.folder = folder
        assert cls.town is not None
        shutil.copytree(cls.folder / "data", to)
        return cls.town


class Life(RuleBasedStateMachine):
    """Two observers with two reports each, two coordinators, an operator, a parent; the services of the real bot."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.top = Path(tempfile.mkdtemp(prefix="vpr-life-"))
        self.town = Prepared.copy(self.loop, self.top / "data")
        self.expected: Expected = self.town.expected.fresh()
        self.now = datetime.now(UTC)
        self.updates = 0
        self.last: tuple[str, tuple[Any, ...]] | None = None
        self.revoked: set[int] = set()
        self.uncertain: dict[str, int] = {}
        self.copies: dict[str, int] = {}
        self.cases: list[list[str]] = []
        self.stack = contextlib.AsyncExitStack()
        self.app: App

    # -- what happens ------------------------------------------------------------------------------------------------

    @initialize()
    def begins(self) -> None:
        self.app = self.run(
            self.stack.enter_async_context(App.start(settings_of(self.town.sandbox, self.top / "data")))
        )

    @rule(who=st.sampled_from(OBSERVERS), which=st.integers(0, 1), code=st.sampled_from(CODES),
          value=st.sampled_from(("yes", "no", "na")))  # fmt: skip
    def answers(self, who: int, which: int, code: str, value: str) -> None:
        self.does("answer", who, who, which, code, value)

    @rule(who=st.sampled_from(OBSERVERS), which=st.integers(0, 1), code=st.sampled_from(CODES))
    def comments(self, who: int, which: int, code: str) -> None:
        self.does("comment", who, who, which, code, f"слова {self.updates}")

    @rule(who=st.sampled_from(OBSERVERS), which=st.integers(0, 1))
    def fills_the_rest_and_sends(self, who: int, which: int) -> None:
        for code in CODES:
            self.does("answer", who, who, which, code, "yes")
        self.does("send", who, who, which)

    @rule(who=st.sampled_from(OBSERVERS), which=st.integers(0, 1), code=st.sampled_from(CODES),
          value=st.sampled_from(("yes", "na")))  # fmt: skip
    def corrects(self, who: int, which: int, code: str, value: str) -> None:
        self.does("correct", who, who, which, code, value)

    @rule(which=st.integers(0, 1), code=st.sampled_from(CODES))
    def presses_a_button_of_somebody_else(self, which: int, code: str) -> None:
        self.does("answer", 0, 1, which, code, "no")

    @precondition(lambda self: self.last is not None)
    @rule()
    def comes_again(self) -> None:
        """The messenger repeats an update, or a death came before its mark."""
        assert self.last is not None
        self.performs(*self.last)

    @rule(who=st.sampled_from(OBSERVERS))
    def is_revoked(self, who: int) -> None:
        person = self.actor(who).person
        assert person is not None
        self.write(lambda tx: people.revoke(tx, person.id, Role.OBSERVER, self.now, by=None))
        self.revoked.add(who)

    @precondition(lambda self: self.revoked)
    @rule()
    def are_granted_again(self) -> None:
        for who in sorted(self.revoked):
            person = self.actor(who).person
            assert person is not None
            self.write(lambda tx, id_=person.id: people.grant(tx, id_, Role.OBSERVER, 1, None, self.now, by=None))
        self.revoked.clear()

    @rule()
    def dies_and_starts(self) -> None:
        """Without an orderly end: whatever was claimed stays claimed until the new start settles it."""
        self.run(self.stack.aclose())
        self.stack = contextlib.AsyncExitStack()
        self.begins()
        for key in self.claimed():
            self.uncertain[key] = self.uncertain.get(key, 0) + 1
        self.write(lambda tx: claims.recover(tx, self.now, self.app.lease.epoch))

    @rule(fate=st.sampled_from(("sent", "lost", "refused", "died")))
    def sends_one_message(self, fate: str) -> None:
        due = self.write(lambda tx: claims.claim(tx, self.now, self.app.lease.epoch, 1))
        for message in due:
            key = message.dedupe_key
            if fate in ("sent", "lost", "died"):
                self.copies[key] = self.copies.get(key, 0) + 1
            if fate == "sent":
                self.write(lambda tx, m=message: claims.finish(tx, m, self.now, "sent", chat_id=1, message_id=1))
            elif fate == "lost":
                self.uncertain[key] = self.uncertain.get(key, 0) + 1
                self.write(lambda tx, m=message: claims.put_back(tx, m, self.now, uncertain=True))
            elif fate == "refused":
                self.write(lambda tx, m=message: claims.put_back(tx, m, self.now, uncertain=False, counts=False))
            else:
                self.dies_and_starts()

    @rule(minutes=st.integers(0, 12))
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)
        for work in works(self.app.services).values():
            self.run(work(self.now))

    @rule(pieces=st.integers(1, 2), twice=st.booleans())
    def a_parent_writes(self, pieces: int, twice: bool) -> None:
        account, intake = self.parent(), self.app.services.hotline.intake
        texts = [f"строка {'абвгдежзик'[len(self.cases) % 10]} {'абв'[piece]}" for piece in range(pieces)]
        for text in texts:
            self.updates += 1
            for _ in range(1 + twice):
                draft = self.run(intake.add(account, f"msg:{self.updates}", Piece(text), self.now))
        self.run(
            intake.choose(account, self.now, category=Category(6), school_known=True, level=Level.HIDDEN, faq_seen=True)
        )
        for _ in range(1 + twice):
            self.run(intake.send(account, draft.case_id, self.now))
        self.cases.append(texts)

    # -- what must hold ----------------------------------------------------------------------------------------------

    @invariant()
    def reports_are_what_was_said(self) -> None:
        if not hasattr(self, "app"):
            return
        for number, report in self.expected.reports.items():
            state, version = self.rows(f"SELECT state, version FROM report WHERE number = {number}")[0]
            assert (state, version) == (report.state.value, report.version)
            rows = self.rows(f"SELECT item, value, comment FROM answer WHERE report_number = {number}")
            assert {row[0]: (row[1], row[2]) for row in rows} == said(report)
            kept = self.rows(f"SELECT COUNT(*) FROM report_version WHERE report_number = {number}")[0][0]
            assert kept == report.version

    @invariant()
    def each_due_notice_is_there_once_and_copies_are_known(self) -> None:
        if not hasattr(self, "app"):
            return
        rows = {row[0]: row for row in self.rows("SELECT dedupe_key, uncertain, repeat_class, state FROM outbox")}
        causes = {key.rpartition(":")[0] for key in rows if key.startswith("critical:")}
        assert causes == self.expected.critical
        for key, copies in self.copies.items():
            assert copies <= 1 + rows[key][1], f"{key}: {copies} copies"
            assert rows[key][1] >= self.uncertain.get(key, 0)

    @invariant()
    def every_case_holds_its_words(self) -> None:
        if hasattr(self, "app"):
            rows = self.rows("SELECT case_id, COUNT(*) FROM case_message WHERE direction = 'in' GROUP BY case_id")
            assert sorted(row[1] for row in rows) == sorted(len(pieces) for pieces in self.cases)

    def teardown(self) -> None:
        with contextlib.suppress(AttributeError):
            broken = self.run(self.first_broken())
            assert broken is None
        self.run(self.stack.aclose())
        self.loop.close()
        shutil.rmtree(self.top, ignore_errors=True)

    # -- inside ------------------------------------------------------------------------------------------------------

    def does(self, what: str, who: int, owner: int, which: int, *words: str) -> None:
        self.updates += 1
        number = self.town.observers[owner].reports[which]
        self.performs(what, (who, number, *words))
        self.last = (what, (who, number, *words))
        if who == owner and who not in self.revoked:
            self.expected_does(what, who, number, *words)

    def performs(self, what: str, arguments: tuple[Any, ...]) -> None:
        who, number, *words = arguments
        reporting, actor = self.app.services.reporting, self.actor(who)
        with contextlib.suppress(DomainError):
            match what:
                case "answer":
                    self.run(reporting.answer(actor, number, {words[0]: (AnswerValue(words[1]), "")}, self.now))
                case "comment":
                    self.run(reporting.answer(actor, number, {words[0]: (AnswerValue.NO, words[1])}, self.now))
                case "correct":
                    change = {words[0]: (AnswerValue(words[1]), "")}
                    self.run(reporting.answer(actor, number, change, self.now, reason=CorrectionReason.MISTAKE))
                case "send":
                    self.run(reporting.send(actor, number, self.now))

    def expected_does(self, what: str, who: int, number: int, *words: str) -> None:
        phone = self.town.observers[who].phone.id
        if what == "comment":
            self.expected.awaited[phone] = ("comment", str(number), words[0], "")
            self.expected.apply(Deed(self.updates, phone, "says", (words[1],)))
        else:
            self.expected.apply(Deed(self.updates, phone, what, words, number))

    def actor(self, who: int) -> Actor:
        phone = self.town.observers[who].phone.id
        return self.run(self.app.services.enrolment.actor(Account("tg", phone, phone)))[0]

    def parent(self) -> Account:
        phone = self.town.parents[0].phone.id
        return Account("tg", phone, phone)

    def claimed(self) -> list[str]:
        return [row[0] for row in self.rows("SELECT dedupe_key FROM outbox WHERE state = 'claimed'")]

    def rows(self, sql: str) -> list[Any]:
        async def read() -> list[Any]:
            async with self.app.database.read() as reader:
                return await reader.fetch_all(sql)

        return self.run(read())

    def write(self, work: Any) -> Any:
        async def unit() -> Any:
            async with self.app.database.transaction() as tx:
                return await work(tx)

        return self.run(unit())

    async def first_broken(self) -> int | None:
        async with self.app.database.read() as reader:
            return await self.app.services.enrolment._auditing.chain.first_broken(reader)

    def run(self, work: Any) -> Any:
        return self.loop.run_until_complete(work)


Life.TestCase.settings = settings(
    max_examples=12,
    stateful_step_count=25,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.generate,) if os.environ.get("ONLY_FIND") else tuple(Phase),  # the shortest story is for people
)
TestLife = Life.TestCase
