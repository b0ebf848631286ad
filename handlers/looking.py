"""From the summary down: a school's day, a report, an answer, its photos; «школа 5», «отчёт» is the observers' own word."""

import asyncio

from bot.botapi import BotApiError, BotApiUnsure
from bot.domain.errors import UnknownItem
from bot.domain.people import READS_SUMMARY, SCHOOL_ROLES, Role, SchoolId
from bot.domain.period import Period
from bot.domain.period_words import parse_period
from bot.domain.photo import NotAPicture
from bot.domain.screen import Screen
from bot.pictures.preview import preview
from bot.screens import drill as screens
from bot.texts import drill as words
from bot.texts import export as export_words
from handlers.errors import BadButton, number, word
from handlers.export import for_reader
from handlers.feature import Command, Feature
from handlers.turn import Turn


def create_feature() -> Feature:
    command = Command("shkola", by_words, words.COMMAND_WORDS, takes_rest=True, roles=READS_SUMMARY | SCHOOL_ROLES)
    return Feature("looking", taps={"sd": by_button}, commands=[command])


async def by_words(turn: Turn, rest: str) -> None:
    """«школа 5», «школа 5 за вчера»."""
    found = await turn.services.summarising.school_in(turn.actor, rest) if rest else None
    if found is None:
        await turn.say(Screen(export_words.SCHOOL_NOT_FOUND, ((screens.HOME,),)))
        return
    school_id, left = found
    period = parse_period(left, turn.local.date()) or Period.day(turn.local.date())
    await turn.say(await _school(turn, period, school_id))


async def by_button(turn: Turn, fields: list[str]) -> None:
    looking, acting = turn.services.looking, turn.actor.has(Role.COORDINATOR)
    match word(fields, 0):
        case "o":
            await turn.show(await _school(turn, _period(fields), SchoolId(number(fields, 2))))
        case "r":
            sheet = await looking.report(turn.actor, number(fields, 1))
            await turn.show(for_reader(turn, screens.report(sheet, turn.zone, acting=acting)))
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
            await _photos(turn, number(fields, 1), fields[2] if len(fields) > 2 else "")
        case "h":
            await turn.show(screens.history(await looking.history(turn.actor, SchoolId(number(fields, 1)))))
        case "p":
            await _picture(turn, _period(fields), SchoolId(number(fields, 2)))
        case _:
            raise BadButton


async def _school(turn: Turn, period: Period, school_id: SchoolId) -> Screen:
    day = period.last
    shown = await turn.services.looking.school_day(turn.actor, school_id, day, turn.now)
    return (
        screens.no_works(day, school_id)
        if shown is None
        else for_reader(turn, screens.school_day(shown, day, turn.zone))
    )


async def _photos(turn: Turn, report: int, item: str) -> None:
    """Small copies without metadata, one message each; what cannot be shown is said."""
    found = await turn.services.looking.photos(turn.actor, report, item)
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
        await turn.messenger.send_photo(turn.chat_id, drawn, screens.short_caption(screen))
    except (BotApiError, BotApiUnsure):
        await turn.say(screen)


def _period(fields: list[str]) -> Period:
    try:
        return Period.from_code(word(fields, 1))
    except ValueError:
        raise BadButton from None
