"""The proof that sheets, ledger and chat say the same, figure by figure."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.ledger import GROUP_OF, LedgerGroup
from bot.services.sheets.source import Source
from bot.texts import workbook as words

_RECEIVED = [state.value for state, group in GROUP_OF.items() if group is LedgerGroup.RECEIVED]
_NOT_RECEIVED = [state.value for state, group in GROUP_OF.items() if group is not LedgerGroup.RECEIVED]
_OBSERVERS, _SCHOOLS = "report:observer", "report:school"


@dataclass(frozen=True, slots=True)
class Check:
    """`sheet` is what the rows of `sheets` come to, `chat` the figure of the summary, `ledger` the counters of the days.

    `ledger` None: the counters do not tell it.
    """

    title: str
    sheets: frozenset[str]
    sheet: int
    chat: int
    ledger: int | None

    @property
    def agrees(self) -> bool:
        return self.sheet == self.chat and self.ledger in (None, self.chat)


def reconciliation(source: Source) -> list[Check]:
    """Of the sheets written so far; one that is not in the file counts as empty."""
    summary = source.summary
    reports = (words.OBSERVATIONS, words.SCHOOL_REPORTS)
    every = (*reports, words.MISSING)

    def rows(title: str, sheets: Sequence[str], chat: int, ledger: int | None = None) -> Check:
        return Check(title, frozenset(sheets), sum(source.written.get(each, 0) for each in sheets), chat, ledger)

    def column(title: str, sheets: Sequence[str], name: str, chat: int, ledger: int | None = None) -> Check:
        total = sum(source.sums.get(each, {}).get(name, 0) for each in sheets)
        return Check(words.column_of(title, name), frozenset(sheets), int(total), chat, ledger)

    observers = _counted(source, (_OBSERVERS,), _RECEIVED)
    violations = _counted(source, ("violation",))

    def told(sheet: str, name: str, chat: int) -> Check:
        return Check(words.column_of(sheet, name), frozenset({sheet}), source.tallies[sheet][name], chat, None)

    def of(code: str, numerator: int, denominator: int) -> list[Check]:
        parts = ((words.numerator_of(code), numerator), (words.denominator_of(code), denominator))
        return [told(words.INDICATORS, name, figure) for name, figure in parts]

    briefed, uploads, works = summary.briefed, summary.uploads, summary.sittings.plan - summary.sittings.cancelled
    checks = [
        rows(words.OBSERVATIONS, reports[:1], summary.observers.received, observers),
        rows(words.SCHOOL_REPORTS, reports[1:], summary.school.received, _counted(source, (_SCHOOLS,), _RECEIVED)),
        rows(
            words.MISSING,
            every[2:],
            summary.plan - summary.reports.received,
            _counted(source, (_OBSERVERS, _SCHOOLS), _NOT_RECEIVED),
        ),
        rows(words.SUM_OF_SHEETS, every, summary.plan, _counted(source, (_OBSERVERS, _SCHOOLS))),
        rows(words.SCHEDULE, (words.SCHEDULE,), summary.sittings.plan, _counted(source, ("sitting",))),
        rows(words.SCHOOLS, (words.SCHOOLS,), len(summary.schools)),
        column(words.SCHOOLS, (words.SCHOOLS,), words.RECEIVED_REPORTS, summary.observers.received, observers),
        column(words.SCHOOLS, (words.SCHOOLS,), words.FOUND, summary.violations.total, violations),
        rows(words.ANSWERS, (words.ANSWERS,), summary.answers),
        column(words.BOTH_REPORTS, reports, words.ANSWERED, summary.answers),
        rows(words.VIOLATIONS, (words.VIOLATIONS,), summary.violations.total, violations),
        column(words.BOTH_REPORTS, reports, words.FOUND, summary.violations.total, violations),
        column(words.BY_ITEM, (words.BY_ITEM,), words.VIOLATED, summary.violations.total, violations),
        rows(words.PHOTOS_SHEET, (words.PHOTOS_SHEET,), summary.photos),
        told(words.INSTRUCTIONS, words.IN_SUMMARY, briefed.sent),
        told(words.INSTRUCTIONS, words.READ_AT, briefed.read),
        told(words.INSTRUCTIONS, words.LATE, briefed.in_time),
        rows(words.UPLOADS, (words.UPLOADS,), uploads.works),
        told(words.UPLOADS, words.DONE, uploads.done),
        told(words.UPLOADS, words.UPLOAD_OVERDUE, uploads.overdue),
    ]
    if summary.hotline is None:  # of schools alone: neither the hotline nor indicators are told
        return checks
    checks.append(_hotline(source, summary.hotline.fresh))
    checks += of("М1", summary.observed_schools, len(summary.planned_schools))
    checks.append(told(words.INDICATORS, words.denominator_of("М2"), works))
    if source.scope.risk:
        checks += of("М3", *summary.risk_schools)
    checks += of("М6", summary.clean, summary.observers.received)
    checks.append(told(words.INDICATORS, words.denominator_of("М14"), summary.hotline.fresh))
    return checks


def _hotline(source: Source, chat: int) -> Check:
    """Rows that are hidden from whoever ordered the file are counted in its figure: the chat's counts everybody's."""
    held = source.written.get(words.HOTLINE, 0) + source.hidden_cases
    return Check(words.with_hidden(words.HOTLINE, source.hidden_cases), frozenset({words.HOTLINE}), held, chat, None)


def _counted(source: Source, whats: Sequence[str], states: Sequence[str] = ()) -> int | None:
    """From the counters that triggers keep; any state when none is named."""
    if source.counted is None:
        return None
    return sum(
        count for (what, state), count in source.counted.items() if what in whats and (not states or state in states)
    )
