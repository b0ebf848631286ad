"""Which days people mean."""

from datetime import date

import pytest

from bot.domain.period import Period
from bot.domain.period_words import EVERYTHING, parse_period

TODAY = date(2026, 4, 23)  # a Thursday


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("", TODAY, TODAY),
        ("за сегодня", TODAY, TODAY),
        ("Вчера", date(2026, 4, 22), date(2026, 4, 22)),
        ("на завтра", date(2026, 4, 24), date(2026, 4, 24)),
        ("за вчера.", date(2026, 4, 22), date(2026, 4, 22)),
        ("за неделю", date(2026, 4, 20), date(2026, 4, 26)),
        ("за прошлую неделю", date(2026, 4, 13), date(2026, 4, 19)),
        ("за 21 апреля", date(2026, 4, 21), date(2026, 4, 21)),
        ("за 21-е", None, None),
        ("21.04", date(2026, 4, 21), date(2026, 4, 21)),
        ("за 21.04.25", date(2025, 4, 21), date(2025, 4, 21)),
        ("за 21.04.2026", date(2026, 4, 21), date(2026, 4, 21)),
        ("2026-04-21", date(2026, 4, 21), date(2026, 4, 21)),
        ("за 3 мая 2026 года", date(2026, 5, 3), date(2026, 5, 3)),
        ("28 декабря", date(2025, 12, 28), date(2025, 12, 28)),
        ("с 20 по 24 апреля", date(2026, 4, 20), date(2026, 4, 24)),
        ("20–24 апреля", date(2026, 4, 20), date(2026, 4, 24)),
        ("20.04-24.04", date(2026, 4, 20), date(2026, 4, 24)),
        ("с 28 апреля по 3 мая", date(2026, 4, 28), date(2026, 5, 3)),
        ("за понедельник", date(2026, 4, 20), date(2026, 4, 20)),
        ("за пятницу", date(2026, 4, 17), date(2026, 4, 17)),
        ("за 31 апреля", None, None),
        ("24-20 апреля", None, None),
        ("что-нибудь", None, None),
    ],
)
def test_words_for_days(text: str, first: date | None, last: date | None):
    expected = None if first is None or last is None else Period(first, last)
    assert parse_period(text, TODAY) == expected


def test_everything():
    assert parse_period("за весь период", TODAY) == EVERYTHING


@pytest.mark.parametrize("period", [Period.day(TODAY), Period.week_of(TODAY), EVERYTHING])
def test_code_of_a_period_comes_back(period: Period):
    assert Period.from_code(period.code) == period
    assert len(period.code) <= 17


@pytest.mark.parametrize("code", ["", "2026", "20260431", "20260423-20260420", "20260423;", "2026042٣"])
def test_forged_codes_are_refused(code: str):
    with pytest.raises(ValueError, match="period"):
        Period.from_code(code)
