"""How the hotline works in this installation."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.hotline.due import IsWorkingDay
from bot.domain.working_days import is_working_day

NIGHT_BEGINS, NIGHT_ENDS = 22, 8


@dataclass(frozen=True, slots=True)
class HotlineRules:
    """`group_id`: the staff forum; without it every operator is written to in private. `custodian`: the public key that
    contacts are sealed with, '' when the server itself may open them."""

    municipality_id: int
    zone: ZoneInfo
    organiser: str
    official_address: str
    clock: Callable[[], datetime]
    group_id: int | None = None
    is_working_day: IsWorkingDay = is_working_day
    custodian: str = ""

    def is_night(self, now: datetime) -> bool:
        """Between 22 and 8 what arrives makes no sound."""
        hour = now.astimezone(self.zone).hour
        return hour >= NIGHT_BEGINS or hour < NIGHT_ENDS

    def local_day(self, moment: datetime) -> date:
        return moment.astimezone(self.zone).date()
