"""Instructions: making and sending one, reading one, who has not."""

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from bot.domain.instruction import Audience, Instruction, InstructionKind, Part
from bot.domain.screen import Button, Screen, column, row, rows
from bot.texts import instructing as words
from bot.texts.time import day_and_clock, day_of_month

HOME = Button(words.HOME, "home")


def kinds() -> Screen:
    buttons = [Button(label, f"ni:{kind}") for kind, label in words.KINDS.items()]
    return Screen(words.NEW, rows(*column(*buttons), (HOME,)))


def days(kind: InstructionKind, found: Sequence[date]) -> Screen:
    if not found:
        return Screen(words.NO_DAYS, ((HOME,),))
    buttons = [Button(day_of_month(each), f"nd:{kind.value}:{each.isoformat()}") for each in found[:6]]
    return Screen(words.WHICH_DAY, rows(*_in_rows(buttons, 2), (HOME,)))


def write(text: str, instruction_id: int | None) -> Screen:
    done = Button(words.DONE, f"np:{instruction_id}") if instruction_id is not None else None
    return Screen(text, rows(row(done), (HOME,)))


def preview(one: Instruction, count: int, missing: int, zone: ZoneInfo, schools: Sequence[str] = ()) -> Screen:
    """B3: who gets it and until when; nothing is sent yet."""
    text = words.preview(
        one.title, len(one.parts), one.audience.value, count, day_and_clock(one.read_by, zone), missing, schools
    )
    audiences = [
        Button(label[:24], f"na:{one.id}:{name}")
        for name, label in words.AUDIENCES.items()
        if name != one.audience.value
    ]
    return Screen(
        text,
        rows(
            row(Button(words.TO_ME, f"nt:{one.id}")),
            row(Button(words.SEND_ALL, f"ns:{one.id}")) if count else (),
            tuple(audiences),
            row(Button(words.CHOOSE_SCHOOLS, f"nc:{one.id}:0")),
            row(Button(words.EDIT, f"ne:{one.id}"), HOME),
        ),
    )


def part(
    one: Instruction, shown: Sequence[Part], place: int, text: str, zone: ZoneInfo, *, test: bool = False
) -> Screen:
    """One part; `place` from 1 within what this reader has to read. `test`: nothing is marked."""
    here = shown[place - 1]
    last = place == len(shown)
    prefix = "nv" if test else "nn"
    body = words.part(one.title, day_and_clock(one.read_by, zone), here.number, len(one.parts), text, here.question)
    file = Button(words.FILE, f"nf:{one.id}:{one.version}:{here.number}") if here.file_id else None
    onward: list[tuple[Button, ...]] = []
    if here.choices:
        onward = [
            (Button(choice[:24], f"nq:{one.id}:{one.version}:{place}:{number}" + (":t" if test else "")),)
            for number, choice in enumerate(here.choices)
        ]
    elif not last:
        onward = [(Button(words.NEXT, f"{prefix}:{one.id}:{one.version}:{place + 1}"),)]
    elif not test:
        onward = [(Button(words.READ, f"nk:{one.id}:{one.version}"),)]
    ask = Button(words.QUESTION, f"nh:{one.id}") if not test else None
    tail = row(file, ask) or (HOME,)
    return Screen(f"{words.TEST_NOTE}\n\n{body}" if test else body, rows(*onward, tail), protect=True)


def to_sign(one: Instruction, zone: ZoneInfo, *, test: bool = False) -> Screen:
    """After the last question."""
    button = Button(words.BACK, f"np:{one.id}") if test else Button(words.READ, f"nk:{one.id}:{one.version}")
    return Screen(words.reminder(one.title, day_and_clock(one.read_by, zone)), ((button,), (HOME,)))


def arrived(one: Instruction, zone: ZoneInfo) -> Screen:
    """A reminder, or a first word: the button opens where they stopped."""
    text = words.reminder(one.title, day_and_clock(one.read_by, zone))
    return Screen(text, ((Button(words.OPEN, f"no:{one.id}"),),))


def changed(one: Instruction, numbers: Sequence[int]) -> Screen:
    return Screen(words.changed(one.title, numbers), ((Button(words.WHATS_NEW, f"no:{one.id}"),),))


def works_changed(one: Instruction, lines: Sequence[str]) -> Screen:
    return Screen(words.works_changed(one.day, lines), ((Button(words.OPEN, f"no:{one.id}"), HOME),))


def sent(one: Instruction, count: int, delivered: int, read: int) -> Screen:
    return Screen(
        words.sent(one.title, count, delivered, read),
        rows(
            row(Button(words.UNREAD, f"nu:{one.id}") if read < count else None, Button(words.REFRESH, f"nl:{one.id}")),
            row(Button(words.SHEET, f"nx:{one.day.isoformat()}"), Button(words.EDIT, f"ne:{one.id}")),
            (HOME,),
        ),
    )


def unread(one: Instruction, lines: Sequence[str]) -> Screen:
    """The list by telephone; empty when everybody has read."""
    text = words.unread(one.title, lines[:40]) if lines else words.ALL_READ
    return Screen(text, (row(Button(words.BACK, f"nl:{one.id}"), HOME),))


def which_part(one: Instruction) -> Screen:
    buttons = [Button(str(part.number), f"ne:{one.id}:{part.number}") for part in one.parts[:12]]
    back = "np" if one.state.value == "draft" else "nl"
    return Screen(words.EDIT, rows(*_in_rows(buttons, 6), row(Button(words.BACK, f"{back}:{one.id}"), HOME)))


def question(one: Instruction, code: str, said: str) -> Screen:
    return Screen(words.question(one.title, code, said), ((Button(words.BACK, f"nl:{one.id}"), HOME),))


def said(text: str) -> Screen:
    return Screen(text, ((HOME,),))


def default_audience(kind: InstructionKind) -> Audience:
    return Audience.OBSERVERS if kind is InstructionKind.MEMO else Audience.SCHOOLS


def _in_rows(buttons: list[Button], width: int) -> list[tuple[Button, ...]]:
    return [tuple(buttons[start : start + width]) for start in range(0, len(buttons), width)]
