"""Dates and times in the spellings of real tables."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.importing.dates import parse_date, parse_time, school_years_around, show_date
from bot.domain.importing.problems import BadCell, Reason
from bot.domain.importing.raw import Formula

DAY = date(2027, 4, 15)


@pytest.mark.parametrize(
    "typed",
    [
        "15.04.2027",
        "15.4.2027",
        "15/04/27",
        "15.04.27",
        "15-04-2027",
        "15. 04. 2027",
        "15.04.2027 г.",
        "15.04.2027г",
        "2027-04-15",
        "2027-04-15 00:00:00",
        "2027-04-15T00:00:00",
        "2027.04.15",
        "15 апреля 2027",
        "15 апреля 2027 г.",
        "15 Апреля 2027 года",
        "15 апр. 2027",
        "15-апр-27",
        "чт, 15.04.2027",
        "Четверг 15 апреля 2027",
        "\u00a015.04.2027\u00a0",
        46492,
        46492.0,
        "46492",
        date(2027, 4, 15),
        datetime.fromisoformat("2027-04-15T09:20"),
    ],
)
def test_one_day_in_many_spellings(typed):
    assert parse_date(typed, 2026) == DAY


@pytest.mark.parametrize(
    ("typed", "reason", "suggestion"),
    [
        ("31.04.2027", Reason.DATE_IMPOSSIBLE, None),
        ("31 апреля 2027", Reason.DATE_IMPOSSIBLE, None),
        ("04/15/2027", Reason.DATE_IMPOSSIBLE, None),
        ("2027-02-29", Reason.DATE_IMPOSSIBLE, None),
        ("15.04.2072", Reason.DATE_FAR, "15.04.2027"),
        ("15.04.2207", Reason.DATE_FAR, "15.04.2027"),
        ("15.04.2017", Reason.DATE_FAR, None),
        (46492 - 10 * 365, Reason.DATE_FAR, None),
        ("15.04", Reason.DATE_NO_YEAR, "15.04.2027"),
        ("15 апреля", Reason.DATE_NO_YEAR, "15.04.2027"),
        ("15 сентября", Reason.DATE_NO_YEAR, "15.09.2026"),
        ("31.04", Reason.DATE_IMPOSSIBLE, None),
        ("весной", Reason.DATE_UNCLEAR, None),
        ("15 мартобря 2027", Reason.DATE_UNCLEAR, None),
        ("15.04.2027-16.04.2027", Reason.DATE_UNCLEAR, None),
        (3, Reason.DATE_UNCLEAR, None),
        (1e300, Reason.DATE_UNCLEAR, None),
        (True, Reason.DATE_UNCLEAR, None),
        (time(10, 15), Reason.DATE_UNCLEAR, None),
        (Formula("=A1"), Reason.DATE_UNCLEAR, None),
    ],
)
def test_what_is_no_day_of_ours(typed, reason, suggestion):
    with pytest.raises(BadCell) as caught:
        parse_date(typed, 2026)
    assert (caught.value.reason, caught.value.suggestion) == (reason, suggestion)


def test_the_neighbouring_school_years_and_no_day_more():
    first, last = school_years_around(2026)
    assert (first, last) == (date(2025, 9, 1), date(2028, 8, 31))
    assert parse_date(first, 2026) == first
    assert parse_date(last, 2026) == last
    for outside in (first - timedelta(days=1), last + timedelta(days=1)):
        with pytest.raises(BadCell):
            parse_date(outside, 2026)


@given(st.dates(*school_years_around(2026)))
def test_what_is_shown_reads_back(day):
    assert parse_date(show_date(day), 2026) == day
    assert parse_date((day - date(1899, 12, 30)).days, 2026) == day


@pytest.mark.parametrize(
    "typed",
    [
        "10:15",
        "10.15",
        "10-15",
        "10:15:00",
        "10:15\u201311:00",
        "10:15 - 11:00",
        time(10, 15),
        time(10, 15, 30),
        timedelta(hours=10, minutes=15),
        615 / 1440,
        10.15,
    ],
)
def test_one_moment_in_many_spellings(typed):
    assert parse_time(typed) == time(10, 15)


@pytest.mark.parametrize("typed", ["25:00", "10:60", "утром", "10", 0, 1.0e9, -0.5, timedelta(days=2), True, "1015"])
def test_what_is_no_moment(typed):
    with pytest.raises(BadCell) as caught:
        parse_time(typed)
    assert caught.value.reason is Reason.TIME_UNCLEAR


@given(st.one_of(st.text(max_size=30), st.floats(), st.integers()))
def test_nothing_but_a_bad_cell_is_raised(typed):
    for parse in (lambda: parse_date(typed, 2026), lambda: parse_time(typed)):
        try:
            parse()
        except BadCell:
            continue
