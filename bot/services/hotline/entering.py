"""What was said by phone or in person, typed in by an operator into the same journal."""

from datetime import datetime

from bot.domain.hotline.case import Case, Category, Channel, Level
from bot.domain.hotline.draft import Draft, Piece
from bot.domain.people import Account, Actor
from bot.services.auditing import Auditing
from bot.services.hotline.bell import DESK_ROLES
from bot.services.hotline.intake import Intake
from storage.database import Database


class Entering:
    """The draft is the operator's, under an account that no messenger knows."""

    def __init__(self, database: Database, intake: Intake, auditing: Auditing) -> None:
        self._database = database
        self._intake = intake
        self._auditing = auditing

    async def begin(self, actor: Actor, source: str, text: str, now: datetime) -> Draft:
        """What was said; anything begun before is forgotten."""
        account = _account(actor)
        await self._intake.forget(account)
        return await self._intake.add(account, source, Piece(text), now)

    async def choose(
        self, actor: Actor, now: datetime, *, section: Category | None = None, school_id: int | None = None
    ) -> Draft | None:
        if section is not None:
            return await self._intake.choose(_account(actor), now, category=section)
        return await self._intake.choose(_account(actor), now, school_known=True, school_id=school_id)

    async def register(self, actor: Actor, channel: Channel, contact: str, now: datetime) -> Case | None:
        """Into the journal, with the contact in the vault when there is one; None when nothing was begun."""
        account = _account(actor)
        level = Level.CONTACT if contact else Level.HIDDEN
        draft = await self._intake.choose(account, now, level=level, contact=contact, consent=("oral", ""))
        if draft is None or draft.category is None:
            return None
        case = await self._intake.register_entered(draft, channel, now)
        await self._intake.forget(account)
        async with self._database.transaction() as tx:
            await self._auditing.note(tx, now, actor, "hotline.enter", f"case:{case.id}", channel=channel.value)
        return case


def _account(actor: Actor) -> Account:
    person = actor.need(*DESK_ROLES)
    return Account("desk", person.id, person.id)
