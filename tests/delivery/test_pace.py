"""Token buckets on a clock that a test turns."""

import asyncio

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.delivery.pace import ANSWERS_AT_ONCE, EVERYTHING_AT_MOST, PACED_AT_ONCE, PACED_PER_SECOND_AT_LEAST, Busy, Pace
from bot.sandbox.clock import Clock as SandboxClock
from bot.sandbox.limits import Pace as Limits


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def sent_within(pace: Pace, clock: Clock, seconds: float, chats: list[int]) -> int:
    """How many paced messages go out, sending as early as the pace allows, round the chats."""
    end, sent, turn = clock.now + seconds, 0, 0
    while clock.now < end:
        if (pause := pace.overall_wait()) > 0:
            clock.now += pause
            continue
        for offset in range(len(chats)):
            chat = chats[(turn + offset) % len(chats)]
            if pace.wait(chat) == 0:
                pace.reserve(1)
                pace.take(chat, reserved=True)
                sent, turn = sent + 1, turn + offset + 1
                break
        else:
            clock.now += 0.01
    return sent


def test_25_a_second_in_all():
    clock = Clock()
    sent = sent_within(Pace(clock), clock, 10, list(range(1, 100)))
    assert 245 <= sent <= 255


def test_one_a_second_in_a_chat_after_a_small_burst():
    clock = Clock()
    assert 12 <= sent_within(Pace(clock), clock, 10, [1]) <= 13


def test_twenty_a_minute_in_a_group():
    clock = Clock()
    assert 18 <= sent_within(Pace(clock), clock, 60, [-100]) <= 20
    assert 18 <= sent_within(Pace(clock), clock, 60, [-200]) <= 20


def test_direct_answers_go_at_once_while_there_is_room_and_before_what_is_paced():
    clock = Clock()
    pace = Pace(clock)
    pace.reserve(int(PACED_PER_SECOND_AT_LEAST))
    for chat in range(1, int(ANSWERS_AT_ONCE) + 1):
        assert pace.answer_wait() == pace.chat_wait(chat) == 0
        pace.take(chat)
    assert 0 < pace.answer_wait() <= 1 / 25 + 0.001, "then one after the other"
    assert pace.overall_wait() <= 1 / PACED_PER_SECOND_AT_LEAST + 0.001, "answers may delay the rest, not stop it"
    clock.now += 0.1
    assert pace.answer_wait() == 0 < pace.overall_wait(), "answers first"


class Judge(SandboxClock):
    """The limits of the local Bot API on the same clock."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock
        self.limits = Limits(self, strict=True)

    def monotonic(self) -> float:
        return self._clock.now


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.floats(0, 3), st.integers(0, 60), st.integers(0, 60), st.integers(1, 40)), min_size=1, max_size=8
    )
)
def test_whatever_is_asked_for_telegram_never_has_to_refuse(bouts):
    """Bouts of a rest, then so many direct answers and so many paced ones, over so many chats and one group."""
    clock = Clock()
    pace, judge = Pace(clock), Judge(clock)
    for rest, answers, paced, chats in bouts:
        clock.now += rest
        places = [-1, *range(1, chats)]
        turn = 0
        while answers or paced:
            turn += 1
            chat = places[turn % len(places)]
            if answers and pace.answer_wait() == 0 and pace.chat_wait(chat) == 0:
                pace.take(chat)
                judge.limits.check("editmessagetext", chat)
                answers -= 1
            elif paced and pace.wait(chat) == 0:
                pace.reserve(1)
                pace.take(chat, reserved=True)
                judge.limits.check("sendmessage", chat)
                paced -= 1
            elif turn % len(places) == 0:
                clock.now += 0.05


async def test_answers_have_their_turn_in_order_and_are_turned_away_when_it_is_far():
    pace, served, refused = Pace(), [], []

    async def answer(chat):
        try:
            await pace.turn(chat)
            served.append(chat)
        except Busy:
            refused.append(chat)

    crowd = range(1, 101)
    async with asyncio.TaskGroup() as group:
        for chat in crowd:
            group.create_task(answer(chat))
    assert served == sorted(served)
    assert ANSWERS_AT_ONCE + 2 * 25 <= len(served) < len(crowd), "about two seconds' worth waits, the rest is promised"
    assert refused == sorted(set(crowd) - set(served))


async def test_answers_wait_for_a_short_pause_the_messenger_asked_for_and_not_for_a_long_one():
    pace = Pace()
    pace.freeze(None, 0.05)
    await pace.turn(1)
    assert pace.answer_wait() == 0
    pace.freeze(2, 60)
    with pytest.raises(Busy) as busy:
        await pace.turn(2)
    assert 59 < busy.value.seconds <= 60


async def test_without_limits_nobody_waits():
    pace = Pace(lambda: 1000.0, overall_per_second=0)
    for _ in range(1000):
        await pace.turn(1)
    assert pace.overall_wait() == pace.wait(-1) == 0
    assert pace.available() > PACED_AT_ONCE


def test_answers_without_end_do_not_starve_what_was_promised():
    clock = Clock()
    pace, sent = Pace(clock), 0
    for number in range(40 * 30):  # 40 direct answers a second: more than the messenger allows
        clock.now += 1 / 40
        pace.take(1000 + number)
        if pace.overall_wait() == 0 and pace.available():
            pace.reserve(1)
            sent += 1
    assert PACED_PER_SECOND_AT_LEAST * 29 <= sent <= PACED_PER_SECOND_AT_LEAST * 32


def test_freezing_one_chat_leaves_the_others():
    clock = Clock()
    pace = Pace(clock)
    pace.limited(1, 60)
    assert pace.wait(1) == 60
    assert pace.wait(2) == 0
    clock.now += 61
    assert pace.wait(1) == 0


def test_two_private_chats_limited_mean_everything_two_groups_do_not():
    clock = Clock()
    pace = Pace(clock)
    pace.limited(-1, 40)
    pace.limited(-2, 40)
    assert pace.wait(5) == 0
    pace.limited(1, 40)
    assert pace.wait(5) == 0
    pace.limited(1, 40)
    assert pace.wait(5) == 0
    pace.limited(2, 40)
    assert pace.wait(5) == 40


def test_an_hour_for_two_chats_is_no_hour_for_an_alarm_to_another():
    clock = Clock()
    pace = Pace(clock)
    pace.limited(1, 3600)
    pace.limited(2, 3600)
    assert pace.wait(5) == EVERYTHING_AT_MOST
    clock.now += EVERYTHING_AT_MOST + 1
    assert pace.wait(5) == 0
    assert min(pace.wait(1), pace.wait(2)) > 3500


def test_what_was_not_sent_is_given_back():
    clock = Clock()
    pace = Pace(clock)
    before = pace.available()
    pace.reserve(2)
    pace.give_back()
    pace.give_back()
    assert pace.available() == before


def test_forgotten_chats_do_not_fill_the_memory():
    clock = Clock()
    pace = Pace(clock)
    for chat in range(1, 20_000):
        pace.take(chat)
        clock.now += 0.1
    assert len(pace._chats) < 6000
