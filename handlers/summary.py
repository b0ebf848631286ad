"""The coordinator's day: «сводка», who has not reported, violations, schools."""

from datetime import date
from functools import partial

from bot.domain.checklist import ReportForm
from bot.domain.checklist_file import load_checklist
from bot.domain.findings import AwaitedReport
from bot.domain.people import READS_SUMMARY, SCHOOL_ROLES, MunicipalityId, Role
from bot.domain.period import Period, scope_of
from bot.domain.period_words import parse_period
from bot.domain.screen import Screen
from bot.screens import summary as screens
from bot.texts import periods as period_words
from bot.texts import summary as words
from handlers import looking
from handlers.errors import BadButton, number, word
from handlers.export import for_reader
from handlers.feature import Command, Feature
from handlers.turn import Turn

ANY_DAY = date(2000, 1, 1)


def create_feature() -> Feature:
    commands = [
        Command(
            "svodka",
            by_words,
            words.COMMAND_WORDS,
            takes_rest=True,
            roles=READS_SUMMARY | SCHOOL_ROLES,
            breaks_in=_days,
        ),
        *(
            Command(name, partial(_list_by_words, what), spoken, takes_rest=True, roles=READS_SUMMARY, fits=_days)
            for name, what, spoken in (
                ("narusheniya", "v", words.VIOLATION_COMMAND),
                ("zhdem", "w", words.AWAITED_COMMAND),
                ("shkoly", "s", words.SCHOOLS_COMMAND),
            )
        ),
    ]
    return Feature("summary", taps={"sv": by_button}, commands=commands)


def _days(rest: str) -> bool:
    """«нарушения за вчера» is meant for us, «нарушения были в кабинете» is not."""
    return parse_period(rest, ANY_DAY) is not None


async def by_words(turn: Turn, rest: str) -> None:
    today = turn.local.date()
    if rest.strip().lower() in words.REGION_WORDS:
        await turn.say(screens.region(await turn.services.summarising.region(turn.actor, today), today))
        return
    period = parse_period(rest, today)
    if period is None:
        if not period_words.LEADING.match(rest) and await turn.services.summarising.school_in(turn.actor, rest):
            await looking.by_words(turn, rest)  # «сводка СОШ 5 за вчера»: the day of that school
            return
        await turn.say(Screen(period_words.NOT_UNDERSTOOD, ((screens.HOME,),)))
        return
    await turn.say(
        await _card(
            turn, await turn.services.summarising.narrowed(turn.actor, period) if not period.one_day else period
        )
    )


async def by_button(turn: Turn, fields: list[str]) -> None:
    """`sv` alone: today; else what, the days, the page, the municipality."""
    today = turn.local.date()
    if not fields:
        await turn.show(await _card(turn, Period.day(today)))
        return
    what, period, page = word(fields, 0), _period(fields), _page(fields)
    place = MunicipalityId(number(fields, 3)) if len(fields) > 3 else None
    match what:
        case "c":
            await turn.show(await _card(turn, period))
        case "r":
            await turn.show(
                screens.region(await turn.services.summarising.region(turn.actor, period.last), today, page)
            )
        case "m" if place is not None:
            told = await turn.services.summarising.region(turn.actor, period.last)
            summary = await turn.services.summarising.summary(turn.actor, period, turn.now, of=place)
            name = next((line.name for line in told.lines if line.municipality_id == place), "")
            await turn.show(screens.municipality(summary, name, place, today, turn.zone))
        case "w" | "v" | "s":
            await turn.show(await _listed(turn, what, period, page, place))
        case _:
            raise BadButton


async def _list_by_words(what: str, turn: Turn, rest: str) -> None:
    """«нарушения», «нарушения за вчера», «ждём», «школы за неделю»."""
    period = parse_period(rest, turn.local.date())
    if period is None:
        await turn.say(Screen(period_words.NOT_UNDERSTOOD, ((screens.HOME,),)))
        return
    if not period.one_day:
        period = await turn.services.summarising.narrowed(turn.actor, period)
    await turn.say(await _listed(turn, what, period, 0, None))


async def _listed(turn: Turn, what: str, period: Period, page: int, place: MunicipalityId | None) -> Screen:
    """Awaited reports, violations, or schools (of one municipality, when it is given)."""
    summarising, today = turn.services.summarising, turn.local.date()
    match what:
        case "w":
            found = await summarising.awaited(turn.actor, period)
            acting = turn.actor.has(Role.COORDINATOR)
            return screens.awaited(found, period, today, turn.zone, _asked, page, acting=acting)
        case "v":
            return screens.violations(await summarising.violations(turn.actor, period), period, today, page)
        case _:
            summary = await summarising.summary(turn.actor, period, turn.now, of=place)
            return screens.schools(summary, today, page, place=place)


async def _card(turn: Turn, period: Period) -> Screen:
    summary = await turn.services.summarising.summary(turn.actor, period, turn.now)
    days = await turn.services.summarising.days(turn.actor, period.first) if summary.empty else []
    today = turn.local.date()
    since = (
        await turn.services.summarising.since_last(turn.actor, summary, turn.now)
        if period == Period.day(today)
        else None
    )
    places = len(scope_of(turn.actor).municipalities) > 1
    return for_reader(turn, screens.card(summary, today, turn.zone, days, since=since, places=places))


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
