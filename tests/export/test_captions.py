"""What is said under a file follows from what was ordered, also when there is nothing in it."""

import pytest

from bot.domain.export import ExportedFile, ExportKind, Made, Wanted
from bot.domain.people import Role
from bot.domain.period import Period
from bot.screens.export import caption
from bot.texts import export as words
from bot.texts.plural import NBSP
from tests.export.conftest import Office
from tests.generate import DAY, NOON


async def test_an_empty_journal_is_called_a_journal(office: Office):
    head = await office.staff(Role.HEAD, 901)
    file = await office.exporting().file(head, Wanted(ExportKind.HOTLINE, Period.day(DAY)), NOON)
    assert caption(file) == words.NO_CASES


@pytest.mark.parametrize(
    ("made", "told"),
    [
        (Made(kind=ExportKind.HOTLINE, cases=2), "Журнал горячей линии: 2 сообщения"),
        (Made(cases=2), "0 отчётов, 0 ответов, 0 нарушений"),  # a workbook of a day that had messages only
        (Made(kind=ExportKind.FINDINGS, violations=3), "3 нарушения"),
        (
            Made(kind=ExportKind.CERTIFICATE, observations=4),
            "Отчётов наблюдателей: 4, всего 0 нарушений (с отчётами школ).",
        ),
        (Made(kind=ExportKind.ACT, acts=1), "Акт готов"),
    ],
)
def test_each_kind_has_its_own_words(made: Made, told: str):
    assert caption(ExportedFile("x", b"", "", made)).replace(NBSP, " ").startswith(told)


def test_a_workbook_that_disagrees_says_so():
    assert words.DISAGREES in caption(ExportedFile("x", b"", "", Made(agrees=False)))
