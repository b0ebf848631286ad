"""What is due by the clock: reminders while an answer is owed, forgetting when a case is over."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from bot.domain.hotline import due, retention
from bot.domain.hotline.case import Case, Urgency
from bot.domain.hotline.retention import Fate, Planned
from bot.domain.people import Actor, Role
from bot.domain.screen import Screen
from bot.screens import hotline_desk as screens
from bot.services.auditing import Auditing
from bot.services.hotline.access import Access
from bot.services.hotline.attachments import Attachments
from bot.services.hotline.bell import DESK_ROLES, Bell
from bot.services.hotline.rules import HotlineRules
from storage import people
from storage.database import Database
from storage.hotline import cases, clocks
from storage.outbox import Priority, Promise, Repeat, promise, to_person
from storage.vault import awaiting, drafts, keys

DRAFT_LIVES = timedelta(hours=24)


class Clocks:
    def __init__(
        self,
        database: Database,
        vault: Database,
        attachments: Attachments,
        access: Access,
        bell: Bell,
        auditing: Auditing,
        rules: HotlineRules,
    ) -> None:
        self._database = database
        self._vault = vault
        self._attachments = attachments
        self._access = access
        self._bell = bell
        self._auditing = auditing
        self._rules = rules

    # -- reminders -----------------------------------------------------------------------------------------------------

    async def remind(self, now: datetime) -> int:
        """Remind whoever works on a case, before and after it is due; returns how many reminders are new.

        A usual one waits for office hours; a critical one does not. What was answered meanwhile is not sent.
        """
        async with self._database.read() as reader:
            waiting = await clocks.waiting(reader, now + due.SOON_BEFORE)
        new = 0
        for case in waiting:
            reached = due.stage(case.accepted_at, case.due_at, case.urgency, now)
            if reached is not None and (case.urgency is Urgency.CRITICAL or self._office_open(now)):
                new += await self._remind(case, *reached, now)
        return new

    async def _remind(self, case: Case, stage: due.Stage, days: int, now: datetime) -> int:
        critical = case.urgency is Urgency.CRITICAL
        payload = {"render": "hotline_due", "case": case.id, "stage": stage.value}
        async with self._database.transaction() as tx:
            everybody = {one.id for role in DESK_ROLES for one in await people.holders(tx, role)}
            mine = case.operator_id if case.operator_id in everybody else None
            told = {mine} if mine is not None and stage is not due.Stage.OVERDUE and not critical else everybody
            key = f"hl-due:{case.id}:{case.due_at:%m%d%H%M}:{stage.value}:{days}"
            promises = [
                Promise(
                    f"{key}:{person_id}",
                    to_person(person_id),
                    payload,
                    Priority.ALERT if critical else Priority.REMINDER,
                    Repeat.CRITICAL if critical else Repeat.ORDINARY,
                )
                for person_id in sorted(told)
            ]
            if self._rules.group_id is not None:
                promises.append(Promise(f"{key}:topic", f"desk:{case.id}", payload, Priority.HOTLINE))
            return await promise(tx, now, promises)

    async def render(self, payload: Mapping[str, Any]) -> Screen | None:
        async with self._database.read() as reader:
            case = await cases.get(reader, str(payload["case"]))
        return screens.due(case, str(payload["stage"]), self._rules.zone) if case and case.waits else None

    def _office_open(self, now: datetime) -> bool:
        local = now.astimezone(self._rules.zone)
        return self._rules.is_working_day(local.date()) and due.WORK_BEGINS <= local.time() < due.WORK_ENDS

    # -- forgetting ----------------------------------------------------------------------------------------------------

    async def planned(self, now: datetime) -> list[Planned]:
        """What `forget` would do now: the dry run."""
        async with self._database.read(snapshot=True) as reader:
            ended = await clocks.ended(reader, now - retention.ROUTE_KEPT)
            joined = await cases.every(reader, [case.merged_into for case, _ in ended if case.merged_into])
        mains: dict[str | None, Case] = {case.id: case for case in joined}
        found = [
            planned
            for case, warned_at in ended
            for planned in retention.plan(case, warned_at, now, mains.get(case.merged_into))
        ]
        async with self._vault.read() as reader:
            held = await keys.routes_of(reader, [planned.case.id for planned in found])
        gone = {Fate.FORGET_ROUTE: "case_route", Fate.FORGET_CONTACT: "case_contact"}
        return [p for p in found if p.fate not in gone or f"{gone[p.fate]}:{p.case.id}" in held]

    async def foreseen(self, actor: Actor, now: datetime) -> list[Planned]:
        """The dry run for a coordinator: of cases they may see. Raises `NotAllowed`."""
        actor.need(Role.COORDINATOR)
        found = await self.planned(now)
        async with self._database.read() as reader:
            return [planned for planned in found if await self._access.may_see(reader, actor, planned.case)]

    async def forget(self, now: datetime) -> list[Planned]:
        """Do what the clocks demand; returns what was done. The keys go first: from then on nobody can read the case."""
        done = await self.planned(now)
        for planned in done:
            match planned.fate:
                case Fate.FORGET_ROUTE:
                    async with self._vault.transaction() as tx:
                        await keys.forget_route(tx, planned.case.id)
                case Fate.FORGET_CONTACT:
                    async with self._vault.transaction() as tx:
                        await keys.forget_contact(tx, planned.case.id)
                case Fate.WARN:
                    await self._warn(planned.case, now)
                case Fate.SHRED:
                    await self.shred(planned.case, now)
        await self._forget_drafts(now)
        return done

    async def shred(self, case: Case, now: datetime) -> None:
        """Destroy the keys, then the sealed texts and files; the row of the journal remains. Idempotent."""
        async with self._vault.transaction() as tx:
            await keys.shred(tx, case.id)
        await self._attachments.delete_of(case.id)
        async with self._database.transaction() as tx:
            await clocks.empty(tx, case.id, now)
            await self._auditing.note(tx, now, None, "hotline.shred", f"case:{case.id}")

    async def hold(self, actor: Actor, case_id: str, now: datetime, *, held: bool) -> Case:
        """Keep the texts in spite of the clocks, or let them run again; why, is a note of the case."""
        async with self._database.transaction() as tx:
            case = await self._access.need(tx, actor, case_id)
            await clocks.hold(tx, case_id, held=held)
            await self._auditing.note(tx, now, actor, "hotline.hold", f"case:{case_id}", held=held)
        return case

    async def _warn(self, case: Case, now: datetime) -> None:
        async with self._database.transaction() as tx:
            await clocks.mark_warned(tx, case.id, now)
            await self._bell.before_deletion(tx, case, now)

    async def _forget_drafts(self, now: datetime) -> None:
        async with self._vault.transaction() as tx:
            await drafts.drop_older(tx, now - DRAFT_LIVES)
            await awaiting.clear_older(tx, now - DRAFT_LIVES)
