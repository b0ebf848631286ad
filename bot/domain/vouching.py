"""Whether two people of the staff were let in by different people: two accounts of one person must not decide as two."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Vouched:
    """By whom a person came to a role that opens complaints. `invited_by` None: by a code from the server's console, or by
    a file that was loaded there; such a person depends on nobody in the chat. `approved_by` None: nobody knows any more."""

    person_id: int
    invited_by: int | None
    approved_by: int | None


def independent(one: int, other: int, staff: Iterable[Vouched]) -> bool:
    """Neither invited or approved the other, and no one person can have let in both alone."""
    if one == other:
        return False
    makers = _makers(staff)
    if one in makers.get(other, ()) or other in makers.get(one, ()):
        return False
    return not any({one, other} <= _let_in_by(person, makers) for person in {one, other} | _all(makers))


def _makers(staff: Iterable[Vouched]) -> dict[int, set[int]]:
    """Person → who let them in; nobody for those who came from the console, in whatever role."""
    known = list(staff)
    rooted = {one.person_id for one in known if one.invited_by is None}
    makers: dict[int, set[int]] = {}
    for one in known:
        if one.person_id not in rooted and one.invited_by is not None:
            makers.setdefault(one.person_id, set()).update((one.invited_by, one.approved_by or one.invited_by))
    return makers


def _all(makers: dict[int, set[int]]) -> set[int]:
    return set().union(*makers.values()) if makers else set()


def _let_in_by(person: int, makers: dict[int, set[int]]) -> set[int]:
    """The person and everybody who can have come in without anybody else's eyes."""
    found = {person}
    while more := {one for one, by in makers.items() if by <= found} - found:
        found |= more
    return found
