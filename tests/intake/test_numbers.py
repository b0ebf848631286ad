"""Holes in the update numbers."""

from datetime import UTC, datetime, timedelta

from bot.intake.numbers import PATIENCE, Gap, Numbers

NOON = datetime(2027, 4, 23, 6, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
LATER = PATIENCE + timedelta(seconds=1)


def test_no_hole_no_alarm():
    numbers = Numbers()
    numbers.seen([5, 6, 7], NOON)
    numbers.seen([8], NOON + MINUTE)
    assert numbers.overdue(NOON + timedelta(days=1)) is None


def test_a_hole_is_told_once_with_its_times():
    numbers = Numbers((10, NOON))
    numbers.seen([14], NOON + MINUTE)
    assert numbers.overdue(NOON + MINUTE) is None
    assert numbers.overdue(NOON + MINUTE + LATER) == Gap(3, NOON, NOON + MINUTE)
    assert numbers.overdue(NOON + MINUTE + LATER) is None


def test_overtaken_updates_fill_their_hole():
    numbers = Numbers((10, NOON))
    numbers.seen([13], NOON)
    numbers.seen([11], NOON)
    numbers.seen([12], NOON)
    assert numbers.overdue(NOON + LATER) is None


def test_repeated_updates_open_no_hole():
    numbers = Numbers((10, NOON))
    numbers.seen([11, 12], NOON)
    numbers.seen([11], NOON)
    numbers.seen([13], NOON)
    assert numbers.overdue(NOON + LATER) is None


def test_new_numbers_after_a_quiet_week_are_no_hole():
    for fresh in (5_000_000, 900, 2_000_000_000):
        numbers = Numbers((1_000_000, NOON))
        week_later = NOON + timedelta(days=8)
        numbers.seen([fresh], week_later)
        numbers.seen([fresh + 1], week_later)
        assert numbers.overdue(week_later + LATER) is None


def test_a_jump_too_large_to_be_lost_messages_is_a_new_beginning():
    numbers = Numbers((10, NOON))
    numbers.seen([50_000_000], NOON)
    assert numbers.overdue(NOON + LATER) is None
    numbers.seen([50_000_002], NOON)
    assert numbers.overdue(NOON + LATER) == Gap(1, NOON, NOON)
