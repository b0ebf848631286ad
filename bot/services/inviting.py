"""Many invitations at once for paper, and the list of those that wait to be used."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.domain.enrolment import Invitation
from bot.domain.people import MUNICIPALITY_ID, Actor, Role, SchoolId
from bot.services.auditing import Auditing
from bot.services.enrolment import Enrolment
from bot.texts.people import ROLES
from bot.texts.time import day_of_month
from storage import invites, roster, schools
from storage.database import Database
from storage.invites import Waiting

if TYPE_CHECKING:
    from bot.documents.invitation_sheet import Card

FOR_PAPER = (Role.OBSERVER, Role.SCHOOL_COORDINATOR, Role.PRINCIPAL)
A_SHEET = 400  # invitations in one file


@dataclass(frozen=True, slots=True)
class Sheet:
    """One file of `parts`."""

    content: bytes
    count: int
    part: int
    parts: int
    joined: int


class Inviting:
    """For coordinators. Raises `NotAllowed`."""

    def __init__(
        self, database: Database, auditing: Auditing, enrolment: Enrolment, organiser: str, phone: str, zone: ZoneInfo
    ) -> None:
        self._database = database
        self._auditing = auditing
        self._enrolment = enrolment
        self._organiser = organiser
        self._phone = phone
        self._zone = zone

    async def sheets(
        self, actor: Actor, role: Role, link: Callable[[str], Awaitable[str]], now: datetime
    ) -> AsyncIterator[Sheet]:
        """PDFs with a fresh invitation for everybody of this role who is not in the bot; nothing when all are.

        Each is made when the one before was taken. `link` makes the address of a token; it is called before anything
        is written.
        """
        from bot.documents.invitation_sheet import invitation_sheet

        actor.need(Role.COORDINATOR)
        sample = await link("x")
        base, bot_name = sample.removesuffix("x"), sample.split("/")[-1].split("?")[0]
        async with self._database.read(snapshot=True) as reader:
            held = await roster.listed(reader, role)
            school_of = await roster.schools_of(reader, role)
            names = {school.id: school.short_name for school in await schools.all_schools(reader, MUNICIPALITY_ID)}
        away = [person for person, linked in held if not linked]
        parts = [away[start : start + A_SHEET] for start in range(0, len(away), A_SHEET)]
        for number, part in enumerate(parts, 1):
            wanted = [(person.id, school_of.get(person.id)) for person in part]
            cards = self._cards(
                await self._enrolment.invite_many(actor, wanted, role, now), role, base, school_of, names
            )
            content = await asyncio.to_thread(invitation_sheet, cards, self._organiser, bot_name, self._phone)
            yield Sheet(content, len(cards), number, len(parts), len(held) - len(away))

    def _cards(
        self,
        invitations: Sequence[Invitation],
        role: Role,
        base: str,
        school_of: Mapping[int, int],
        names: Mapping[SchoolId, str],
    ) -> list["Card"]:
        from bot.documents.invitation_sheet import Card

        cards = []
        for issued in invitations:
            person = issued.person
            until = day_of_month(issued.expires_at.astimezone(self._zone).date())
            cards.append(
                Card(
                    person.code,
                    person.full_name if self._enrolment.names else "",
                    ROLES[role],
                    names.get(school_of.get(person.id) or 0, ""),  # type: ignore[call-overload]
                    issued.code,
                    base + issued.token,
                    until,
                )
            )
        return cards

    async def waiting(self, actor: Actor, now: datetime) -> list[Waiting]:
        """Invitations that can still be used, the soonest to expire first."""
        actor.need(Role.COORDINATOR)
        async with self._database.read() as reader:
            return await invites.waiting(reader, now)

    async def revoke(self, actor: Actor, invite_id: int | None, now: datetime) -> int:
        """One invitation, or (None) all that wait; returns how many stopped to work."""
        actor.need(Role.COORDINATOR)
        async with self._database.transaction() as tx:
            count = await invites.stop(tx, invite_id, now)
            if count:
                await self._auditing.note(tx, now, actor, "revoke_invites", f"invite:{invite_id or 'all'}", count=count)
            return count
