"""The card says what matters in few words: states, gravity, review, uploads, instructions."""

from dataclasses import replace

from bot.domain.people import SchoolId
from bot.domain.period import Period
from bot.domain.summary import SchoolSummary, SittingCounts, Summary
from bot.screens import summary as screens
from tests.generate import DAY, NOON


def of_school(**changes: object) -> Summary:
    school = replace(SchoolSummary(SchoolId(1), "СОШ № 1"), **changes)  # type: ignore[arg-type]
    return Summary(Period.day(DAY), NOON, school.reports.plan, (school,))


def lines(summary: Summary) -> list[str]:
    return screens.lines(summary, live=True)


def test_uploads_are_of_the_works_that_are_not_cancelled():
    """A school may tell that the results are uploaded and never that the work ended."""
    summary = replace(of_school(sittings=SittingCounts(3, 0, 0, 2, 1)), uploaded=1)
    assert "Результаты загружены: 1 из 2" in lines(summary)
