"""Numbers agree with nouns; dates and times read as people say them."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.texts.plural import counted, numbered, plural
from bot.texts.time import clock, day, day_and_clock, day_in_figures, when

REPORT = ("отчёт", "отчёта", "отчётов")
ONE = {1, 21, 31, 41, 51, 61, 71, 81, 91, 101, 121}
FEW = {tens + units for tens in (0, 20, 30, 40, 50, 60, 70, 80, 90, 100, 120) for units in (2, 3, 4)}
NOVOSIBIRSK = ZoneInfo("Asia/Novosibirsk")
NOW = datetime(2026, 4, 23, 2, 5, tzinfo=UTC)


@pytest.mark.parametrize("n", range(126))
def test_plural(n):
    expected = "отчёт" if n in ONE else "отчёта" if n in FEW else "отчётов"
    assert plural(n, *REPORT) == expected
    assert plural(-n, *REPORT) == expected
    assert counted(n, *REPORT) == f"{n}\u00a0{expected}"


def test_larger_numbers():
    assert [plural(n, *REPORT) for n in (211, 1001, 1012, 2022, 10005)] == [
        "отчётов",
        "отчёт",
        "отчётов",
        "отчёта",
        "отчётов",
    ]


def test_numbers_stay_with_their_sign():
    assert numbered(5) == "№\u00a05"
    assert numbered("ГЛ-2026-00042") == "№\u00a0ГЛ-2026-00042"


def test_days():
    assert day(date(2026, 4, 23)) == "23\u00a0апреля, четверг"
    assert day(date(2026, 1, 4)) == "4\u00a0января, воскресенье"
    assert day_in_figures(date(2026, 4, 3)) == "03.04.2026"
    assert {day(date(2026, month, 1)).split("\u00a0")[1].split(",")[0][-1] for month in range(1, 13)} == {"я", "а"}


def test_times_are_local():
    assert clock(NOW, NOVOSIBIRSK) == "09:05"
    assert day_and_clock(NOW - timedelta(hours=10), NOVOSIBIRSK) == "22\u00a0апреля, 23:05"
    with pytest.raises(ValueError, match="naive"):
        clock(datetime(2026, 4, 23, 9, 5), NOVOSIBIRSK)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("distance", "expected"),
    [
        (timedelta(0), "только что"),
        (timedelta(seconds=-59), "только что"),
        (timedelta(seconds=59), "сейчас"),
        (timedelta(minutes=-1), "1\u00a0минуту назад"),
        (timedelta(minutes=-12, seconds=-30), "12\u00a0минут назад"),
        (timedelta(minutes=3), "через 3\u00a0минуты"),
        (timedelta(minutes=-59, seconds=-59), "59\u00a0минут назад"),
        (timedelta(minutes=-60), "08:05"),
        (timedelta(hours=5), "14:05"),
        (timedelta(hours=-10), "22\u00a0апреля, 23:05"),
        (timedelta(hours=15), "24\u00a0апреля, 00:05"),
    ],
)
def test_relative_under_an_hour_only(distance, expected):
    assert when(NOW + distance, NOW, NOVOSIBIRSK) == expected
