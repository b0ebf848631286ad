"""What a table changed in the plan, told to those who have to come: one message each, however many works."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime

from bot.domain.people import Role
from bot.domain.plan import Sitting
from bot.domain.screen import Screen
from bot.screens.start import plan_changed, planned_again
from bot.texts import plan as words
from storage import people, sittings
from storage.database import Transaction
from storage.outbox import Promise, promise, to_person

Moved = tuple[Sitting, Sitting]  # before and after
Shown = Callable[[list[Moved], bool], Screen]  # works of one reader, and whether the reader watches any of them
# A number of pupils that was put right brings nobody to another door.
_CONCERNS = ("school_id", "class_name", "subject", "date", "lesson", "starts_at", "room")


def concerns(old: Sitting, new: Sitting) -> bool:
    """Whether somebody would come at the wrong time, or to the wrong place, without hearing of it."""
    return any(getattr(old, name) != getattr(new, name) for name in _CONCERNS)


async def tell(tx: Transaction, moved: Sequence[Moved], now: datetime) -> None:
    """Observers of these sittings, and coordinators and heads of their schools; in the transaction of the change."""
    await _tell(tx, "plan-news", moved, lambda own, observer: plan_changed(own, observer=observer), now)


async def tell_planned_again(tx: Transaction, revived: Sequence[Sitting], now: datetime) -> None:
    """The same people, of works that were cancelled and are not any more."""

    def shown(own: list[Moved], observer: bool) -> Screen:
        return planned_again([new for _, new in own], observer=observer)

    await _tell(tx, "planned-again", [(one, one) for one in revived], shown, now)


async def tell_cancelled_again(tx: Transaction, cancelled: Sequence[Sitting], now: datetime) -> None:
    """The same people, of works that a table had brought back until it was taken back itself."""
    for one in cancelled:
        await _tell(tx, "cancelled-again", [(one, one)], lambda own, _: _cancelled(own[0][1]), now)


def _cancelled(sitting: Sitting) -> Screen:
    return Screen(words.cancelled(sitting, words.TABLE_TAKEN_BACK))


async def _tell(tx: Transaction, cause: str, moved: Sequence[Moved], shown: Shown, now: datetime) -> None:
    told: dict[int, list[Moved]] = defaultdict(list)
    observers: set[int] = set()
    for old, new in moved:
        watching = set(await sittings.assigned(tx, new.id))
        observers |= watching
        schools = {old.school_id, new.school_id}
        for role in (Role.SCHOOL_COORDINATOR, Role.PRINCIPAL):
            for school_id in schools:
                watching |= {person.id for person in await people.holders(tx, role, school_id=school_id)}
        for person_id in watching:
            told[person_id].append((old, new))
    promises = [
        Promise(
            f"{cause}:{own[0][1].id}:{now:%Y%m%d%H%M%S%f}:{person_id}",
            to_person(person_id),
            {"screen": shown(own, person_id in observers).to_json()},
        )
        for person_id, own in sorted(told.items())
    ]
    await promise(tx, now, promises)
