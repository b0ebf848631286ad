"""The plan in chat: days, schools, sittings, who watches."""

from collections.abc import Mapping, Sequence
from datetime import date

from bot.domain.people import Person
from bot.domain.plan import Sitting
from bot.domain.screen import Button, Screen, column, row, rows
from bot.texts import plan_chat as words
from bot.texts import turning
from bot.texts.natural import by_name
from bot.texts.start import BACK, HOME
from storage.responsibility import Acceptance

HOME_BUTTON = Button(HOME, "home")
A_PAGE = 8
BELOW_DAYS = (
    (Button(words.DRAW, "dr"), Button(words.ADD, "sea")),
    (Button(words.CHECK, "plc"), Button(words.RISK, "rsk")),
)


def days(found: Sequence[date], page: int = 0) -> Screen:
    if not found:
        return Screen(words.NO_DAYS, ((Button(words.ADD, "sea"), HOME_BUTTON),))
    shown = found[page * 12 : page * 12 + 12]
    buttons = [Button(words.day_label(value), f"pl:{value.isoformat()}") for value in shown]
    return Screen(
        words.WHICH_DAY,
        rows(*_in_rows(buttons, 3), _pages("plan", page, len(found), 12), *BELOW_DAYS, (HOME_BUTTON,)),
    )


def of_day(value: date, found: Sequence[Sitting], watchers: Mapping[int, int], page: int = 0) -> Screen:
    planned = [sitting for sitting in found if not sitting.cancelled]
    schools = by_name({sitting.school_id: sitting for sitting in found}.values(), lambda sitting: sitting.school_name)
    buttons = [
        Button(sitting.school_name[:24], f"ps:{value.isoformat()}:{sitting.school_id}")
        for sitting in schools[page * A_PAGE : page * A_PAGE + A_PAGE]
    ]
    text = words.of_day(value, len(planned), len(schools), sum(1 for s in planned if watchers.get(s.id)))
    return Screen(
        text,
        rows(
            *_in_rows(buttons, 2),
            _pages(f"pl:{value.isoformat()}", page, len(schools), A_PAGE),
            (Button(BACK, "plan"), HOME_BUTTON),
        ),
    )


def of_school(value: date, found: Sequence[Sitting], watchers: Mapping[int, int], page: int = 0) -> Screen:
    shown = found[page * 6 : page * 6 + 6]
    lines = [words.sitting_line(sitting, watchers.get(sitting.id, 0)) for sitting in shown]
    buttons = [Button(f"{s.class_name}, {s.subject}"[:24], f"pt:{s.id}") for s in shown]
    free = any(not sitting.cancelled and not watchers.get(sitting.id) for sitting in found)
    base = f"ps:{value.isoformat()}:{found[0].school_id}"
    return Screen(
        words.of_school(value, found[0].school_name, lines),
        rows(
            *column(*buttons),
            row(Button(words.WHOLE_DAY, f"awd:{value.isoformat()}:{found[0].school_id}") if free else None),
            (*_pages(base, page, len(found), 6), Button(BACK, f"pl:{value.isoformat()}")),
        ),
    )


def card(sitting: Sitting, watchers: Sequence[Person], notice: str = "", accepted: Acceptance | None = None) -> Screen:
    """`accepted`: by the head of the school, perhaps before the sitting was moved."""
    head = words.under_control(accepted.code, accepted.day, holds=accepted.holds) if accepted is not None else ""
    text = words.card(sitting, list(watchers), head)
    removes = [Button(words.remove(person.code), f"pu:{sitting.id}:{person.id}") for person in watchers[:2]]
    replaces = [Button(words.replace(person.code), f"arw:{sitting.id}:{person.id}") for person in watchers[:2]]
    swap = Button(words.SWAP, f"asw:{sitting.id}:{watchers[0].id}") if watchers and not sitting.cancelled else None
    return Screen(
        f"{notice}\n\n{text}" if notice else text,
        rows(
            row(None if sitting.cancelled else Button(words.ASSIGN, f"pn:{sitting.id}")),
            *_in_rows(removes, 2),
            *_in_rows([] if sitting.cancelled else replaces, 2),
            row(
                None if sitting.cancelled else Button(words.CHANGE_SITTING, f"se:{sitting.id}"),
                None if sitting.cancelled else Button(words.CANCEL_SITTING, f"px:{sitting.id}"),
            ),
            row(swap, Button(words.HISTORY, f"aah:{sitting.id}")),
            (Button(BACK, f"ps:{sitting.date.isoformat()}:{sitting.school_id}"), HOME_BUTTON),
        ),
    )


def _pages(base: str, page: int, total: int, size: int) -> tuple[Button, ...]:
    return row(
        Button(turning.EARLIER, f"{base}:{page - 1}") if page else None,
        Button(turning.FURTHER, f"{base}:{page + 1}") if (page + 1) * size < total else None,
    )


def _in_rows(buttons: list[Button], width: int) -> list[tuple[Button, ...]]:
    return [tuple(buttons[start : start + width]) for start in range(0, len(buttons), width)]
