"""«Ждём отчёты»: remind all or one, excuse with a reason, enter by phone."""

from bot.domain.awaiting import RemindedLately
from bot.domain.people import Role
from bot.domain.period import Period
from bot.screens import awaiting as screens
from bot.texts import awaiting as words
from handlers.errors import BadButton, number, page, word
from handlers.feature import Feature
from handlers.report_showing import show_report
from handlers.turn import Turn

AWAITS_WHY = "excuse_reason"


def create_feature() -> Feature:
    return Feature(
        "awaited",
        taps={
            "wa": on_remind_all,
            "wz": on_delivery,
            "wl": on_list,
            "wr": on_card,
            "wo": on_remind_one,
            "we": on_why,
            "wx": on_excuse,
            "wu": on_expect_again,
            "wp": on_by_phone,
        },
        inputs={AWAITS_WHY: why_typed},
    )


async def on_remind_all(turn: Turn, fields: list[str]) -> None:
    period = _period(fields)
    try:
        asked = await turn.services.day.awaiting.remind_all(turn.actor, period, turn.now)
    except RemindedLately as error:
        await turn.show(screens.too_soon(error.at, error.again_at, period, turn.zone))
        return
    if not asked:
        await turn.show(screens.nobody(period))
        return
    turn.wake_sender()
    await _delivery(turn, period)


async def on_delivery(turn: Turn, fields: list[str]) -> None:
    await _delivery(turn, _period(fields))


async def on_list(turn: Turn, fields: list[str]) -> None:
    period = _period(fields)
    found = await turn.services.day.awaiting.awaited(turn.actor, period)
    await turn.show(screens.one_by_one(found, period, page(fields, 1)))


async def on_card(turn: Turn, fields: list[str]) -> None:
    await _card(turn, number(fields, 0))


async def on_remind_one(turn: Turn, fields: list[str]) -> None:
    report_number = number(fields, 0)
    _, person = await turn.services.day.awaiting.card(turn.actor, report_number, turn.now)
    done = await turn.services.day.awaiting.remind_one(turn.actor, report_number, turn.now)
    await _card(turn, report_number, words.one_reminded(person.code) if done and person else words.NOBODY_TO_REMIND)


async def on_why(turn: Turn, fields: list[str]) -> None:
    turn.actor.need(Role.COORDINATOR)
    await turn.show(screens.why_none(number(fields, 0)))


async def on_excuse(turn: Turn, fields: list[str]) -> None:
    report_number, reason = number(fields, 0), word(fields, 1)
    turn.actor.need(Role.COORDINATOR)
    if reason == "other":
        await turn.expect(AWAITS_WHY, report=report_number)
        await turn.show(screens.write_why(report_number))
        return
    if reason not in words.REASONS:
        raise BadButton
    await turn.services.day.awaiting.excuse(turn.actor, report_number, words.REASONS[reason], turn.now)
    await turn.show(screens.excused(report_number))


async def why_typed(turn: Turn, data: dict[str, object]) -> None:
    report_number = int(str(data["report"]))
    if not turn.text.strip():
        await turn.say(screens.write_why(report_number))
        return
    await turn.forget()
    await turn.services.day.awaiting.excuse(turn.actor, report_number, turn.text, turn.now)
    await turn.say(screens.excused(report_number))


async def on_expect_again(turn: Turn, fields: list[str]) -> None:
    await turn.services.day.awaiting.expect_again(turn.actor, number(fields, 0), turn.now)
    await _card(turn, number(fields, 0), words.REINSTATED)


async def on_by_phone(turn: Turn, fields: list[str]) -> None:
    """The coordinator asks by phone and taps for the observer: marked «внесено со слов»."""
    turn.actor.need(Role.COORDINATOR)
    await show_report(turn, await turn.services.reporting.open(turn.actor, number(fields, 0), turn.now))


async def _card(turn: Turn, report_number: int, notice: str = "") -> None:
    view, person = await turn.services.day.awaiting.card(turn.actor, report_number, turn.now)
    await turn.show(screens.card(view, person, notice))


async def _delivery(turn: Turn, period: Period) -> None:
    found = await turn.services.day.awaiting.delivery(turn.actor, period)
    await turn.show(screens.delivery(found, period, turn.zone) if found is not None else screens.nobody(period))


def _period(fields: list[str]) -> Period:
    try:
        return Period.from_code(word(fields, 0))
    except ValueError:
        raise BadButton from None
