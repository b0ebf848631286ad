"""Loading Excel in chat."""

from collections.abc import Sequence
from typing import Any

from bot.domain.importing.rows import SchoolRow, SittingRow
from bot.domain.screen import Button, Screen, column, row, rows
from bot.texts import import_chat as words
from bot.texts import turning
from bot.texts.importing import row_error
from bot.texts.start import HOME

HOME_BUTTON = Button(HOME, "home")
A_PAGE = 8


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
    if check.left_out:
        text = f"{text}\n\n{words.left_out(check.left_out)}"
    if check.displaced:
        changing = [(one.school, f"{one.before.code} {one.before.full_name}", one.after) for one in check.displaced]
        text = f"{text}\n\n{words.displaced(changing)}"
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


def changes(check: Any, page: int = 0) -> Screen:
    """By name, before and after; `page` counts from 0, and one that is not there is the last."""
    found = check.changes.changed
    page = max(0, min(page, (len(found) - 1) // A_PAGE))
    shown = [
        (_title(change), [(field.field, field.before, field.after) for field in change.fields])
        for change in found[page * A_PAGE : (page + 1) * A_PAGE]
    ]
    base = f"imd:{check.run_id}"
    return Screen(
        words.changes(shown, page * A_PAGE + 1, len(found)),
        rows(
            row(
                Button(turning.EARLIER, f"{base}:{page - 1}") if page else None,
                Button(turning.FURTHER, f"{base}:{page + 1}") if (page + 1) * A_PAGE < len(found) else None,
            ),
            row(Button(words.button_apply(check.to_apply), f"ima:{check.run_id}") if check.to_apply else None),
            (Button(words.BACK, f"imb:{check.run_id}"), Button(words.BUTTON_CANCEL, f"imc:{check.run_id}")),
        ),
    )


def _title(change: Any) -> str:
    """What it is called now, before the change."""
    now = {field.field: field.before for field in change.fields}
    match change.row:
        case SittingRow() as to:
            school, day = now.get("school_name", to.school_name), now.get("date", to.date)
            return words.work(school, now.get("class_name", to.class_name), now.get("subject", to.subject), day)
        case SchoolRow() as to:
            return str(now.get("short_name", to.short_name))
        case _:
            return str(now.get("full_name", change.row.full_name))


def applied(run_id: int, kind: str, new: int, changed: int) -> Screen:
    return Screen(
        words.applied(kind, new, changed), rows((Button(words.BUTTON_UNDO, f"imu:{run_id}"),), (HOME_BUTTON,))
    )


def said(text: str) -> Screen:
    return Screen(text, ((HOME_BUTTON,),))
