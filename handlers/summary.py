"""The coordinator's day: «сводка», who has not reported, violations, schools."""

from bot.domain.checklist import ReportForm
from bot.domain.checklist_file import load_checklist
from bot.domain.people import READS_SUMMARY, SCHOOL_ROLES, Role
from bot.domain.period import Period
from bot.domain.period_words import parse_period
from bot.domain.screen import Screen
from bot.domain.summary import AwaitedReport
from bot.screens import summary as screens
from bot.texts import periods as period_words
from bot.texts import summary as words
from handlers.errors import BadButton, word
from handlers.export import for_reader
from handlers.feature import Command, Feature
from handlers.turn import Turn


def create_feature() -> Feature:
    command = Command("svodka", by_words, words.COMMAND_WORDS, takes_rest=True, roles=READS_SUMMARY | SCHOOL_ROLES)
    return Feature("summary", taps={"sv": by_button}, commands=[command])


async def by_words(turn: Turn, rest: str) -> None:
    today = turn.local.date()
    if rest.strip().lower() in words.REGION_WORDS:
        await turn.say(screens.region(await turn.services.summarising.region(turn.actor, today), today))
        return
    period = parse_period(rest, today)
    if period is None:
        await turn.say(Screen(period_words.NOT_UNDERSTOOD, ((screens.HOME,),)))
        return
    await turn.say(
        await _card(
            turn, await turn.services.summarising.narrowed(turn.actor, period) if not period.one_day else period
        )
    )


async def by_button(turn: Turn, fields: list[str]) -> None:
    """`sv` alone: today; else what, the days, the page."""
    today = turn.local.date()
    if not fields:
        await turn.show(await _card(turn, Period.day(today)))
        return
    what, period, page = word(fields, 0), _period(fields), _page(fields)
    match what:
        case "c":
            await turn.show(await _card(turn, period))
        case "w":
            found = await turn.services.summarising.awaited(turn.actor, period)
            await turn.show(
                screens.awaited(found, period, today, turn.zone, _asked, page, acting=turn.actor.has(Role.COORDINATOR))
            )
        case "v":
            violations = await turn.services.summarising.violations(turn.actor, period)
            await turn.show(screens.violations(violations, period, today, page))
        case "s":
            summary = await turn.services.summarising.summary(turn.actor, period, turn.now)
            await turn.show(screens.schools(summary, today, page))
        case _:
            raise BadButton


async def _card(turn: Turn, period: Period) -> Screen:
    summary = await turn.services.summarising.summary(turn.actor, period, turn.now)
    days = await turn.services.summarising.days(turn.actor, period.first) if summary.empty else []
    today = turn.local.date()
    since = (
        await turn.services.summarising.since_last(turn.actor, summary, turn.now)
        if period == Period.day(today)
        else None
    )
    return for_reader(turn, screens.card(summary, today, turn.zone, days, since=since))


def _asked(report: AwaitedReport) -> int:
    checklist = load_checklist()
    return len(checklist.items(ReportForm(report.form), report.work_form))


def _period(fields: list[str]) -> Period:
    try:
        return Period.from_code(word(fields, 1))
    except ValueError:
        raise BadButton from None


def _page(fields: list[str]) -> int:
    if len(fields) < 3:
        return 0
    if not (fields[2].isascii() and fields[2].isdigit() and len(fields[2]) < 6):
        raise BadButton
    return int(fields[2])
