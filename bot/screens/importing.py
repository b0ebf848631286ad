"""Loading Excel in chat."""

from collections.abc import Sequence
from typing import Any

from bot.domain.screen import Button, Screen, column, row, rows
from bot.texts import import_chat as words
from bot.texts.importing import row_error
from bot.texts.start import HOME

HOME_BUTTON = Button(HOME, "home")


def ask_file() -> Screen:
    templates = [Button(label, f"imt:{kind}") for kind, label in words.BUTTON_TEMPLATE.items()]
    return Screen(words.ASK_FILE, rows(*column(*templates), (HOME_BUTTON,)))


def checked(check: Any, doubts: Sequence[tuple[str, str, str]] = ()) -> Screen:
    """`check` is `bot.services.importing.Check`; `doubts` are (kind, as written, what we think it means)."""
    text = words.checked(
        check.kind.value,
        check.file_name,
        check.total,
        check.new,
        check.changed,
        check.unchanged,
        check.wrong,
        [row_error(error) for error in check.errors],
    )
    return Screen(
        text,
        rows(
            row(
                Button(words.BUTTON_MARKED, f"imm:{check.run_id}") if check.wrong else None,
                Button(words.BUTTON_CHANGES, f"imd:{check.run_id}") if check.changed else None,
            ),
            *column(
                *(
                    Button(words.button_confirm(doubt[2]), f"imy:{check.run_id}:{n}")
                    for n, doubt in enumerate(doubts[:3])
                )
            ),
            row(Button(words.button_apply(check.to_apply), f"ima:{check.run_id}") if check.to_apply else None),
            (Button(words.BUTTON_NOTHING if check.wrong else words.BUTTON_CANCEL, f"imc:{check.run_id}"),),
        ),
    )


def changes(run_id: int, found: Any, to_apply: int) -> Screen:
    listed = [(change.row.row, [(f.field, f.before, f.after) for f in change.fields]) for change in found.changed]
    return Screen(
        words.changes(listed),
        rows(
            (Button(words.button_apply(to_apply), f"ima:{run_id}"),),
            (Button(words.BUTTON_CANCEL, f"imc:{run_id}"),),
        ),
    )


def applied(run_id: int, kind: str, new: int, changed: int) -> Screen:
    return Screen(
        words.applied(kind, new, changed), rows((Button(words.BUTTON_UNDO, f"imu:{run_id}"),), (HOME_BUTTON,))
    )


def said(text: str) -> Screen:
    return Screen(text, ((HOME_BUTTON,),))
