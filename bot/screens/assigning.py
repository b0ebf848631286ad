"""Choosing, changing and losing observers."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot.domain.assigning import Watcher
from bot.domain.people import Person
from bot.domain.plan import Sitting
from bot.domain.screen import Button, Screen, column, row, rows
from bot.texts import assigning as words
from bot.texts import turning
from bot.texts.plan import about
from bot.texts.start import BACK, HOME
from bot.texts.time import day_and_clock
from storage.assignments import Event

HOME_BUTTON = Button(HOME, "home")
A_PAGE = 8
SWAPS_A_PAGE = 6


def candidates(
    sitting: Sitting, fit: Sequence[Watcher], unfit: Sequence[str], page: int = 0, *, replacing: Person | None = None
) -> Screen:
    """Whom to assign, or with whom to replace somebody."""
    back = (Button(BACK, f"pt:{sitting.id}"),)
    if not fit:
        return Screen(words.nobody(sitting, unfit), (back,))
    base = f"ard:{sitting.id}:{replacing.id}" if replacing else f"pk:{sitting.id}"
    turned = f"arw:{sitting.id}:{replacing.id}" if replacing else f"pn:{sitting.id}"
    shown = fit[page * A_PAGE : page * A_PAGE + A_PAGE]
    buttons = [Button(label(watcher), f"{base}:{watcher.person.id}") for watcher in shown]
    turn = row(
        Button(turning.EARLIER, f"{turned}:{page - 1}") if page else None,
        Button(turning.FURTHER, f"{turned}:{page + 1}") if (page + 1) * A_PAGE < len(fit) else None,
    )
    text = words.whom(sitting, len(fit), unfit, replacing=replacing.code if replacing else "")
    return Screen(text, rows(*(tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2)), turn, back))


def whole_day(free: Sequence[Sitting], fit: Sequence[Watcher], page: int = 0) -> Screen:
    """One observer for every sitting of a school's day that nobody watches."""
    first = free[0]
    base = f"awd:{first.date.isoformat()}:{first.school_id}"
    shown = fit[page * A_PAGE : page * A_PAGE + A_PAGE]
    buttons = [Button(label(watcher), f"{base}:{watcher.person.id}") for watcher in shown]
    turn = row(
        Button(turning.EARLIER, f"{base}:p{page - 1}") if page else None,
        Button(turning.FURTHER, f"{base}:p{page + 1}") if (page + 1) * A_PAGE < len(fit) else None,
    )
    back = (Button(BACK, f"ps:{first.date.isoformat()}:{first.school_id}"),)
    return Screen(
        words.whole_day(free, len(fit)),
        rows(*(tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2)), turn, back),
    )


def cannot_come(sitting: Sitting, person: Person, others: Sequence[Watcher]) -> Screen:
    """To the coordinators: who will not be there, and the best to ask instead."""
    buttons = [
        Button(f"{words.REPLACE}: {other.person.code}"[:24], f"ard:{sitting.id}:{person.id}:{other.person.id}")
        for other in others
    ]
    text = words.cannot_come(sitting, person.code, [other.person.code for other in others])
    return Screen(text, column(*buttons, Button(words.REPLACE + "…", f"arw:{sitting.id}:{person.id}")))


def released(person: Person, why: str, freed: Sequence[Sitting]) -> Screen:
    """To the coordinators: each sitting left alone is a button to find somebody."""
    buttons = [Button(words.find_replacement(sitting), f"pn:{sitting.id}") for sitting in freed[:6]]
    return Screen(words.released(person.code, why, freed), column(*buttons))


def which_not(found: Sequence[Sitting]) -> Screen:
    """The observer's own sittings: to which they will not come."""
    buttons = [Button(f"{s.date:%d.%m} {s.class_name}, {s.school_name}"[:24], f"anc:{s.id}") for s in found[:6]]
    return Screen(words.which_not([about(s) for s in found[:6]]), rows(*column(*buttons), (HOME_BUTTON,)))


def history(sitting: Sitting, events: Sequence[Event], zone: ZoneInfo) -> Screen:
    lines = [
        words.event(e.person_code, e.event, e.other_code, e.reason, e.by_code, day_and_clock(e.at, zone))
        for e in events[-15:]
    ]
    return Screen(words.history(sitting, lines), ((Button(BACK, f"pt:{sitting.id}"), HOME_BUTTON),))


def label(watcher: Watcher) -> str:
    surname = watcher.person.full_name.split(" ")[0] if watcher.person.full_name else ""
    untrained = "" if watcher.person.trained_at else " !"
    return f"{watcher.person.code} {surname}".strip()[:22] + untrained


def swaps(sitting: Sitting, old: Person, found: Sequence[tuple[Sitting, Person]], page: int) -> Screen:
    base = f"{sitting.id}:{old.id}"
    shown = found[page * SWAPS_A_PAGE : page * SWAPS_A_PAGE + SWAPS_A_PAGE]
    buttons = [
        Button(words.swap_place(person.code, other), f"asd:{base}:{other.id}:{person.id}") for other, person in shown
    ]
    turn = row(
        Button(turning.EARLIER, f"asw:{base}:{page - 1}") if page else None,
        Button(turning.FURTHER, f"asw:{base}:{page + 1}") if (page + 1) * SWAPS_A_PAGE < len(found) else None,
    )
    return Screen(
        words.swap_with(sitting, old.code, len(found)),
        rows(*column(*buttons), (*turn, Button(BACK, f"pt:{sitting.id}"), HOME_BUTTON)),
    )
