"""«Мои данные»: see, put right, take consent back, delete."""

from bot.domain.availability import is_every_day, read_availability
from bot.domain.enrolment import NoPersonalData, PhoneTaken, phone
from bot.domain.people import full_name
from bot.domain.screen import Screen
from bot.screens import personal_data as screens
from bot.texts import commands
from bot.texts import personal_data as words
from handlers.errors import BadButton, word
from handlers.feature import Command, Feature
from handlers.turn import Turn

AWAITS_CORRECTION = "correction"
ASKED = {"full_name": words.ASK_NAME, "phone": words.ASK_PHONE, "remarks": words.ASK_REMARK}


def create_feature() -> Feature:
    return Feature(
        "personal data",
        taps={"md": on_mine, "mdc": on_correct, "mdw": on_withdraw, "mdd": on_delete},
        commands=[
            Command("moi_dannye", mine, commands.MY_DATA),
            Command("udalit", delete, commands.DELETE_ME),
        ],
        inputs={AWAITS_CORRECTION: correction_typed},
    )


async def mine(turn: Turn, rest: str) -> None:
    await turn.say(await _mine(turn))


async def on_mine(turn: Turn, fields: list[str]) -> None:
    await turn.show(await _mine(turn))


async def on_correct(turn: Turn, fields: list[str]) -> None:
    """`mdc:full_name`: the next message is the name."""
    field = word(fields, 0)
    if field not in ASKED:
        raise BadButton
    if field != "remarks" and not turn.services.personal_data.names:
        raise NoPersonalData
    await turn.expect(AWAITS_CORRECTION, field=field)
    await turn.show(screens.said(ASKED[field]))


async def correction_typed(turn: Turn, data: dict[str, object]) -> None:
    field = str(data["field"])
    if not turn.text.strip():
        await turn.say(screens.said(ASKED[field]))
        return
    if field == "full_name" and full_name(turn.text) is None:
        await turn.say(screens.said(words.NOT_A_NAME))
        return
    typed = phone(turn.text) if field == "phone" else turn.text
    if typed is None:
        await turn.say(screens.said(words.NOT_A_PHONE))
        return
    names, notice = turn.services.personal_data.names, words.CORRECTED
    if field == "remarks":
        understood, always = str(read_availability(turn.text)), is_every_day(turn.text)
        if not (names or understood or always):
            await turn.say(screens.said(words.NOT_DAYS))
            return
        notice = words.days_noted(understood, always=always)
    try:
        await turn.services.personal_data.correct(turn.actor, field, typed, turn.now)
    except PhoneTaken:
        await turn.say(screens.said(words.PHONE_OF_ANOTHER))
        return
    await turn.forget()
    actor, _ = await turn.services.enrolment.actor(turn.actor.account)
    stored = await turn.services.personal_data.stored(actor)
    await turn.say(screens.mine(actor, stored, turn.zone, names=names, notice=notice))


async def on_withdraw(turn: Turn, fields: list[str]) -> None:
    if fields != ["yes"]:
        await turn.show(screens.ask(words.ASK_WITHDRAW, words.WITHDRAW_YES, "mdw:yes"))
        return
    await turn.services.personal_data.withdraw(turn.actor, turn.now)
    await turn.show(screens.said(words.WITHDRAWN))


async def delete(turn: Turn, rest: str) -> None:
    known = turn.actor.person is not None
    await turn.say(
        screens.ask(words.ASK_DELETE, words.DELETE_YES, "mdd:yes") if known else screens.said(words.STRANGER)
    )


async def on_delete(turn: Turn, fields: list[str]) -> None:
    if fields != ["yes"]:
        await turn.show(screens.ask(words.ASK_DELETE, words.DELETE_YES, "mdd:yes"))
        return
    await turn.services.personal_data.delete(turn.actor, turn.now)
    await turn.show(screens.said(words.DELETED))


async def _mine(turn: Turn) -> Screen:
    if turn.actor.person is None:
        return screens.said(words.STRANGER)
    stored = await turn.services.personal_data.stored(turn.actor)
    return screens.mine(turn.actor, stored, turn.zone, names=turn.services.personal_data.names)
