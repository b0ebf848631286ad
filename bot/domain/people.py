"""People, their roles, and what a role may touch."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import NewType

from bot.domain.errors import NotAllowed

PersonId = NewType("PersonId", int)
SchoolId = NewType("SchoolId", int)
# A word of a name: letters, hyphens, apostrophes, the stop of an initial. A sentence has commas, digits or more words.
_NAME = re.compile(r"[^\W\d_][^\W\d_'’.-]*(?:[-'’.][^\W\d_]*)*")
MunicipalityId = NewType("MunicipalityId", int)
MUNICIPALITY_ID = MunicipalityId(1)  # an installation serves one municipality


class Role(StrEnum):
    OBSERVER = "observer"
    SCHOOL_COORDINATOR = "school_coordinator"
    PRINCIPAL = "principal"
    COORDINATOR = "coordinator"
    OPERATOR = "operator"
    HEAD = "head"
    REGIONAL = "regional"


# Which card a person of several roles gets first, unless they chose another.
ROLE_ORDER = (
    Role.COORDINATOR,
    Role.OBSERVER,
    Role.SCHOOL_COORDINATOR,
    Role.OPERATOR,
    Role.HEAD,
    Role.REGIONAL,
    Role.PRINCIPAL,
)
SCHOOL_ROLES = frozenset({Role.SCHOOL_COORDINATOR, Role.PRINCIPAL})
READS_SUMMARY = frozenset({Role.COORDINATOR, Role.HEAD, Role.REGIONAL})
# An invitation to these opens other people's data, so a second person approves it.
NEEDS_APPROVAL = frozenset({Role.COORDINATOR, Role.OPERATOR, Role.HEAD, Role.REGIONAL})


@dataclass(frozen=True, slots=True)
class Account:
    """Where a person is reached. `user_id` and `chat_id` differ in some messengers."""

    platform: str
    user_id: int
    chat_id: int

    def __str__(self) -> str:
        return f"{self.platform}:{self.user_id}"


@dataclass(frozen=True, slots=True)
class Membership:
    role: Role
    municipality_id: MunicipalityId
    school_id: SchoolId | None = None


@dataclass(frozen=True, slots=True)
class Person:
    id: PersonId
    municipality_id: MunicipalityId
    code: str
    full_name: str = ""
    phone: str = ""
    adult_at: datetime | None = None
    rehearsed_at: datetime | None = None
    trained_at: datetime | None = None

    def nameless(self) -> "Person":
        """As shown where names are not kept in the chat."""
        return replace(self, full_name="", phone="")


@dataclass(frozen=True, slots=True)
class Actor:
    """Who is acting, read from the database for every update: an account, maybe a known person, and the roles of this moment."""

    account: Account
    person: Person | None = None
    memberships: tuple[Membership, ...] = ()

    def has(self, *roles: Role) -> bool:
        return any(membership.role in roles for membership in self.memberships)

    def schools(self, *roles: Role) -> frozenset[SchoolId]:
        """Schools this actor holds one of the school roles in."""
        return frozenset(m.school_id for m in self.memberships if m.role in roles and m.school_id is not None)

    def need(self, *roles: Role) -> Person:
        """The person, if one of the roles is held; raises `NotAllowed`."""
        if self.person is None or not self.has(*roles):
            raise NotAllowed(needed=tuple(roles))
        return self.person


def full_name(text: str) -> str | None:
    """A person's name as typed, spaces put in order; None when it does not look like one: 2–6 words, 120 characters."""
    words = text.split()
    if not 2 <= len(words) <= 6 or not all(_NAME.fullmatch(word) for word in words):
        return None
    name = " ".join(words)
    return name if len(name) <= 120 else None


def leading_role(memberships: Iterable[Membership], chosen: Role | None) -> Role | None:
    """Whose card and menu a person sees: the role they chose, while they hold it; None without any role."""
    held = {membership.role for membership in memberships}
    return chosen if chosen in held else next((role for role in ROLE_ORDER if role in held), None)
