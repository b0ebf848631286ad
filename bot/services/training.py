"""The observers' course: lessons to read, a test to pass, the date to keep; and a rehearsal report that never counts."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.checklist import ReportForm
from bot.domain.course import Course, NoSuchAttempt
from bot.domain.people import Actor, Role
from bot.domain.report import ReportKind
from bot.services.auditing import Auditing
from bot.texts import training as words
from storage import courses, people, rehearsals, reports
from storage.database import Database


@dataclass(frozen=True, slots=True)
class Progress:
    """Where somebody is in the test. `question` None: it is over."""

    attempt_id: int
    question: int | None
    right: int
    passed: bool


class Training:
    """For observers. Raises `NotAllowed`, `NoSuchAttempt`."""

    def __init__(self, database: Database, auditing: Auditing, course: Course, form: ReportForm) -> None:
        self._database = database
        self._auditing = auditing
        self.course = course
        self._form = form

    async def begin(self, actor: Actor, now: datetime) -> Progress:
        """The test from its first open question; an attempt that was left goes on."""
        person = actor.need(Role.OBSERVER)
        async with self._database.transaction() as tx:
            attempt_id = await courses.begin(tx, person.id, self.course.version, now)
            given = await courses.open_attempt(tx, attempt_id, person.id, self.course.version) or {}
            return self._progress(attempt_id, given)

    async def answer(self, actor: Actor, attempt_id: int, question: int, choice: int, now: datetime) -> Progress:
        """Set a choice; the first one counts. After the last one the attempt is over, and a pass is dated."""
        person = actor.need(Role.OBSERVER)
        async with self._database.transaction() as tx:
            given = await courses.open_attempt(tx, attempt_id, person.id, self.course.version)
            known = 0 <= question < len(self.course.questions)
            if given is None or not known or not 0 <= choice < len(self.course.questions[question].options):
                raise NoSuchAttempt(attempt_id)
            await courses.answer(tx, attempt_id, question, choice, now)
            given.setdefault(question, choice)
            progress = self._progress(attempt_id, given)
            if progress.question is None:
                await courses.finish(tx, attempt_id, progress.right, progress.passed, now)
                if progress.passed:
                    await people.set_moment(tx, person.id, "trained_at", now)
                    await self._auditing.note(tx, now, actor, "trained", f"person:{person.id}", right=progress.right)
            return progress

    async def rehearsal(self, actor: Actor, now: datetime) -> int:
        """The number of a report to practise on; it is in no plan, no summary and no export, and alarms nobody."""
        person = actor.need(Role.OBSERVER)
        async with self._database.transaction() as tx:
            sitting_id = await rehearsals.sitting(
                tx, person.municipality_id, words.SCHOOL, words.CLASS, words.SUBJECT, now
            )
            number = await reports.number_of(tx, ReportKind.OBSERVER, sitting_id, person.id)
            if number is None:
                due = now + timedelta(days=365)
                number = await reports.add(
                    tx, ReportKind.OBSERVER, sitting_id, person.id, due, self._form, now, training=True
                )
            assert number is not None
            return number

    def _progress(self, attempt_id: int, given: dict[int, int]) -> Progress:
        left = [number for number in range(len(self.course.questions)) if number not in given]
        right = self.course.right_among(given)
        return Progress(attempt_id, left[0] if left else None, right, not left and self.course.passed(right))
