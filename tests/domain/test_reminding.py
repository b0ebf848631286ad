"""Reminders by the clocks of the place: windows, night, summer time, and nothing about what is done."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.reminding import Rule, Watch, due_now
from bot.domain.report import ReportState

BERLIN, MOSCOW = ZoneInfo("Europe/Berlin"), ZoneInfo("Europe/Moscow")
DAY = date(2026, 4, 23)


def at(hour: int, minute: int = 0, *, day: date = DAY, zone: ZoneInfo = MOSCOW) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone)


def watch(day: date = DAY, zone: ZoneInfo = MOSCOW, **changes) -> Watch:
    begins = at(9, 10, day=day, zone=zone)
    whole = Watch(
        7315, 17, day, begins, begins + timedelta(minutes=45), begins + timedelta(hours=5), ReportState.EXPECTED
    )
    return replace(whole, **changes)


def rules(each: Watch, now: datetime, zone: ZoneInfo = MOSCOW) -> set[str]:
    return {due.rule.value for due in due_now([each], now, zone)}


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (at(17, 59, day=DAY - timedelta(days=1)), set()),
        (at(18, 0, day=DAY - timedelta(days=1)), {"eve"}),
        (at(20, 59, day=DAY - timedelta(days=1)), {"eve"}),  # late, after a downtime
        (at(21, 0, day=DAY - timedelta(days=1)), set()),  # night
        (at(2, 30), set()),
        (at(7, 29), set()),
        (at(7, 30), {"morning"}),
        (at(9, 10), set()),
        (at(10, 25), {"after"}),
        (at(13, 10), {"deadline"}),
        (at(14, 10), {"late"}),
        (at(21, 0), set()),
    ],
)
def test_each_rule_has_its_window(now: datetime, expected: set[str]):
    assert rules(watch(), now) == expected


@pytest.mark.parametrize("state", [ReportState.SUBMITTED, ReportState.VERIFIED, ReportState.EXCUSED])
def test_nothing_about_what_is_done(state: ReportState):
    assert not rules(watch(state=state), at(13, 30))


def test_morning_card_goes_away_once_answered_and_for_who_cannot_come():
    assert rules(watch(arrival="coming"), at(8)) == set()
    assert rules(watch(arrival="cannot"), at(13, 30)) == set()
    assert rules(watch(arrival="cannot"), at(18, 30, day=DAY - timedelta(days=1))) == set(), (
        "nor are they called for it"
    )


def test_two_works_of_a_day_make_one_morning_card_and_two_reminders():
    later = watch(number=7316, begins=at(11), ends=at(11, 45))
    dues = due_now([watch(), later], at(8), MOSCOW)
    assert [(due.rule, due.subject) for due in dues] == [(Rule.MORNING, 0)]
    dues = due_now([watch(), replace(later, due_at=at(14, 10))], at(13, 30), MOSCOW)
    assert sorted(due.subject for due in dues) == [7315, 7316]


def test_first_lesson_at_dawn_is_announced_not_before_seven():
    early = watch(begins=at(7, 40), ends=at(8, 25))
    assert rules(early, at(6, 59)) == set()
    assert rules(early, at(7, 0)) == {"morning"}


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25)])
def test_every_rule_fires_for_one_stretch_around_the_change_of_clocks(day: date):
    """Minute by minute over three days in Berlin: each key is due in one unbroken stretch, by its wall clock."""
    each = watch(day, BERLIN)
    seen: dict[tuple[str, date], list[datetime]] = {}
    start = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(days=1, hours=6)
    for minute in range(0, 3 * 24 * 60, 5):
        now = start + timedelta(minutes=minute)
        for due in due_now([each], now, BERLIN):
            seen.setdefault((due.rule.value, due.day), []).append(now)
    assert {rule for rule, _ in seen} == {"eve", "morning", "after", "deadline", "late"}
    for moments in seen.values():
        assert moments[-1] - moments[0] == timedelta(minutes=5) * (len(moments) - 1)
        assert all(7 <= moment.astimezone(BERLIN).hour < 21 for moment in moments)
    assert seen["morning", day][0].astimezone(BERLIN).strftime("%H:%M") == "07:30"
