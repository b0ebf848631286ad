"""Жеребьёвка: proposed from the plan, kept with everything that went in, applied by a coordinator, told in a protocol."""

import asyncio
import json
import secrets
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.assigning import Slot
from bot.domain.draw import Place, draw
from bot.domain.draw_record import choices, pool_to_json, result_to_json
from bot.domain.errors import DomainError
from bot.domain.people import Actor, Role
from bot.domain.plan import Sitting
from bot.domain.screen import Screen
from bot.services.assigning import Assigning
from bot.services.auditing import Auditing
from bot.services.draw_protocol import protocol
from bot.services.planning import Planning, find_sitting
from bot.texts import drawing as words
from storage import assignments, draws, schools, sittings
from storage.database import Database
from storage.draws import Drawn
from storage.outbox import Promise, promise, to_person

A_UNIT = 40  # assignments in one transaction: others wait no longer than that takes


@dataclass(eq=False)
class NoSuchDraw(DomainError):
    """No draw has this number."""

    number: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a draw came to, counted."""

    drawn: Drawn
    sittings: int
    placed: int
    schools: int
    obligatory: tuple[str, ...]
    short: tuple[tuple[str, int], ...]  # (why nobody fitted, how many sittings)


class Drawing:
    """For coordinators. Raises `NotAllowed`, `NoSuchDraw`."""

    def __init__(
        self,
        database: Database,
        auditing: Auditing,
        assigning: Assigning,
        planning: Planning,
        zone: ZoneInfo,
        place: str,
    ) -> None:
        """`place`: the municipality, for the protocol."""
        self._database = database
        self._auditing = auditing
        self._assigning = assigning
        self._planning = planning
        self._zone = zone
        self._place = place

    async def propose(self, actor: Actor, first: date, last: date, now: datetime, *, seed: str = "") -> Proposal | None:
        """Draw observers for every sitting of these days that has none; nothing is assigned yet. None: there is no such.

        Without a `seed` a random one is taken; whichever it was, it is kept.
        """
        by = actor.need(Role.COORDINATOR)
        seed = seed or secrets.token_hex(8)
        async with self._database.read(snapshot=True) as reader:
            found = await assignments.without_observer(reader, first, last)
            if not found:
                return None
            watchers = await self._assigning.watchers(reader, min(first, now.astimezone(self._zone).date()))
            risk = await schools.risk_years(reader)
        places = [self._place_of(sitting) for sitting in found]
        obligatory = frozenset(sitting.school_name for sitting in found if sitting.school_id in risk)
        result = await asyncio.to_thread(draw, seed, places, watchers, obligatory, self._assigning.rules)
        pool = pool_to_json(places, watchers, obligatory, self._assigning.rules)
        async with self._database.transaction() as tx:
            draw_id = await draws.add(
                tx, first, last, seed, json.dumps(pool), json.dumps(result_to_json(result)), now, by=by.id
            )
            await self._auditing.note(
                tx, now, actor, "draw", f"draw:{draw_id}", seed=seed, sittings=len(places), placed=result.placed
            )
        return await self.proposal(actor, draw_id)

    async def proposal(self, actor: Actor, draw_id: int) -> Proposal:
        actor.need(Role.COORDINATOR)
        drawn = await self._load(draw_id)
        made = choices(drawn.result)
        short = Counter(str(choice.why) for choice in made if choice.person_id is None)
        school_of = {one["id"]: one["school"] for one in drawn.pool["sittings"]}
        covered = {school_of[choice.sitting_id] for choice in made if choice.person_id is not None}
        return Proposal(
            drawn,
            len(made),
            len(made) - sum(short.values()),
            len(covered),
            tuple(drawn.pool["obligatory"]),
            tuple(short.most_common()),
        )

    async def apply(self, actor: Actor, draw_id: int, now: datetime) -> tuple[int, int] | None:
        """Assign what was drawn, as far as it still fits; (assigned, left out). After a stop it goes on.

        None: it was applied before, and whatever was changed by hand since stays.
        """
        by = actor.need(Role.COORDINATOR)
        drawn = await self._load(draw_id)
        if drawn.applied_at is not None:
            return None
        wanted = [(c.sitting_id, c.person_id) for c in choices(drawn.result) if c.person_id is not None]
        told: dict[int, list[Sitting]] = {}
        left = 0
        for start in range(0, len(wanted), A_UNIT):
            async with self._database.transaction() as tx:
                for sitting_id, person_id in wanted[start : start + A_UNIT]:
                    try:
                        sitting = await find_sitting(tx, sitting_id)
                        if set(await sittings.assigned(tx, sitting_id)) - {person_id}:  # one observer a room
                            left += 1
                            continue
                        await self._assigning.refuse(tx, sitting, person_id)
                        await self._planning.assign_in(tx, sitting_id, person_id, now, by=by.id, tell=False)
                    except DomainError:
                        left += 1
                        continue
                    told.setdefault(person_id, []).append(sitting)
        async with self._database.transaction() as tx:
            if await draws.applied(tx, draw_id, now, by=by.id):
                await promise(
                    tx,
                    now,
                    [
                        Promise(f"draw:{draw_id}:{person_id}", to_person(person_id), _told(mine))
                        for person_id, mine in told.items()
                    ],
                )
                await self._auditing.note(
                    tx, now, actor, "apply_draw", f"draw:{draw_id}", assigned=len(wanted) - left, left=left
                )
        return len(wanted) - left, left

    async def papers(self, actor: Actor, draw_id: int) -> tuple[bytes, bytes]:
        """The protocol as .docx, and the file by which anybody repeats the draw."""
        from bot.documents.docx import write_docx

        actor.need(Role.COORDINATOR)
        drawn = await self._load(draw_id)
        document = await asyncio.to_thread(write_docx, protocol(drawn, self._place, self._zone))
        record = {"seed": drawn.seed, "pool": drawn.pool, "result": drawn.result}
        return document, json.dumps(record, ensure_ascii=False, indent=1).encode()

    async def _load(self, draw_id: int) -> Drawn:
        async with self._database.read() as reader:
            drawn = await draws.load(reader, draw_id)
        if drawn is None:
            raise NoSuchDraw(draw_id)
        return drawn

    def _place_of(self, sitting: Sitting) -> Place:
        label = f"{sitting.date.isoformat()} {sitting.class_name} {sitting.subject}"
        return Place(sitting.id, sitting.school_name, sitting.school_id, Slot.of(sitting, self._zone), label)


def _told(mine: list[Sitting]) -> dict[str, object]:
    return {"screen": Screen(words.assigned(mine)).to_json()}
