"""From the summary down: a school's day, a report, an answer, its photos; by buttons and by words."""

import asyncio

from bot.botapi import BotApiError, BotApiUnsure
from bot.domain.drill_words import Asked, item_code, parse_asked, typed_photo
from bot.domain.errors import UnknownItem
from bot.domain.people import READS_SUMMARY, SCHOOL_ROLES, Role, SchoolId
from bot.domain.period import Period
from bot.domain.photo import NotAPicture
from bot.domain.report.record import ReportKind
from bot.domain.screen import Screen
from bot.pictures.preview import preview
from bot.screens import drill as screens
from bot.screens import pictures as captions
from bot.texts import drill as words
from handlers.errors import BadButton, number, word
from handlers.export import for_reader
from handlers.feature import Command, Feature
from handlers.turn import Turn

MOST_DIGITS = 12
LOOKERS = READS_SUMMARY | SCHOOL_ROLES


def create_feature() -> Feature:
    commands = [
        Command("shkola", by_words, words.COMMAND_WORDS, takes_rest=True, roles=LOOKERS),
        Command("istoria", history_by_words, words.HISTORY_COMMAND, takes_rest=True, roles=LOOKERS),
        Command("pokazat", report_by_words, words.SHOW_COMMAND, takes_rest=True, roles=LOOKERS, fits=_numbered),
        Command("foto", photos_by_words, words.PHOTO_COMMAND, takes_rest=True, roles=LOOKERS, fits=_numbered),
    ]
    return Feature("looking", taps={"sd": by_button}, commands=commands)


async def by_words(turn: Turn, rest: str) -> None:
    """«школа 5», «школа 5 за вчера», «школа 5 6Б», «школа 5 6Б Б6», «школа 5 история»."""
    found = await turn.services.summarising.school_in(turn.actor, rest) if rest else None
    if found is None:
        await turn.say(screens.said(words.SCHOOL_NOT_FOUND))
        return
    school_id, left = found
    asked = parse_asked(left, turn.local.date())
    if asked is None:
        await turn.say(screens.said(words.NOT_UNDERSTOOD))
    elif asked.history:
        await turn.say(screens.history(await turn.services.looking.history(turn.actor, school_id)))
    elif asked.class_name:
        await turn.say(await _class(turn, school_id, asked))
    else:
        await turn.say(await _school(turn, asked.period, school_id))


async def history_by_words(turn: Turn, rest: str) -> None:
    """«история 5», «история школы 5»."""
    found = await turn.services.summarising.school_in(turn.actor, rest) if rest else None
    if found is None:
        await turn.say(screens.said(words.SCHOOL_NOT_FOUND))
        return
    await turn.say(screens.history(await turn.services.looking.history(turn.actor, found[0])))


async def report_by_words(turn: Turn, rest: str) -> None:
    """«показать 7315», «показать 7315 Б6»."""
    asked = _report_and_item(rest)
    if asked is None:
        await turn.say(screens.said(words.REPORT_NOT_UNDERSTOOD))
        return
    await turn.say(await _report(turn, *asked))


async def photos_by_words(turn: Turn, rest: str) -> None:
    """«фото 7315», «фото 7315 Б6», «фото 7315-812»."""
    if (one := typed_photo(rest)) is not None:
        await show_photos(turn, one[0], only=one[1])
        return
    asked = _report_and_item(rest)
    if asked is None:
        await turn.say(screens.said(words.REPORT_NOT_UNDERSTOOD))
        return
    await show_photos(turn, *asked)


def _numbered(rest: str) -> bool:
    return rest.lstrip(" №#")[:1].isdigit() or not rest


def _report_and_item(rest: str) -> tuple[int, str] | None:
    """(number, code or «»); None when it is not understood."""
    number_, _, item = rest.strip(" №#.").partition(" ")
    if not (number_.isascii() and number_.isdigit() and len(number_) < MOST_DIGITS):
        return None
    code = item_code(item)
    return (int(number_), code) if bool(code) == bool(item.strip()) else None


async def _report(turn: Turn, report: int, item: str) -> Screen:
    sheet, acting = await turn.services.looking.report(turn.actor, report), turn.actor.has(Role.COORDINATOR)
    if not item:
        return for_reader(turn, screens.report(sheet, turn.zone, acting=acting))
    try:
        return screens.item(sheet, item, turn.zone, acting=acting)
    except UnknownItem:
        return screens.said(words.NO_SUCH_ITEM)


async def _class(turn: Turn, school_id: SchoolId, asked: Asked) -> Screen:
    """The report about this class when there is one; otherwise what is known of its works."""
    days = await turn.services.looking.days(turn.actor, school_id, asked.period)
    for day in days:
        shown = await turn.services.looking.school_day(turn.actor, school_id, day, turn.now)
        mine = shown.of_class(asked.class_name) if shown is not None else None
        if mine is None:
            continue
        reports = [report for work in mine.works for report in work.reports if report.kind is ReportKind.OBSERVER]
        if len(reports) == 1 and not reports[0].hidden:
            return await _report(turn, reports[0].number, asked.item)
        return for_reader(turn, screens.school_day(mine, day, turn.zone))
    return screens.said(words.NO_SUCH_CLASS)


async def by_button(turn: Turn, fields: list[str]) -> None:
    looking, acting = turn.services.looking, turn.actor.has(Role.COORDINATOR)
    match word(fields, 0):
        case "o":
            await turn.show(await _school(turn, _period(fields), SchoolId(number(fields, 2))))
        case "r":
            await turn.show(await _report(turn, number(fields, 1), ""))
        case "a":
            page = number(fields, 2) if len(fields) > 2 else 0
            await turn.show(screens.answers(await looking.report(turn.actor, number(fields, 1)), page))
        case "i":
            sheet = await looking.report(turn.actor, number(fields, 1))
            try:
                await turn.show(screens.item(sheet, word(fields, 2), turn.zone, acting=acting))
            except UnknownItem:
                raise BadButton from None
        case "f":
            await show_photos(turn, number(fields, 1), fields[2] if len(fields) > 2 else "")
        case "h":
            await turn.show(screens.history(await looking.history(turn.actor, SchoolId(number(fields, 1)))))
        case "p":
            await _picture(turn, _period(fields), SchoolId(number(fields, 2)))
        case _:
            raise BadButton


async def _school(turn: Turn, period: Period, school_id: SchoolId) -> Screen:
    """Its day; of several days the last one with works."""
    days = [period.last] if period.one_day else await turn.services.looking.days(turn.actor, school_id, period)
    day = days[0] if days else period.last
    shown = await turn.services.looking.school_day(turn.actor, school_id, day, turn.now)
    return (
        screens.no_works(day, school_id)
        if shown is None
        else for_reader(turn, screens.school_day(shown, day, turn.zone))
    )


async def show_photos(turn: Turn, report: int, item: str = "", only: int | None = None) -> None:
    """Small copies without metadata, one message each; what cannot be shown is said."""
    found = await turn.services.looking.photos(turn.actor, report, item, only)
    await turn.toast(words.photos_label(len(found)))
    if not found:
        await turn.say(Screen(words.NO_PHOTOS))
    for photo in found:
        caption = words.photo_caption(report, photo.id, photo.item)
        try:
            if photo.content is None:
                raise NotAPicture("broken")
            content = await asyncio.to_thread(preview, photo.content)
            await turn.messenger.send_photo(turn.chat_id, content, Screen(caption))
        except NotAPicture:
            await turn.say(Screen(f"{caption}: {words.PHOTO_LATER}"))
        except (BotApiError, BotApiUnsure):
            await turn.say(Screen(f"{caption}: {words.PHOTO_NOT_SENT}"))


async def _picture(turn: Turn, period: Period, school_id: SchoolId) -> None:
    drawn = await turn.services.picturing.school(turn.actor, school_id, period.last, turn.now)
    screen = await _school(turn, period, school_id)
    if drawn is None:
        await turn.show(screen)
        return
    await turn.toast(words.DAY_PICTURE)
    try:
        content, title, works = drawn
        await turn.messenger.send_photo(turn.chat_id, content, captions.school_day(title, works, screen.rows))
    except (BotApiError, BotApiUnsure):
        await turn.say(screen)


def _period(fields: list[str]) -> Period:
    try:
        return Period.from_code(word(fields, 1))
    except ValueError:
        raise BadButton from None
