"""Refusals of the day of a ВПР in plain words."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.texts import instructing, photos, school_day
from bot.texts.awaiting import JUST_REMINDED, NOBODY_TO_AWAIT, nobody_is_woken
from bot.texts.reviewing import FASTER, NO_VIOLATION, REASON_NEEDED

WORDINGS: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "SomebodyWasFaster": lambda d: FASTER,
    "NoSuchViolation": lambda d: NO_VIOLATION,
    "NoSuchInstruction": lambda d: instructing.NO_SUCH,
    "NotReadYet": lambda d: instructing.NOT_YET.format(part=d["part"]),
    "NothingToSend": lambda d: instructing.NOTHING,
    "NotYourSchool": lambda d: school_day.NOT_YOURS,
    "NotForSchools": lambda d: school_day.NOT_SHOWN,
    "NoSuchPhoto": lambda d: photos.NO_PHOTO,
    "RemindedLately": lambda d: JUST_REMINDED,
    "NobodyIsWoken": lambda d: nobody_is_woken(f"{d['from_']:%H:%M}"),
    "NobodyToAwait": lambda d: NOBODY_TO_AWAIT,
    "ReasonNeeded": lambda d: REASON_NEEDED,
}
