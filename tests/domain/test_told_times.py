"""Times are taken out of a message only where they stand apart; inside a comment they stay words."""

from datetime import time

import pytest

from bot.domain.told_times import read_clock, read_times


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("8:50", time(8, 50)),
        ("в 8.50", time(8, 50)),
        (" 08-50 ", time(8, 50)),
        ("24:00", None),
        ("8:75", None),
        ("девять", None),
        ("каб. 214", None),
    ],
)
def test_a_bare_time(text: str, expected: time | None):
    assert read_clock(text) == expected


@pytest.mark.parametrize(
    ("text", "told", "rest"),
    [
        ("пришёл 8:50", {"arrived_at": time(8, 50)}, ""),
        ("7315 пришла в 8:50, начало 9:10 конец 9:55; Б6 нет", None, "7315,; Б6 нет"),
        ("Б6 нет один ушёл 9:30 с телефоном, остальное да", {}, "Б6 нет один ушёл 9:30 с телефоном, остальное да"),
        ("7315 пришла 8:50 начало 9:10 конец 9:55 Б6 нет", None, "7315 Б6 нет"),
        ("начало 9:10 остальное да", {"started_at": time(9, 10)}, " остальное да"),
        ("Б6 нет, ушёл 10:10", {"left_at": time(10, 10)}, "Б6 нет,"),
    ],
)
def test_times_stand_apart(text: str, told: dict[str, time] | None, rest: str):
    found, left = read_times(text)
    if told is None:
        told = {"arrived_at": time(8, 50), "started_at": time(9, 10), "ended_at": time(9, 55)}
    assert found == told
    assert left == rest
