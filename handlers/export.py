"""Excel for the coordinator: «выгрузка», «эксель за 23 апреля», the button under the summary."""

from bot.domain.people import READS_SUMMARY
from bot.domain.period import Period
from bot.domain.period_words import EVERYTHING, parse_period
from bot.domain.screen import Screen
from bot.screens import export as screens
from bot.texts import export as words
from handlers.errors import BadButton, word
from handlers.feature import Command, Feature
from handlers.turn import Turn


def create_feature() -> Feature:
    command = Command("excel", by_words, words.COMMAND_WORDS, takes_rest=True, roles=READS_SUMMARY)
    return Feature("export", taps={"ex": by_button}, commands=[command])


async def by_words(turn: Turn, rest: str) -> None:
    if not rest:
        await turn.show(await _choice(turn))
        return
    period = parse_period(rest, turn.local.date())
    if period is None:
        await turn.say(Screen(words.NOT_UNDERSTOOD, ((screens.HOME,),)))
        return
    await _deliver(turn, period)


async def by_button(turn: Turn, fields: list[str]) -> None:
    what = word(fields, 0)
    if what == "m":
        await turn.show(await _choice(turn))
    elif what == "d":
        try:
            period = Period.from_code(word(fields, 1))
        except ValueError:
            raise BadButton from None
        await _deliver(turn, period)
    else:
        raise BadButton


async def _choice(turn: Turn) -> Screen:
    today = turn.local.date()
    whole = await turn.services.summarising.narrowed(turn.actor, EVERYTHING)
    days = await turn.services.summarising.days(turn.actor, today)
    return screens.choice(today, days, None if whole == EVERYTHING else whole)


async def _deliver(turn: Turn, period: Period) -> None:
    if not period.one_day:
        period = await turn.services.summarising.narrowed(turn.actor, period)
    await turn.toast(words.MAKING)
    await turn.messenger.typing(turn.chat_id, "upload_document")
    file = await turn.services.exporting.workbook(turn.actor, period, turn.now)
    made = file.made
    caption = words.caption(made.observations, made.school_reports, made.answers, made.violations, made.missing)
    if not made.agrees:
        caption = f"{caption}\n{words.DISAGREES}"
    if not await turn.send_file(file.name, file.content, caption):
        await turn.say(Screen(words.NOT_SENT, ((screens.HOME,),)))
