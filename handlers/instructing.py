"""Instructions: coordinators make and send them, everybody concerned reads and signs."""

from datetime import date

from bot.domain.instruction import Audience, InstructionKind, InstructionState, NotReadYet, Reading
from bot.domain.people import Role
from bot.screens import instructing as screens
from bot.texts import instructing as words
from bot.texts.time import clock
from handlers.errors import BadButton, number, word
from handlers.feature import Command, Feature
from handlers.turn import Turn

AWAITS_PARTS = "instruction_parts"
AWAITS_EDIT = "instruction_edit"
AWAITS_QUESTION = "instruction_question"
COORDINATORS = frozenset({Role.COORDINATOR})


def create_feature() -> Feature:
    return Feature(
        "instructing",
        taps={
            "ni": on_kind,
            "nd": on_day,
            "np": on_preview,
            "na": on_audience,
            "nt": on_test,
            "nv": on_test_part,
            "ns": on_send,
            "nl": on_progress,
            "nu": on_unread,
            "ne": on_edit,
            "nx": on_sheet,
            "no": on_open,
            "nn": on_part,
            "nq": on_choice,
            "nk": on_read,
            "nf": on_file,
            "nh": on_question,
        },
        commands=[
            Command("instruct", begin, words.COMMAND, roles=COORDINATORS),
            Command("list", sheet_today, words.SHEET_COMMAND, roles=COORDINATORS),
        ],
        takes_files=frozenset({AWAITS_PARTS}),
        inputs={AWAITS_PARTS: part_typed, AWAITS_EDIT: edit_typed, AWAITS_QUESTION: question_typed},
    )


async def begin(turn: Turn, rest: str) -> None:
    turn.actor.need(Role.COORDINATOR)
    await turn.say(screens.kinds())


async def on_kind(turn: Turn, fields: list[str]) -> None:
    if not fields:
        turn.actor.need(Role.COORDINATOR)
        await turn.show(screens.kinds())
        return
    kind = _kind(fields)
    await turn.show(screens.days(kind, await turn.services.day.instructing.coming_days(turn.actor, turn.now)))


async def on_day(turn: Turn, fields: list[str]) -> None:
    kind, on = _kind(fields), _day(word(fields, 1))
    one = await turn.services.day.instructing.draft(turn.actor, kind, on, turn.now)
    if kind is InstructionKind.OWN:
        await turn.expect(AWAITS_PARTS, instruction=one.id)
        await turn.show(screens.write(words.WRITE, None))
        return
    await _preview(turn, one.id)


async def part_typed(turn: Turn, data: dict[str, object]) -> None:
    """Each message is a part; a file goes with the last one."""
    instruction_id = int(str(data["instruction"]))
    assert turn.message is not None
    document = turn.message.document
    if document is not None or turn.message.photo:
        if turn.text.strip():
            await turn.services.day.instructing.add_part(turn.actor, instruction_id, turn.text)
        kind, file_id = ("document", document.file_id) if document else ("photo", turn.message.photo[-1].file_id)  # type: ignore[index]
        one = await turn.services.day.instructing.attach(turn.actor, instruction_id, kind, file_id)
        await turn.say(screens.write(words.ATTACHED.format(number=len(one.parts)), instruction_id))
        return
    if not turn.text.strip():
        await turn.say(screens.write(words.WRITE, None))
        return
    one = await turn.services.day.instructing.add_part(turn.actor, instruction_id, turn.text)
    await turn.say(screens.write(words.MORE.format(number=len(one.parts)), instruction_id))


async def on_preview(turn: Turn, fields: list[str]) -> None:
    await turn.forget()
    await _preview(turn, number(fields, 0))


async def on_audience(turn: Turn, fields: list[str]) -> None:
    try:
        audience = Audience(word(fields, 1))
    except ValueError:
        raise BadButton from None
    await turn.services.day.instructing.address(turn.actor, number(fields, 0), audience)
    await _preview(turn, number(fields, 0))


async def on_test(turn: Turn, fields: list[str]) -> None:
    """«Сначала мне»: exactly what the readers see, and nothing is marked."""
    await _test(turn, number(fields, 0), 1)


async def on_test_part(turn: Turn, fields: list[str]) -> None:
    await _test(turn, number(fields, 0), number(fields, 2))


async def on_send(turn: Turn, fields: list[str]) -> None:
    await turn.services.day.instructing.send(turn.actor, number(fields, 0), turn.now)
    turn.wake_sender()
    await _progress(turn, number(fields, 0))


async def on_progress(turn: Turn, fields: list[str]) -> None:
    await _progress(turn, number(fields, 0))


async def on_unread(turn: Turn, fields: list[str]) -> None:
    await turn.show(screens.unread(*await turn.services.day.instructing.unread(turn.actor, number(fields, 0))))


async def on_edit(turn: Turn, fields: list[str]) -> None:
    one = await turn.services.day.instructing.load(turn.actor, number(fields, 0))
    if len(fields) < 2:
        await turn.show(screens.which_part(one))
        return
    await turn.expect(AWAITS_EDIT, instruction=one.id, part=number(fields, 1))
    await turn.show(screens.write(words.WRITE_PART.format(number=number(fields, 1)), None))


async def edit_typed(turn: Turn, data: dict[str, object]) -> None:
    instruction_id, part = int(str(data["instruction"])), int(str(data["part"]))
    if not turn.text.strip():
        await turn.say(screens.write(words.WRITE_PART.format(number=part), None))
        return
    await turn.forget()
    one = await turn.services.day.instructing.edit(turn.actor, instruction_id, part, turn.text, turn.now)
    if one.state is InstructionState.DRAFT:
        await _preview(turn, instruction_id)
    else:
        await _progress(turn, instruction_id)


async def on_sheet(turn: Turn, fields: list[str]) -> None:
    await _sheet(turn, _day(word(fields, 0)))


async def sheet_today(turn: Turn, rest: str) -> None:
    await _sheet(turn, turn.local.date())


async def on_open(turn: Turn, fields: list[str]) -> None:
    """Where this person stopped reading."""
    await _part(turn, await turn.services.day.instructing.reading(turn.actor, number(fields, 0)))


async def on_part(turn: Turn, fields: list[str]) -> None:
    """`nn:3:1:2`: part 2 of version 1; of an older version, what is to be read now."""
    await _go(turn, number(fields, 0), number(fields, 1), number(fields, 2))


async def on_choice(turn: Turn, fields: list[str]) -> None:
    instruction_id, version, place, choice = (number(fields, at) for at in range(4))
    if len(fields) > 4:  # the coordinator tries it out
        one = await turn.services.day.instructing.load(turn.actor, instruction_id)
        if place < len(one.parts):
            await _test(turn, instruction_id, place + 1)
        else:
            await turn.show(screens.to_sign(one, turn.zone, test=True))
        return
    reading, right = await turn.services.day.instructing.answer(turn.actor, instruction_id, version, place, choice)
    if not right:
        await turn.toast(words.WRONG, alert=True)
        await _part(turn, reading)
    elif reading.place > len(reading.parts):
        await turn.show(screens.to_sign(reading.instruction, turn.zone))
    else:
        await _go(turn, instruction_id, version, reading.place)


async def on_read(turn: Turn, fields: list[str]) -> None:
    instruction_id = number(fields, 0)
    try:
        at = await turn.services.day.instructing.acknowledge(turn.actor, instruction_id, number(fields, 1), turn.now)
    except NotReadYet as error:
        await turn.toast(words.NOT_YET.format(part=error.part), alert=True)
        await _part(turn, await turn.services.day.instructing.reading(turn.actor, instruction_id))
        return
    await turn.show(screens.said(words.read(clock(at, turn.zone))))


async def on_file(turn: Turn, fields: list[str]) -> None:
    """The file of a part, by the messenger's own id of it."""
    reading = await turn.services.day.instructing.reading(turn.actor, number(fields, 0))
    part = next((each for each in reading.instruction.parts if each.number == number(fields, 2)), None)
    if part is None or not part.file_id:
        raise BadButton
    method = "sendPhoto" if part.file_kind == "photo" else "sendDocument"
    await turn.messenger.paced(method, turn.chat_id, {part.file_kind: part.file_id, "protect_content": True})


async def on_question(turn: Turn, fields: list[str]) -> None:
    await turn.expect(AWAITS_QUESTION, instruction=number(fields, 0))
    await turn.say(screens.said(words.WRITE_QUESTION))


async def question_typed(turn: Turn, data: dict[str, object]) -> bool:
    if not turn.text.strip():
        return False
    await turn.forget()
    await turn.services.day.instructing.ask(
        turn.actor, int(str(data["instruction"])), turn.text.strip(), turn.key, turn.now
    )
    await turn.say(screens.said(words.QUESTION_SENT))
    return True


async def _go(turn: Turn, instruction_id: int, version: int, place: int) -> None:
    try:
        reading = await turn.services.day.instructing.reading(turn.actor, instruction_id, place=place)
    except NotReadYet:
        reading = await turn.services.day.instructing.reading(turn.actor, instruction_id)
    if reading.instruction.version != version:
        reading = await turn.services.day.instructing.reading(turn.actor, instruction_id)
    await _part(turn, reading)


async def _part(turn: Turn, reading: Reading) -> None:
    place = min(reading.place, len(reading.parts))
    text = turn.services.day.instructing.text_of(reading.instruction, reading.parts[place - 1], reading.works)
    await turn.show(screens.part(reading.instruction, reading.parts, place, text, turn.zone))


async def _test(turn: Turn, instruction_id: int, place: int) -> None:
    one = await turn.services.day.instructing.load(turn.actor, instruction_id)
    if not 1 <= place <= len(one.parts):
        raise BadButton
    text = turn.services.day.instructing.text_of(one, one.parts[place - 1], [words.SAMPLE_WORK])
    await turn.show(screens.part(one, one.parts, place, text, turn.zone, test=True))


async def _preview(turn: Turn, instruction_id: int) -> None:
    one, count, missing, places = await turn.services.day.instructing.preview(turn.actor, instruction_id)
    if one.state is not InstructionState.DRAFT:
        await _progress(turn, instruction_id)
        return
    await turn.show(screens.preview(one, count, missing, turn.zone, places))


async def _progress(turn: Turn, instruction_id: int) -> None:
    await turn.show(screens.sent(*await turn.services.day.instructing.progress(turn.actor, instruction_id)))


async def _sheet(turn: Turn, on: date) -> None:
    content = await turn.services.day.acquaintance.document(turn.actor, on)
    if content is None:
        await turn.say(screens.said(words.NOBODY_YET))
        return
    await turn.send_file(words.SHEET_NAME.format(day=on.isoformat()), content, words.SHEET)


def _kind(fields: list[str]) -> InstructionKind:
    try:
        return InstructionKind(word(fields, 0))
    except ValueError:
        raise BadButton from None


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadButton from None
