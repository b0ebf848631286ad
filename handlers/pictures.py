"""Pictures of the day and the week: by button under the summary, and by the word «картинка»."""

from bot.botapi import BotApiError, BotApiUnsure
from bot.domain.people import READS_SUMMARY, SCHOOL_ROLES
from bot.domain.period import Period
from bot.domain.period_words import parse_period
from bot.domain.screen import Screen
from bot.screens import pictures as screens
from bot.screens import summary as summary_screens
from bot.texts import periods as period_words
from bot.texts import pictures as words
from handlers.errors import BadButton, word
from handlers.export import for_reader
from handlers.feature import Command, Feature
from handlers.turn import Turn


def create_feature() -> Feature:
    command = Command("kartinka", by_words, words.COMMAND_WORDS, takes_rest=True, roles=READS_SUMMARY | SCHOOL_ROLES)
    return Feature("pictures", taps={"sp": by_button}, commands=[command])


async def by_words(turn: Turn, rest: str) -> None:
    period = parse_period(rest, turn.local.date())
    if period is None:
        await turn.say(Screen(period_words.NOT_UNDERSTOOD))
        return
    await _day(turn, period)


async def by_button(turn: Turn, fields: list[str]) -> None:
    what = word(fields, 0)
    try:
        period = Period.from_code(word(fields, 1))
    except ValueError:
        raise BadButton from None
    picturing, today = turn.services.picturing, turn.local.date()
    match what:
        case "m":
            await turn.show(screens.choice(period, today))
        case "d":
            await _day(turn, period)
        case "v":
            content, counts = await picturing.violations(turn.actor, period, turn.now)
            await _send(turn, content, screens.violations(counts, period, today))
        case "p":
            content, days = await picturing.punctuality(turn.actor, period, turn.now)
            await _send(turn, content, screens.punctuality(days, period, today))
        case "h":
            await _schools(turn, period)
        case _:
            raise BadButton


async def _day(turn: Turn, period: Period) -> None:
    picture = await turn.services.picturing.day(turn.actor, period, turn.now)
    await _send(turn, picture.content, screens.day(picture.summary, turn.local.date(), turn.zone))


async def _schools(turn: Turn, period: Period) -> None:
    """All schools, thirty a sheet; without a sheet, or when one does not get through, as the list in text."""
    pages = await turn.services.picturing.heatmaps(turn.actor, period, turn.now)
    for number, (page, grid) in enumerate(pages, 1):
        caption = screens.heatmap(number, len(pages), grid)
        if not await turn.send_file(words.heatmap_name(period.code, number), page, caption):
            break
    else:
        if pages:
            return
    summary = await turn.services.summarising.summary(turn.actor, period, turn.now)
    listed = summary_screens.schools(summary, turn.local.date())
    told = f"{words.PICTURE_LATER}\n{listed.text}" if pages else listed.text
    await turn.say(for_reader(turn, Screen(told, listed.rows)))


async def _send(turn: Turn, content: bytes, caption: Screen) -> None:
    """A picture that does not get through leaves its numbers behind as text."""
    await turn.toast(words.DRAWING)
    try:
        await turn.messenger.send_photo(turn.chat_id, content, for_reader(turn, caption))
    except (BotApiError, BotApiUnsure):
        await turn.say(for_reader(turn, Screen(f"{words.PICTURE_LATER}\n{caption.text}", caption.rows)))
