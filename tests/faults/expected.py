"""What must be in the database when everything people did has been handled once, in each person's order."""

import dataclasses
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot.domain.asking import AskComment, next_question
from bot.domain.checklist import AnswerValue, Checklist, ReportForm
from bot.domain.errors import DomainError, ReportNotReady
from bot.domain.report import CorrectionReason, Report, open_report, set_answer, submit

NOW = datetime(2026, 4, 22, 9, 0, tzinfo=UTC)  # times are not compared


@dataclass(frozen=True)
class Deed:
    """What somebody did, with the number of the update it became. `what` and its words: see `Expected.apply`."""

    update_id: int
    person_id: int
    what: str
    words: tuple[str, ...] = ()
    report: int = 0


@dataclass
class Expected:
    """Reports by the rules of the domain; photos by message; alert texts, hotline cases and imports as they were told."""

    checklist: Checklist
    reports: dict[int, Report]
    awaited: dict[int, tuple[str, ...]] = field(default_factory=dict)
    submissions: dict[int, int] = field(default_factory=dict)
    critical: set[str] = field(default_factory=set)
    photos: dict[tuple[int, int], int | None] = field(default_factory=dict)
    alerts: dict[tuple[int, int], list[str]] = field(default_factory=dict)  # (person, report)
    kept: dict[str, Report] = field(default_factory=dict)

    def fresh(self) -> "Expected":
        """The same beginning, before anybody did anything."""
        return Expected(self.checklist, dict(self.reports))

    def after(self, deeds: Iterable[Deed]) -> "Expected":
        """What comes of the deeds, each once, in the order of the updates."""
        result = self.fresh()
        for deed in sorted(deeds, key=lambda deed: deed.update_id):
            result.apply(deed)
        return result

    def apply(self, deed: Deed) -> None:
        method = getattr(self, f"_{deed.what}", None)
        if method is not None:
            method(deed)

    def can_send(self, number: int) -> bool:
        try:
            submit(self.reports[number], self.checklist, by=self._owner(number), now=NOW)
        except DomainError:
            return False
        return True

    # -- what people do ----------------------------------------------------------------------------------------------

    def _open(self, deed: Deed) -> None:
        report = self.reports[deed.report]
        self._change(deed.report, open_report(report, self.checklist, by=self._owner(deed.report), now=NOW))
        self._asks(deed)

    def _answer(self, deed: Deed) -> None:
        code, value = deed.words
        if not self._set(deed.report, code, AnswerValue(value)):
            return
        if value != "no":
            self._asks(deed)
        elif not self.reports[deed.report].sent:  # also the same «Нет» again: its words can be changed
            self.awaited[deed.person_id] = ("comment", str(deed.report), code, "")

    def _correct(self, deed: Deed) -> None:
        code, value = deed.words
        if value == "no":
            self.awaited[deed.person_id] = ("comment", str(deed.report), code, "mistake")
            return
        stored = self._set(deed.report, code, AnswerValue(value), reason=CorrectionReason.MISTAKE)
        if stored and not self.reports[deed.report].sent:
            self._asks(deed)

    def _send(self, deed: Deed) -> None:
        report = self.reports[deed.report]
        try:
            self._change(deed.report, submit(report, self.checklist, by=self._owner(deed.report), now=NOW))
            self._command(deed)
        except ReportNotReady as error:
            if error.codes[0] in report.answers:
                self.awaited[deed.person_id] = ("comment", str(deed.report), error.codes[0], "")
        except DomainError:
            return

    def _says(self, deed: Deed) -> None:
        awaited = self.awaited.get(deed.person_id)
        if awaited is None:
            return
        if awaited[0] == "comment":
            _, number, code, reason = awaited
            del self.awaited[deed.person_id]
            why = CorrectionReason(reason) if reason else None
            self._set(int(number), code, AnswerValue.NO, deed.words[0], why)
        elif awaited[0] == "alert":
            self.alerts[deed.person_id, int(awaited[1])].append(deed.words[0])

    def _urgent(self, deed: Deed) -> None:
        self.alerts.setdefault((deed.person_id, deed.report), [])
        self.awaited[deed.person_id] = ("alert", str(deed.report))

    def _asks(self, deed: Deed) -> None:
        """The next question is asked; when it is what happened, the words are awaited, otherwise nothing is."""
        answers = self.reports[deed.report].answers
        question = next_question(self.checklist, self.checklist.items(ReportForm.SHORT), answers)
        self._command(deed)
        if isinstance(question, AskComment):
            self.awaited[deed.person_id] = ("comment", str(deed.report), question.item.code, "")

    def _command(self, deed: Deed) -> None:
        self.awaited.pop(deed.person_id, None)

    def _subject(self, deed: Deed) -> None:
        self.awaited[deed.person_id] = ("photo", str(deed.report))

    def _photo(self, deed: Deed) -> None:
        awaited = self.awaited.get(deed.person_id, ("",))
        report = int(awaited[1]) if awaited[0] in ("photo", "comment") else None
        self.photos[deed.person_id, int(deed.words[0])] = report

    # -- inside ------------------------------------------------------------------------------------------------------

    def _owner(self, number: int) -> int:
        owner = self.reports[number].person_id
        assert owner is not None
        return owner

    def _set(
        self, number: int, code: str, value: AnswerValue, comment: str = "", reason: CorrectionReason | None = None
    ) -> bool:
        report = self.reports[number]
        try:
            changed = set_answer(
                report,
                self.checklist,
                code,
                value,
                by=self._owner(number),
                now=NOW,
                comment=comment,
                reason=reason,
            )
        except DomainError:
            return False
        self._change(number, changed)
        return True

    def _change(self, number: int, changed: Report) -> None:
        before = self.reports[number]
        self.reports[number] = changed
        if changed.version > before.version:
            self.submissions[number] = self.submissions.get(number, 0) + 1
            self.kept[f"{number}:{changed.version}"] = changed
        for code, answer in changed.answers.items():
            fresh = answer != before.answers.get(code) and answer.value is AnswerValue.NO
            if fresh and self.checklist.item(code).critical:
                self.critical.add(f"critical:{number}:{code}" + (":told" if answer.comment else ""))


def said(report: Report) -> dict[str, tuple[str, str]]:
    """Item → value and comment."""
    return {code: (answer.value.value, answer.comment) for code, answer in report.answers.items()}


def without_times(report: Report) -> Report:
    return dataclasses.replace(report, arrived_at=None)


def dumped(deeds: list[Deed]) -> str:
    """For a failure's story."""
    return "\n".join(
        json.dumps([d.update_id, d.person_id, d.what, d.words, d.report], ensure_ascii=False) for d in deeds
    )
