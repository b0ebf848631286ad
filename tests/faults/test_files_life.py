"""The life of `test_life.py` with files as well: tables come in, workbooks go out, each made by a process of its own."""

import contextlib
import io
from datetime import date, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule
from openpyxl import load_workbook

from bot.domain.errors import DomainError
from bot.domain.export import ExportKind, Wanted
from bot.domain.people import Account, Actor
from bot.domain.period import Period
from tests.faults.staff import CLASSES, lessons
from tests.faults.test_life import Life

MOST_FILES = 2  # each way
FIRST_DAY = date(2027, 5, 4)


class LifeWithFiles(Life):
    """A coordinator loads days of lessons and orders workbooks."""

    def __init__(self) -> None:
        super().__init__()
        self.checked = 0
        self.loaded: list[date] = []
        self.exported = 0

    @precondition(lambda self: self.checked < MOST_FILES)
    @rule(known=st.booleans(), times=st.integers(0, 2))
    def loads_a_table(self, known: bool, times: int) -> None:
        """A day of lessons, perhaps one that is there already; the dry run alone changes nothing, applying twice is once."""
        self.checked += 1
        day = self.loaded[-1] if known and self.loaded else FIRST_DAY + timedelta(days=len(self.loaded))
        boss, path = self.boss(), self.top / "plan.xlsx"
        path.write_bytes(lessons(day))
        importing = self.app.services.importing
        check = self.run(importing.check(boss, path, path.name, self.now))
        assert check.new == (0 if day in self.loaded else len(CLASSES))
        for _ in range(times):
            with contextlib.suppress(DomainError):
                self.run(importing.apply(boss, check.run_id, self.now))
        if times and day not in self.loaded:
            self.loaded.append(day)

    @precondition(lambda self: self.exported < MOST_FILES)
    @rule(dies=st.booleans())
    def orders_a_workbook(self, dies: bool) -> None:
        """The same order twice is one; after a death it is made again; the file says what the database says."""
        self.exported += 1
        self.updates += 1
        exporting, boss = self.app.services.exporting, self.boss()
        wanted = Wanted(ExportKind.BOOK, Period.day(self.now.astimezone(self.app.settings.zone).date()))
        first, _ = self.run(exporting.order(boss, wanted, f"tap:{self.updates}", self.now))
        again, _ = self.run(exporting.order(boss, wanted, f"tap:{self.updates}", self.now))
        assert first == again
        job = self.run(exporting.claim(self.now))
        if dies:
            self.dies_and_starts()
            exporting = self.app.services.exporting
            self.run(exporting.recover(self.now))
            job = self.run(exporting.claim(self.now))
        assert job is not None
        assert job.id == first
        file = self.run(exporting.make(job, self.now))
        assert load_workbook(io.BytesIO(file.content), read_only=True).sheetnames
        assert self.run(exporting.finished(job, "sent", self.now))
        assert self.run(exporting.claim(self.now)) is None

    @invariant()
    def the_plan_is_what_was_loaded(self) -> None:
        if hasattr(self, "app"):
            rows = self.rows(
                f"SELECT date, COUNT(*) FROM sitting WHERE date >= '{FIRST_DAY}' GROUP BY date ORDER BY date"
            )
            assert [tuple(row) for row in rows] == [(day.isoformat(), len(CLASSES)) for day in sorted(self.loaded)]

    def boss(self) -> Actor:
        phone = self.town.coordinators[0].phone.id
        return self.run(self.app.services.enrolment.actor(Account("tg", phone, phone)))[0]


LifeWithFiles.TestCase.settings = settings(Life.TestCase.settings, max_examples=5, stateful_step_count=16)
TestLifeWithFiles = pytest.mark.timeout(300)(LifeWithFiles.TestCase)
