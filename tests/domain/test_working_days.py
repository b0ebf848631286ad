"""The working day before a work: weekends, transferred days of 2026 and 2027, exceptions of the place."""

from datetime import date
from pathlib import Path

import pytest

from bot.domain.working_days import WorkingDays

RUSSIA = WorkingDays()


@pytest.mark.parametrize(
    ("day", "before"),
    [
        (date(2026, 4, 23), date(2026, 4, 22)),
        (date(2026, 4, 27), date(2026, 4, 24)),  # over a weekend
        (date(2026, 5, 12), date(2026, 5, 8)),  # Victory Day, moved to Monday the 11th
        (date(2026, 1, 12), date(2025, 12, 30)),  # 31.12 and 09.01 are transferred days off
        (date(2027, 2, 24), date(2027, 2, 20)),  # a working Saturday: its day off is Monday the 22nd
        (date(2027, 11, 8), date(2027, 11, 3)),  # Friday the 5th is a transferred day off
        (date(2027, 5, 11), date(2027, 5, 7)),
    ],
)
def test_working_day_before(day: date, before: date):
    assert RUSSIA.before(day) == before


def test_working_days_after():
    assert RUSSIA.after(date(2026, 4, 23), 3) == date(2026, 4, 28)
    assert RUSSIA.after(date(2026, 4, 30), 1) == date(2026, 5, 4)


def test_exceptions_of_the_place_are_data(tmp_path: Path):
    file = tmp_path / "calendar.toml"
    assert WorkingDays.load(file) == RUSSIA
    file.write_text("off = [2026-04-22]\nworking = [2026-04-25]\n", "utf-8")
    place = WorkingDays.load(file)
    assert place.before(date(2026, 4, 23)) == date(2026, 4, 21)
    assert place.before(date(2026, 4, 27)) == date(2026, 4, 25)
    assert place.upload_days == RUSSIA.upload_days == 5
    file.write_text("upload_days = 8\n", "utf-8")
    assert WorkingDays.load(file).upload_days == 8
    for wrong in ("upload_days = 0\n", 'upload_days = "5"\n'):
        file.write_text(wrong, "utf-8")
        with pytest.raises(ValueError, match="upload_days"):
            WorkingDays.load(file)
    file.write_text('off = ["скоро"]\n', "utf-8")
    with pytest.raises(ValueError, match="calendar"):
        WorkingDays.load(file)
