"""Looks after sent instructions: late assignments, changed works, reminders to who has not read, the list by telephone."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.instruction import ESCALATE_AFTER, REMIND_BEFORE, Instruction
from bot.domain.reminding import DAY_BEGINS, DAY_ENDS, Due, Rule
from bot.screens import instructing as screens
from bot.services.instructing import Instructing
from bot.services.instruction_audience import concerned
from bot.services.staff import Staff
from storage import instructions, lost_time, reminders
from storage.database import Database, Transaction
from storage.outbox import Priority, Promise, promise, to_person

State = tuple[int, int, bool, frozenset[tuple[int, str]], frozenset[tuple[int, str]]]


class InstructionWatch:
    def __init__(self, database: Database, instructing: Instructing, staff: Staff, zone: ZoneInfo) -> None:
        self._database = database
        self._instructing = instructing
        self._staff = staff
        self._zone = zone
        self._done: dict[int, State] = {}  # how each instruction stood when it was last seen to

    async def look(self, now: datetime) -> int:
        """Everything that is due about every open instruction; returns how many instructions are open."""
        async with self._database.read() as reader:
            open_ones = await instructions.open_ones(reader, now.astimezone(self._zone).date())
        for number in open_ones:
            state = await self._state(number, now)
            if state == self._done.get(number):
                continue  # what is only looked at must not keep the one who writes
            async with self._database.transaction() as tx:
                one = await instructions.load(tx, number)
                assert one is not None
                await self._follow_the_plan(tx, one, now)
                await self._remind(tx, one, now)
                late = now >= one.read_by + ESCALATE_AFTER and await self._somebody_unread(tx, one)
                if late and await instructions.escalate(tx, number, now):
                    await self._escalate(tx, number, now)
            self._done[number] = state  # as it was before: what came in between is seen the next time
        return len(open_ones)

    async def _state(self, number: int, now: datetime) -> State:
        """All that what is due depends on: while it stays the same, there is nothing new to do."""
        async with self._database.read(snapshot=True) as reader:
            one = await instructions.load(reader, number)
            assert one is not None
            held = await instructions.readers(reader, number)
            found = await concerned(reader, one)
        moments = [*(one.read_by - before for before in REMIND_BEFORE), one.read_by, one.read_by + ESCALATE_AFTER]
        by_day = DAY_BEGINS <= now.astimezone(self._zone).time() < DAY_ENDS
        theirs = frozenset((person, "\n".join(each.works)) for person, each in found.items())
        told = frozenset((each.person_id, each.works) for each in held)
        return one.version, sum(now >= moment for moment in moments), by_day, theirs, told

    async def _follow_the_plan(self, tx: Transaction, one: Instruction, now: datetime) -> None:
        """New people get it, those taken off are left alone, and whose works changed are told, nobody else."""
        found = await concerned(tx, one)
        held = {each.person_id: each for each in await instructions.readers(tx, one.id)}
        await self._instructing.add_readers(
            tx, one, {person_id: each for person_id, each in found.items() if person_id not in held}, now
        )
        for person_id, reader in held.items():
            works = "\n".join(found[person_id].works) if person_id in found else ""
            if works == reader.works:
                continue
            if await instructions.change_works(tx, one.id, person_id, reader.works, works):
                screen = screens.works_changed(one, works.split("\n") if works else [])
                key = f"works:{one.id}:{person_id}:{now:%Y%m%d%H%M%S}"
                await promise(tx, now, [Promise(key, to_person(person_id), {"screen": screen.to_json()})])
            if person_id not in found:
                await instructions.withdraw_reader(tx, one.id, person_id, now)

    async def _remind(self, tx: Transaction, one: Instruction, now: datetime) -> None:
        """An hour and a quarter of an hour before the time, by the clocks of the place, never at night."""
        local = now.astimezone(self._zone)
        if now >= one.read_by or not DAY_BEGINS <= local.time() < DAY_ENDS:
            return
        passed = [number for number, before in enumerate(REMIND_BEFORE) if now >= one.read_by - before]
        if not passed:
            return
        rule = passed[-1]
        unread = [each for each in await instructions.readers(tx, one.id) if each.read_version < one.version]
        marks = [
            Due(Rule.READ, each.person_id, local.date(), one.id * 1000 + one.version * 10 + rule, one.read_by)
            for each in unread
        ]
        claimed = await reminders.claim(tx, marks, now)
        mark = lost_time.mark(await lost_time.spans(tx), one.read_by - REMIND_BEFORE[rule])
        await promise(
            tx,
            now,
            [
                Promise(
                    f"read:{one.id}:{one.version}:{rule}:{due.person_id}",
                    to_person(due.person_id),
                    {"render": "instruction", "instruction": one.id, "person": due.person_id, **mark},
                    Priority.REMINDER,
                    not_after=one.read_by,
                )
                for due in claimed
            ],
        )

    async def _somebody_unread(self, tx: Transaction, one: Instruction) -> bool:
        return any(each.read_version < one.version for each in await instructions.readers(tx, one.id))

    async def _escalate(self, tx: Transaction, number: int, now: datetime) -> None:
        """The coordinators get who has not read, with phones: promised where it is marked, or neither."""
        one, lines = await self._instructing.unread_within(tx, number)
        mark = lost_time.mark(await lost_time.spans(tx), one.read_by + ESCALATE_AFTER)
        await self._staff.tell(tx, now, f"unread:{number}:{one.version}", screens.unread(one, lines), mark=mark)
