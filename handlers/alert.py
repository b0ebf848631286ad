"""«Срочно» from every screen and by word."""

from bot.domain.alert import AlertKind
from bot.screens import alert as screens
from bot.services.alerting import MAY_RAISE
from bot.texts import alert as words
from bot.texts import commands
from bot.texts import dictation as dictation_words
from bot.texts.folding import fold
from handlers.errors import BadButton, number, word
from handlers.feature import Command, Feature
from handlers.turn import Turn

AWAITS_DETAILS = "alert"
AWAITS_QUESTION = "alert_question"
AWAITS_REPLY = "alert_reply"
TAKES_PHOTOS = (AWAITS_DETAILS, AWAITS_REPLY)


def create_feature() -> Feature:
    return Feature(
        "alert",
        taps={
            "u": on_urgent,
            "uk": on_kind,
            "ux": on_recall,
            "ua": on_add,
            "uo": on_accept,
            "uf": on_false,
            "uq": on_ask,
            "ur": on_reply,
        },
        commands=[
            Command(
                "srochno",
                urgent,
                commands.URGENT,
                takes_rest=True,
                roles=frozenset(MAY_RAISE),
                fits=_may_be_signed,
                breaks_in=_may_be_signed,
                signed=True,
            )
        ],
        inputs={AWAITS_DETAILS: details_typed, AWAITS_QUESTION: question_typed, AWAITS_REPLY: reply_typed},
    )


def _may_be_signed(rest: str) -> bool:
    """A signal goes out under a code, from wherever somebody is; who asks not to be named is not a signal."""
    return not any(word in fold(rest) for word in words.UNSIGNED)


async def urgent(turn: Turn, rest: str) -> None:
    """«срочно» or «срочно у двоих телефоны»."""
    await _raise(turn, None, rest)


async def on_urgent(turn: Turn, fields: list[str]) -> None:
    """The first tap is the signal itself."""
    await _raise(turn, number(fields, 0) if fields else None, "")


async def _raise(turn: Turn, report_number: int | None, text: str) -> None:
    alert = await turn.services.alerting.raise_(turn.actor, report_number, text, turn.key, turn.now)
    if alert is None:
        await turn.say(screens.rehearsed(report_number))
        return
    turn.wake_sender()  # the coordinators are told before the observer's own answer has its turn
    await turn.expect(AWAITS_DETAILS, alert=alert.number)
    await turn.say(screens.raised(alert, turn.now, turn.zone))


async def on_kind(turn: Turn, fields: list[str]) -> None:
    try:
        kind = AlertKind(word(fields, 1))
    except ValueError:
        raise BadButton from None
    alert = await turn.services.alerting.set_kind(turn.actor, number(fields, 0), kind, turn.now)
    await turn.expect(AWAITS_DETAILS, alert=alert.number)
    await turn.show(screens.sent(alert))


async def on_recall(turn: Turn, fields: list[str]) -> None:
    await turn.services.alerting.recall(turn.actor, number(fields, 0), turn.now)
    await turn.forget()
    await turn.show(screens.said(words.RECALLED))


async def on_add(turn: Turn, fields: list[str]) -> None:
    await turn.expect(AWAITS_DETAILS, alert=number(fields, 0))
    await turn.say(screens.said(words.SEND_PHOTO if fields[1:] == ["photo"] else words.WRITE_MORE))


async def details_typed(turn: Turn, data: dict[str, object]) -> bool | None:
    """Words to the signal; a photo was kept with it before its caption comes here. A bare «да» answers something else."""
    assert turn.message is not None
    said = turn.text.strip()
    if fold(said) in {fold(word) for word in (*dictation_words.YES, *dictation_words.NO)}:
        return False
    if not said:
        await turn.say(screens.said(words.WRITE_MORE))
        return None
    alert = await turn.services.alerting.add(turn.actor, int(str(data["alert"])), said, turn.key, turn.now)
    if not turn.message.photo and not turn.message.document:
        await turn.say(screens.added(alert))
    return None


async def on_accept(turn: Turn, fields: list[str]) -> None:
    await turn.show(
        screens.for_staff(await turn.services.alerting.accept(turn.actor, number(fields, 0), turn.now), turn.zone)
    )


async def on_false(turn: Turn, fields: list[str]) -> None:
    alert = await turn.services.alerting.accept(turn.actor, number(fields, 0), turn.now, false=True)
    await turn.show(screens.for_staff(alert, turn.zone))


async def on_ask(turn: Turn, fields: list[str]) -> None:
    await turn.expect(AWAITS_QUESTION, alert=number(fields, 0))
    await turn.say(screens.said(words.ASK_WHAT))


async def question_typed(turn: Turn, data: dict[str, object]) -> None:
    if not turn.text.strip():
        await turn.say(screens.said(words.ASK_WHAT))
        return
    await turn.forget()
    await turn.services.alerting.ask(turn.actor, int(str(data["alert"])), turn.text.strip(), turn.key, turn.now)
    await turn.say(screens.said(words.QUESTION_SENT))


async def on_reply(turn: Turn, fields: list[str]) -> None:
    """«Ответить»: the next message goes to the coordinators, whatever else was awaited."""
    turn.actor.need(*MAY_RAISE)
    await turn.expect(AWAITS_REPLY, alert=number(fields, 0))
    await turn.say(screens.said(words.WRITE_REPLY))


async def reply_typed(turn: Turn, data: dict[str, object]) -> None:
    """A bare «да» is an answer here; a photo instead of words was kept with the signal, the words are awaited still."""
    assert turn.message is not None
    said = turn.text.strip()
    if not said:
        await turn.say(screens.said(words.WRITE_REPLY))
        return
    await turn.forget()
    alert = await turn.services.alerting.reply(turn.actor, int(str(data["alert"])), said, turn.key, turn.now)
    await turn.say(screens.replied(alert))
