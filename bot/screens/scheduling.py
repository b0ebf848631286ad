"""The schedule changed by hand, checked, and open to everybody."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.clashes import Clash
from bot.domain.hand_entry import CHANGEABLE
from bot.domain.people import Person
from bot.domain.plan import School, Sitting
from bot.domain.screen import Button, Screen, column, row, rows
from bot.texts import scheduling as words
from bot.texts import turning
from bot.texts.start import BACK, HOME

HOME_BUTTON = Button(HOME, "home")
A_PAGE = 10
OPEN_A_PAGE = 25
Dated = tuple[Sitting, datetime, datetime]


def said(text: str, back: str = "plan") -> Screen:
    return Screen(text, ((Button(BACK, back), HOME_BUTTON),))


def what_to_change(sitting: Sitting) -> Screen:
    buttons = [Button(words.FIELDS[one.value], f"sef:{sitting.id}:{one.value}") for one in CHANGEABLE]
    return Screen(
        words.what_to_change(sitting),
        rows(*(tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2)), (HOME_BUTTON,)),
    )


def proposal(proposal_id: int, kind: str, sitting: Sitting, reason: str, person: Person) -> Screen:
    return Screen(
        words.proposal(kind, sitting, reason, person.code),
        (row(Button(words.ACCEPT, f"sep:{proposal_id}:1"), Button(words.DECLINE, f"sep:{proposal_id}:0")),),
    )


def clashes(found: Sequence[Clash], page: int = 0) -> Screen:
    """Each with a door to its sitting; `page` counts from 0."""
    shown = found[page * A_PAGE : (page + 1) * A_PAGE]
    buttons = [Button(f"{c.first.school_name}, {c.first.class_name}"[:24], f"pt:{c.first.id}") for c in shown]
    turn = row(
        Button(turning.EARLIER, f"plc:{page - 1}") if page else None,
        Button(turning.FURTHER, f"plc:{page + 1}") if (page + 1) * A_PAGE < len(found) else None,
    )
    return Screen(
        words.clashes(shown, len(found)),
        rows(
            *(tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2)), turn, (Button(BACK, "plan"), HOME_BUTTON)
        ),
    )


def of_school(name: str, found: Sequence[Sitting], page: int, school_id: int) -> Screen:
    """For the school's own coordinator: what is planned, each to be changed or cancelled."""
    ahead = [sitting for sitting in found if not sitting.cancelled]
    shown = ahead[page * 6 : page * 6 + 6]
    buttons = [Button(f"{s.date:%d.%m} {s.class_name} {s.subject}"[:24], f"ses:{s.id}") for s in shown]
    turn = row(
        Button(turning.EARLIER, f"sc:{school_id}:{page - 1}") if page else None,
        Button(turning.FURTHER, f"sc:{school_id}:{page + 1}") if (page + 1) * 6 < len(ahead) else None,
    )
    return Screen(
        words.of_school(name, len(ahead)),
        rows(*column(*buttons), (*turn, Button(words.ADD, f"sea:{school_id}")), (HOME_BUTTON,)),
    )


def which_own(asked: str, schools: Sequence[School]) -> Screen:
    """For whoever coordinates several schools; `asked`: the button's beginning, to which the school's id is added."""
    buttons = [Button(school.short_name[:24], f"{asked}:{school.id}") for school in schools[:OPEN_A_PAGE]]
    return Screen(
        words.WHICH_OWN, rows(*(tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2)), (HOME_BUTTON,))
    )


def own_sitting(sitting: Sitting) -> Screen:
    return Screen(
        words.what_to_change(sitting),
        rows(
            row(Button(words.CHANGE, f"se:{sitting.id}"), Button(words.CANCEL, f"px:{sitting.id}")),
            (Button(BACK, f"sc:{sitting.school_id}"), HOME_BUTTON),
        ),
    )


def which_school(schools: Sequence[School], page: int) -> Screen:
    shown = schools[page * A_PAGE : page * A_PAGE + A_PAGE]
    buttons = [Button(school.short_name[:24], f"os:{school.id}") for school in shown]
    turn = row(
        Button(turning.EARLIER, f"os:p{page - 1}") if page else None,
        Button(turning.FURTHER, f"os:p{page + 1}") if (page + 1) * A_PAGE < len(schools) else None,
    )
    return Screen(
        words.WHICH_SCHOOL, rows(*(tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2)), turn, (HOME_BUTTON,))
    )


def open_schedule(school: School, found: Sequence[Dated], seen_at: datetime | None, page: int = 0) -> Screen:
    """No names, no observers. Marks tell what is new since `seen_at`, on every page of the same look."""
    lines: list[str] = []
    marked = False
    day = None
    for sitting, added, changed in found[page * OPEN_A_PAGE : (page + 1) * OPEN_A_PAGE]:
        mark = _mark(sitting, added, changed, seen_at)
        if sitting.cancelled and not mark and seen_at is None:
            mark = words.GONE
        marked = marked or bool(mark and seen_at)
        if sitting.date != day:
            day = sitting.date
            lines.append(words.open_day(day))
        lines.append(words.open_line(sitting, mark))
    since = int(seen_at.timestamp()) if seen_at else 0
    turn = row(
        Button(turning.EARLIER, f"os:{school.id}:{page - 1}:{since}") if page else None,
        Button(turning.FURTHER, f"os:{school.id}:{page + 1}:{since}")
        if (page + 1) * OPEN_A_PAGE < len(found)
        else None,
    )
    pages = -(-len(found) // OPEN_A_PAGE)
    text = words.open_schedule(school.short_name, lines, page + 1, pages, fresh=marked)
    return Screen(text, rows(turn, (Button(BACK, "os:p0"), HOME_BUTTON)))


def _mark(sitting: Sitting, added: datetime, changed: datetime, seen_at: datetime | None) -> str:
    if seen_at is None or changed <= seen_at:
        return words.GONE if sitting.cancelled else ""
    if sitting.cancelled:
        return words.GONE
    return words.NEW if added > seen_at else words.MOVED
