"""Choosing the schools of an instruction from a list of pages."""

from bot.domain.instruction import Choice, Written
from bot.domain.screen import Button, Screen, row, rows
from bot.screens.instructing import HOME
from bot.texts import instructing as words
from bot.texts import turning

A_PAGE = 10


def choose(choice: Choice, page: int = 0, written: Written | None = None) -> Screen:
    """`written`: what became of the words that were typed."""
    one = choice.instruction
    shown = choice.places[page * A_PAGE : (page + 1) * A_PAGE]
    buttons = [
        Button(words.school_label(place.short_name, place.id in one.schools)[:40], f"nct:{one.id}:{place.id}:{page}")
        for place in shown
    ]
    turn = row(
        Button(turning.EARLIER, f"nc:{one.id}:{page - 1}") if page else None,
        Button(turning.FURTHER, f"nc:{one.id}:{page + 1}") if (page + 1) * A_PAGE < len(choice.places) else None,
    )
    note = words.schools_written(written.added, written.several, written.unknown) if written else ""
    text = words.choose_schools(one.title, len(one.schools), len(choice.places), choice.readers, note)
    return Screen(
        text,
        rows(
            *(tuple(buttons[start : start + 2]) for start in range(0, len(buttons), 2)),
            turn,
            row(
                Button(words.DONE, f"np:{one.id}"), Button(words.ALL_SCHOOLS, f"ncx:{one.id}") if one.schools else None
            ),
            (HOME,),
        ),
    )
