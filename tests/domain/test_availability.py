"""When volunteers say they can come."""

from datetime import date

import pytest

from bot.domain.availability import ALWAYS, is_every_day, read_availability


@pytest.mark.parametrize(
    ("remark", "can", "cannot"),
    [
        ("только вторая половина апреля", ["2027-04-16"], ["2027-04-15", "2027-05-16"]),
        ("Только первая половина мая.", ["2027-05-15"], ["2027-05-16", "2027-04-10"]),
        ("кроме 15.04 и 16.04", ["2027-04-14"], ["2027-04-15", "2027-04-16"]),
        ("не могу по средам", ["2027-04-15"], ["2027-04-14"]),
        ("только по вторникам и четвергам", ["2027-04-15", "2027-04-13"], ["2027-04-14"]),
        ("только 15 и 16 апреля", ["2027-04-15", "2027-04-16"], ["2027-04-17"]),
        ("с 10 по 20 апреля не может", ["2027-04-21"], ["2027-04-10", "2027-04-20"]),
        ("только в мае", ["2027-05-05"], ["2027-04-30"]),
        ("могу 5 мая", ["2027-05-05"], ["2027-05-06"]),
        ("без выезда в сельские школы", ["2027-04-15"], []),
        ("", ["2027-04-15"], []),
        ("Ёлкина, дом 15", ["2027-04-15"], []),
    ],
)
def test_remark_limits_the_days(remark: str, can: list[str], cannot: list[str]) -> None:
    found = read_availability(remark)
    assert [day for day in can if not found.can(date.fromisoformat(day))] == []
    assert [day for day in cannot if found.can(date.fromisoformat(day))] == []


@pytest.mark.parametrize(
    ("remark", "told"),
    [
        ("только вторая половина апреля", "только с 16 по 31 апреля"),
        ("Белова Анна, кроме 15.04 и 16.04, звоните 8 (912) 345-67-89", "не могу 15.04, 16.04"),
        ("не могу по средам", "не могу по средам"),
        ("только по вторникам и четвергам", "только по вторникам и четвергам"),
        ("с 10 по 20 апреля не может, только по средам", "только по средам; не могу с 10 по 20 апреля"),
        ("только 15 и 16 апреля", "только 15.04, 16.04"),
        ("не могу 91.23, Ёлкина 5", ""),
        ("всегда", ""),
    ],
)
def test_days_are_said_back_in_words_that_mean_the_same(remark: str, told: str) -> None:
    found = read_availability(remark)
    assert str(found) == told
    assert read_availability(str(found)) == found
    assert is_every_day(remark) == (remark == "всегда")
    assert (found == ALWAYS) == (told == "")
