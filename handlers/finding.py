"""«найти 5», «сош 5», «Н-017»; the card of a school, the risk list, the log of deeds."""

from bot.domain.finding import person_code
from bot.domain.people import Role
from bot.domain.risk import Procedure, RiskList, RiskMark
from bot.domain.screen import Screen
from bot.screens import finding as screens
from bot.texts import finding as words
from handlers.errors import BadButton, number, word
from handlers.feature import Command, Feature
from handlers.turn import Turn

AWAITS_WORD = "find"
COORDINATORS = frozenset({Role.COORDINATOR})
LONGEST = 60
EARLIEST = 2015


def create_feature() -> Feature:
    return Feature(
        "finding",
        taps={"fs": on_school, "rsk": on_risk, "rsl": on_risk_of, "fj": on_journal, "fjx": on_journal_file},
        commands=[
            Command("find", find, words.COMMAND_WORDS, takes_rest=True, roles=COORDINATORS),
            Command("zhurnal", journal, words.JOURNAL_WORDS, roles=COORDINATORS),
            Command("risk", risk, words.RISK_WORDS, roles=COORDINATORS),
        ],
        inputs={AWAITS_WORD: word_typed},
        brief=frozenset({AWAITS_WORD}),
        text=text_sent,
    )


async def find(turn: Turn, rest: str) -> None:
    if not rest:
        turn.actor.need(Role.COORDINATOR)
        await turn.expect(AWAITS_WORD)
        await turn.say(screens.said(words.ASK))
        return
    await _find(turn, rest)


async def word_typed(turn: Turn, data: dict[str, object]) -> None:
    await _find(turn, turn.text)


async def text_sent(turn: Turn) -> bool:
    """A code or a school written without a word before it."""
    if not turn.actor.has(Role.COORDINATOR) or not 0 < len(turn.text) <= LONGEST:
        return False
    result = await turn.services.finding.find(turn.actor, turn.text)
    if not result and person_code(turn.text) is None:
        return False
    await _show(turn, turn.text)
    return True


async def on_school(turn: Turn, fields: list[str]) -> None:
    await turn.show(await _school(turn, number(fields, 0)))


async def risk(turn: Turn, rest: str) -> None:
    await turn.say(screens.risk_list(await turn.services.finding.risk_list(turn.actor)))


async def on_risk(turn: Turn, fields: list[str]) -> None:
    """`rsk` the list; `rsk:3:2025:1` school 3 is on it for 2025, `…:0` is not; `…:low:gia9` on another list."""
    if not fields:
        await turn.show(screens.risk_list(await turn.services.finding.risk_list(turn.actor)))
        return
    school_id, year, held = number(fields, 0), number(fields, 1), word(fields, 2) == "1"
    if not EARLIEST <= year <= turn.local.year:
        raise BadButton
    mark = RiskMark(year, *_list(fields[3:]))
    await turn.services.finding.set_risk(turn.actor, school_id, mark, held, turn.now)
    await turn.show(
        await (_risk_of(turn, school_id, *_list(fields[3:])) if len(fields) > 3 else _school(turn, school_id))
    )


async def on_risk_of(turn: Turn, fields: list[str]) -> None:
    """`rsl:3` every list of school 3; `rsl:3:low:gia9` this one to be marked."""
    await turn.show(await _risk_of(turn, number(fields, 0), *_list(fields[1:])))


async def _risk_of(turn: Turn, school_id: int, list_: RiskList, procedure: Procedure) -> Screen:
    card = await turn.services.finding.school(turn.actor, school_id, turn.now)
    return screens.risk_of(card.school, card.risk, list_, procedure, turn.local.year)


def _list(fields: list[str]) -> tuple[RiskList, Procedure]:
    try:
        return (RiskList(fields[0]), Procedure(fields[1])) if len(fields) > 1 else (RiskList.OBJECTIVITY, Procedure.VPR)
    except ValueError:
        raise BadButton from None


async def journal(turn: Turn, rest: str) -> None:
    await turn.say(screens.journal(await turn.services.finding.deeds(turn.actor), turn.zone))


async def on_journal(turn: Turn, fields: list[str]) -> None:
    """`fj` the newest entries; `fj:120` those before entry 120."""
    before = number(fields, 0) if fields else None
    await turn.show(screens.journal(await turn.services.finding.deeds(turn.actor, before), turn.zone))


async def on_journal_file(turn: Turn, fields: list[str]) -> None:
    await turn.messenger.typing(turn.chat_id, "upload_document")
    content, count, broken = await turn.services.finding.journal(turn.actor, turn.now)
    state = words.INTACT if broken is None else words.broken(broken)
    if not await turn.send_file(words.JOURNAL_NAME, content, words.journal_caption(count, state)):
        await turn.say(screens.said(words.NOT_SENT))


async def _find(turn: Turn, text: str) -> None:
    await turn.forget()
    await _show(turn, text[:LONGEST])


async def _show(turn: Turn, text: str) -> None:
    result = await turn.services.finding.find(turn.actor, text)
    if len(result.schools) == 1 and not result.persons:
        await turn.say(await _school(turn, result.schools[0].id))
        return
    await turn.say(screens.found(text, result))


async def _school(turn: Turn, school_id: int) -> Screen:
    card = await turn.services.finding.school(turn.actor, school_id, turn.now)
    return screens.school(card.school, card.risk, card.ahead, card.coordinators, card.heads, turn.local.year)
