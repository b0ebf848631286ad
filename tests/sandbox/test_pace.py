"""Strict pace: 30 a second in all, one a second in a chat after a small burst, 20 a minute in a group."""

from __future__ import annotations

import pytest

from bot.sandbox.clock import Clock
from bot.sandbox.errors import Refused
from bot.sandbox.limits import Pace


class StillClock(Clock):
    """Moves only when told to."""

    time = 1000.0

    def monotonic(self) -> float:
        return self.time


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def pace(clock: StillClock) -> Pace:
    return Pace(clock, strict=True)


def sent(pace: Pace, chat_id: int, tries: int, method: str = "sendmessage") -> tuple[int, int]:
    """How many went through and the retry_after of the first that did not (0 when all did)."""
    for number in range(tries):
        try:
            pace.check(method, chat_id)
        except Refused as refused:
            return number, refused.parameters["retry_after"]
    return tries, 0


def test_one_chat_has_a_small_burst_and_then_one_a_second(pace: Pace, clock: StillClock):
    assert sent(pace, 1, 10) == (3, 1)
    clock.time += 1
    assert sent(pace, 1, 10) == (1, 1)


def test_obeying_retry_after_always_helps(pace: Pace, clock: StillClock):
    passed, wait = sent(pace, -5, 100)
    assert (passed, wait) == (20, 60)
    clock.time += wait
    pace.check("sendmessage", -5)


def test_a_group_counts_edits_alike(pace: Pace):
    assert sent(pace, -5, 15)[0] == 15
    assert sent(pace, -5, 15, "editmessagetext") == (5, 60)


def test_thirty_a_second_in_all(pace: Pace, clock: StillClock):
    passed = [sent(pace, person, 1)[0] for person in range(1, 100)]
    assert passed == [1] * 30 + [0] * 69
    clock.time += 1
    pace.check("sendmessage", 500)


def test_an_album_weighs_as_many_messages_as_it_has(pace: Pace):
    pace.check("sendmediagroup", -5, weight=10)
    assert sent(pace, -5, 20) == (10, 60)


def test_answers_and_reading_are_not_paced(pace: Pace):
    assert sent(pace, 1, 100, "answercallbackquery") == (100, 0)
    assert sent(pace, 1, 100, "getfile") == (100, 0)


def test_off_by_default():
    assert sent(Pace(StillClock()), 1, 100) == (100, 0)
