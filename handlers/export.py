"""Files for the coordinator: «эксель за 23 апреля», «акт 7315», «справка за неделю», and the menu of exports."""

from bot.domain.export import ExportKind, Wanted
from bot.domain.people import READS_SUMMARY, Role, SchoolId
from bot.domain.period import Period
from bot.domain.period_words import EVERYTHING, parse_period
from bot.domain.screen import Screen
from bot.screens import export as screens
from bot.texts import export as words
from handlers.errors import BadButton, number, word
from handlers.feature import Command, Feature
from handlers.turn import Turn

PREFIX = "ex"


def create_feature() -> Feature:
    return Feature(
        "export",
        taps={PREFIX: by_button},
        commands=[
            Command("excel", by_words, words.COMMAND_WORDS, takes_rest=True, roles=READS_SUMMARY),
            Command("akt", act_by_words, words.ACT_WORDS, takes_rest=True, roles=READS_SUMMARY),
            Command("akty", acts_by_words, words.ACTS_WORDS, takes_rest=True, roles=READS_SUMMARY),
            Command("spravka", certificate_by_words, words.CERTIFICATE_WORDS, takes_rest=True, roles=READS_SUMMARY),
            Command("novost", publication_by_words, words.PUBLICATION_WORDS, takes_rest=True, roles=READS_SUMMARY),
        ],
    )


async def by_words(turn: Turn, rest: str) -> None:
    """«эксель», «эксель за неделю», «эксель СОШ 5», «эксель СОШ 5 за неделю»."""
    if not rest:
        await turn.say(screens.kinds(names=turn.actor.has(Role.COORDINATOR)))
        return
    await _order_by_words(turn, ExportKind.BOOK, rest)


async def certificate_by_words(turn: Turn, rest: str) -> None:
    await _order_by_words(turn, ExportKind.CERTIFICATE, rest or words.WEEK)


async def act_by_words(turn: Turn, rest: str) -> None:
    digits = rest.strip(" №.#")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 12):
        await turn.say(screens.said(words.ACT_NOT_UNDERSTOOD))
        return
    await _order(turn, Wanted(ExportKind.ACT, EVERYTHING, report=int(digits)))


async def acts_by_words(turn: Turn, rest: str) -> None:
    """«акты СОШ 5», «акты СОШ 5 за вчера»: acts are of a school."""
    if await turn.services.summarising.school_in(turn.actor, rest) is None:
        await turn.say(screens.said(f"{words.SCHOOL_NOT_FOUND}\n{words.ACT_NOT_UNDERSTOOD}"))
        return
    await _order_by_words(turn, ExportKind.ACT, rest)


async def publication_by_words(turn: Turn, rest: str) -> None:
    period = parse_period(rest, turn.local.date())
    if period is None:
        await turn.say(screens.said(words.NOT_UNDERSTOOD))
        return
    await _publication(turn, period)


def for_reader(turn: Turn, screen: Screen) -> Screen:
    """Schools read their day in chat; files are for those who read the whole municipality."""
    return screen if turn.actor.has(*READS_SUMMARY) else screen.without(PREFIX)


async def by_button(turn: Turn, fields: list[str]) -> None:
    match word(fields, 0):
        case "m":
            await turn.show(screens.kinds(names=turn.actor.has(Role.COORDINATOR)))
        case "k":
            await turn.show(await _periods(turn, _kind(fields, 1).value))
        case "d":
            kind = _kind(fields, 2) if len(fields) > 2 else ExportKind.BOOK
            school = SchoolId(number(fields, 3)) if len(fields) > 3 else None
            await _order(turn, Wanted(kind, _period(fields), school))
        case "a":
            await _order(turn, Wanted(ExportKind.ACT, EVERYTHING, report=number(fields, 1)))
        case "x":
            ended = await turn.services.exporting.cancel(turn.actor, number(fields, 1), turn.now)
            await turn.show(screens.cancelled() if ended else screens.said(words.TOO_LATE))
        case "p":
            await _publication(turn, Period.day(turn.local.date()) if word(fields, 1) == "t" else _period(fields))
        case _:
            raise BadButton


async def _order_by_words(turn: Turn, kind: ExportKind, rest: str) -> None:
    today = turn.local.date()
    period = parse_period(rest, today)
    school = None
    if period is None:
        found = await turn.services.summarising.school_in(turn.actor, rest)
        if found is None:
            await turn.say(screens.said(f"{words.NOT_UNDERSTOOD}\n{words.SCHOOL_NOT_FOUND}"))
            return
        school, left = found
        period = parse_period(left, today) if left else EVERYTHING
        if period is None:
            await turn.say(screens.said(words.NOT_UNDERSTOOD))
            return
    await _order(turn, Wanted(kind, period, school))


async def _order(turn: Turn, wanted: Wanted) -> None:
    has_own_days = wanted.kind is ExportKind.HOTLINE  # people write on days without works, too
    if not wanted.period.one_day and wanted.report is None and not has_own_days:
        period = await turn.services.summarising.narrowed(turn.actor, wanted.period)
        wanted = Wanted(wanted.kind, period, wanted.school_id)
    if wanted.report is None and not has_own_days and (empty := await _nothing_in(turn, wanted)) is not None:
        await turn.say(empty)
        return
    job_id, before = await turn.services.exporting.order(turn.actor, wanted, turn.key, turn.now)
    if before:
        await turn.say(screens.queued(job_id, before))
        return
    await turn.toast(words.MAKING)
    await turn.messenger.typing(turn.chat_id, "upload_document")


async def _nothing_in(turn: Turn, wanted: Wanted) -> Screen | None:
    """What is said instead of an empty file; None when there is something to export."""
    summarising = turn.services.summarising
    if await summarising.has_works(turn.actor, wanted.period, wanted.school_id):
        return None
    if wanted.period == EVERYTHING:
        return screens.said(words.NO_DAYS)
    days = [] if wanted.school_id else await summarising.days(turn.actor, wanted.period.first)
    return screens.no_works(wanted.kind.value, wanted.period, turn.local.date(), days)


async def _periods(turn: Turn, kind: str) -> Screen:
    today = turn.local.date()
    if kind == ExportKind.HOTLINE.value:
        return screens.periods(kind, today, [], Period.school_year_of(today))
    whole = await turn.services.summarising.narrowed(turn.actor, EVERYTHING)
    days = await turn.services.summarising.days(turn.actor, today)
    return screens.periods(kind, today, days, None if whole == EVERYTHING else whole)


async def _publication(turn: Turn, period: Period) -> None:
    summary = await turn.services.summarising.summary(turn.actor, period, turn.now)
    await turn.say(screens.publication(summary, turn.services.exporting.municipality))


def _kind(fields: list[str], index: int) -> ExportKind:
    try:
        return ExportKind(word(fields, index))
    except ValueError:
        raise BadButton from None


def _period(fields: list[str]) -> Period:
    try:
        return Period.from_code(word(fields, 1))
    except ValueError:
        raise BadButton from None
