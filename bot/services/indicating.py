"""Indicators М1–М20 of a period, and the targets a coordinator sets for them."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.indicators import Indicator, all_indicators, check_target
from bot.domain.people import Actor, Role
from bot.domain.period import Period, Scope, scope_of
from bot.domain.summary import Summary
from bot.domain.working_days import COUNTRY, WorkingDays
from bot.services.auditing import Auditing
from bot.services.summarising import read_summary
from storage import indicators
from storage.database import Database, Reader


class Indicating:
    def __init__(self, database: Database, auditing: Auditing, zone: ZoneInfo, days: WorkingDays = COUNTRY) -> None:
        self._database = database
        self._auditing = auditing
        self._zone = zone
        self._days = days

    async def of(self, actor: Actor, period: Period, now: datetime) -> list[Indicator]:
        """Raises `NotAllowed`."""
        scope = scope_of(actor)
        async with self._database.read(snapshot=True) as reader:
            summary = await read_summary(reader, period, scope, now, self._zone, self._days)
            return await read_indicators(reader, summary, scope, self._zone)

    async def set_target(self, actor: Actor, code: str, value: float | None, now: datetime) -> int:
        """A new version of the target; None takes it away. Raises `NotAllowed`, `NoSuchIndicator`, `TargetOutOfRange`."""
        person = actor.need(Role.COORDINATOR)
        check_target(code, value)
        async with self._database.transaction() as tx:
            version = await indicators.set_target(tx, person.municipality_id, code, value, now, by=person.id)
            await self._auditing.note(tx, now, actor, "target", f"indicator:{code}", version=version)
        return version


async def read_indicators(reader: Reader, summary: Summary, scope: Scope, zone: ZoneInfo) -> list[Indicator]:
    """Inside the snapshot of `summary`. Targets are those of the municipality when it is one."""
    found = await indicators.measured(reader, summary, scope, zone)
    one = next(iter(scope.municipalities)) if len(scope.municipalities) == 1 else None
    targets = await indicators.targets(reader, one) if one is not None else {}
    return all_indicators(found, targets, risk=scope.risk)
