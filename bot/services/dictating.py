"""A report in one message: which report it is about, what it says, and one transaction that saves it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.checklist import Checklists
from bot.domain.dictation import Dictation, read_dictation
from bot.domain.people import Actor, Role
from bot.domain.report import CorrectionReason, Details, ReportState
from bot.domain.reporting import Listed, ReportView
from bot.domain.told_times import on_day, read_times
from bot.services.reporting import Reporting
from bot.texts import corrections
from bot.texts.folding import fold

OPEN = frozenset(
    {ReportState.EXPECTED, ReportState.OPENED, ReportState.PARTIAL, ReportState.RETURNED, ReportState.MISSED}
)


@dataclass(frozen=True, slots=True)
class Dictated:
    """What became of a message. `view` None: nothing was saved, because `choice` reports could be meant (or none)."""

    said: Dictation
    view: ReportView | None = None
    filled: int = 0
    times: dict[str, datetime] | None = None
    whole: bool = False
    choice: Sequence[Listed] = ()
    reason_needed: bool = False

    @property
    def empty(self) -> bool:
        """It names no answer and no time."""
        return self.said.empty and not self.said.unclear and not self.times


class Dictating:
    def __init__(self, reporting: Reporting, checklists: Checklists, zone: ZoneInfo) -> None:
        self._reporting = reporting
        self._checklists = checklists
        self._zone = zone

    def certain(self, text: str) -> bool:
        """Whether a message nobody waits for is a dictated report beyond doubt: it names items or times, and every word
        of it is understood."""
        times, rest = read_times(text)
        said = read_dictation(rest, self._checklists.codes)
        return bool(times or said.answers) and not said.not_understood and not said.unclear

    async def take(
        self,
        actor: Actor,
        text: str,
        now: datetime,
        *,
        message_id: int | None = None,
        number: int | None = None,
        reason: CorrectionReason | None = None,
    ) -> Dictated:
        """Save what the message says about the report it names, or about the only one it can mean.

        `number`: the report is known (an edited message). A sent report takes it with a `reason`, given or among the words.
        Raises the refusals of reporting.
        """
        number = number or read_dictation(read_times(text)[1], self._checklists.codes).report_number
        if number is None:
            listed = await self._meant(actor, now)
            if len(listed) != 1:
                return Dictated(read_dictation(text, self._checklists.codes), choice=listed)
            number = listed[0].report.number
        view = await self._reporting.view(actor, number, now)
        if view.report.sent and reason is None:
            reason, text = _reason(text)
        times, rest = read_times(text)
        codes = [item.code for item in view.items]
        said = read_dictation(rest, codes)
        told = {field: on_day(at, view.sitting.date, self._zone) for field, at in times.items()}
        before = Dictated(said, view, times=told, reason_needed=view.report.sent and reason is None)
        if before.empty or before.reason_needed:
            return before
        spread = {code: answer for code, answer in said.resolve(codes).items() if code not in said.answers}
        details: Details = told  # type: ignore[assignment]
        saved = await self._reporting.dictate(
            actor,
            number,
            said.answers,
            spread,
            details,
            now,
            reason=reason if view.report.sent else None,
            message_id=message_id,
        )
        filled = sum(code not in view.report.answers for code in spread)
        return Dictated(said, saved, filled, told, whole=not view.report.answers)

    async def _meant(self, actor: Actor, now: datetime) -> list[Listed]:
        """Reports of today a message without a number can be about; exactly one, or it has to be asked."""
        if not actor.has(Role.OBSERVER):
            return []
        today = now.astimezone(self._zone).date()
        mine = [one for one in await self._reporting.mine(actor, now) if one.sitting.date == today]
        open_ones = [one for one in mine if one.report.state in OPEN]
        begun = [one for one in open_ones if one.report.opened_at is not None]
        ahead = [one for one in open_ones if one.report.opened_at is None and one.sitting.begins(self._zone) > now]
        if len(begun) == 1 and len(begun) + len(ahead) == len(open_ones):
            return begun
        return open_ones or mine


def _reason(text: str) -> tuple[CorrectionReason | None, str]:
    """A reason of a correction among the words, and the text without it; it may end the message or stand alone."""
    parts = text.replace(";", ",").split(",")
    for at, part in enumerate(parts):
        for reason, spellings in corrections.REASON_WORDS.items():
            if fold(part) in {fold(each) for each in spellings}:
                return CorrectionReason(reason), ",".join(parts[:at] + parts[at + 1 :])
    said = text.split()
    for reason, spellings in corrections.REASON_WORDS.items():
        for spelling in spellings:
            count = len(spelling.split())
            if len(said) > count and fold(" ".join(said[-count:])) == fold(spelling):
                return CorrectionReason(reason), " ".join(said[:-count])
    return None, text
