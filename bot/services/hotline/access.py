"""Who may see which case: a role now, and no interest in it."""

from bot.domain.errors import DomainError
from bot.domain.hotline.case import Case
from bot.domain.people import Actor
from bot.services.hotline.bell import DESK_ROLES
from storage import consents
from storage.database import Reader
from storage.hotline import cases


class NoSuchCase(DomainError):
    """No case has this id."""


class CaseHidden(DomainError):
    """The case may concern the one who asks: their school, or a school they declared an interest in."""


class Access:
    async def may_see(self, reader: Reader, actor: Actor, case: Case) -> bool:
        return case.school_id is None or case.school_id not in await self.hidden_schools(reader, actor)

    async def hidden_schools(self, reader: Reader, actor: Actor) -> frozenset[int]:
        """Whose cases are not for this actor: the schools they work at or declared an interest in."""
        if actor.person is None:
            return frozenset()
        own = {membership.school_id for membership in actor.memberships if membership.school_id is not None}
        return frozenset(own | (await consents.conflicts(reader, actor.person.id)).keys())

    async def need(self, reader: Reader, actor: Actor, case_id: str) -> Case:
        """Raises `NotAllowed`, `NoSuchCase`, `CaseHidden`."""
        actor.need(*DESK_ROLES)
        case = await cases.get(reader, case_id)
        if case is None:
            raise NoSuchCase
        if not await self.may_see(reader, actor, case):
            raise CaseHidden
        return case
