"""The journal as a table: every case of a period, its matter and its answer masked; on record before a word is opened."""

from collections.abc import Mapping
from datetime import datetime

from bot.domain.hotline import masking
from bot.domain.hotline.case import Case, Direction, Level
from bot.domain.people import Actor, Role
from bot.domain.table import Chunks, Column, Kind, Table, Tone, Value
from bot.services.auditing import Auditing
from bot.services.hotline.access import Access
from bot.services.hotline.keyring import CaseIsShredded, Keyring
from bot.services.hotline.rules import HotlineRules
from bot.texts import hotline as writer_words
from bot.texts import hotline_desk as desk_words
from bot.texts import hotline_journal as words
from bot.texts import hotline_ties as tie_words
from storage import people, schools
from storage.database import Database
from storage.hotline import cases, files, messages

CHUNK = 200
MOST_TEXT = 2000

COLUMNS = (
    Column(words.NUMBER, Kind.TEXT, 16),
    Column(words.ACCEPTED, Kind.MOMENT, 16),
    Column(words.CHANNEL, Kind.TEXT, 10),
    Column(words.KIND, Kind.TEXT, 18),
    Column(words.SECTION, Kind.TEXT, 22),
    Column(words.SCHOOL, Kind.TEXT, 18),
    Column(words.MATTER, Kind.LONG, 50),
    Column(words.FILES, Kind.NUMBER, 9),
    Column(words.HOW_ANSWERED, Kind.TEXT, 14),
    Column(words.CONTACT, Kind.TEXT, 9),
    Column(words.URGENCY, Kind.TEXT, 10, ((words.URGENCIES["critical"], Tone.BAD),)),
    Column(words.OPERATOR, Kind.TEXT, 11),
    Column(words.DUE, Kind.MOMENT, 16),
    Column(words.STATUS, Kind.TEXT, 18),
    Column(words.MEASURES, Kind.LONG, 30),
    Column(words.ANSWER, Kind.LONG, 50),
    Column(words.ANSWERED, Kind.MOMENT, 16),
    Column(words.OUTCOME, Kind.TEXT, 18),
    Column(words.RATING, Kind.TEXT, 16),
    Column(words.TIES, Kind.LONG, 30),
)


class Journal:
    def __init__(
        self, database: Database, keyring: Keyring, access: Access, auditing: Auditing, rules: HotlineRules
    ) -> None:
        self._database = database
        self._keyring = keyring
        self._access = access
        self._auditing = auditing
        self._rules = rules

    async def table(self, actor: Actor, since: datetime, until: datetime, now: datetime) -> Table:
        """Cases accepted in the period, by number. Raises `NotAllowed`. For coordinators only."""
        actor.need(Role.COORDINATOR)
        async with self._database.transaction() as tx:
            await self._auditing.note(tx, now, actor, "hotline.journal", "cases", since=str(since), until=str(until))
        async with self._database.read(snapshot=True) as reader:
            found = await cases.accepted_between(reader, since, until)
            answered = await cases.answered(reader, since, until)
            allowed = [case for case in found if await self._access.may_see(reader, actor, case)]
            operators = await people.persons(reader, [case.operator_id for case in allowed if case.operator_id])
            places = {case.school_id: await schools.name(reader, case.school_id) for case in allowed if case.school_id}
        codes = {person_id: person.code for person_id, person in operators.items()}

        async def rows() -> Chunks:
            for start in range(0, len(allowed), CHUNK):
                part = allowed[start : start + CHUNK]
                yield [await self._row(case, codes, places, answered.get(case.id)) for case in part]

        return Table(words.TITLE, COLUMNS, rows, words.TITLE)

    async def _row(
        self, case: Case, codes: Mapping[int, str], places: Mapping[int, str], answered: datetime | None
    ) -> list[Value]:
        said = await self._texts(case)
        async with self._database.read() as reader:
            attached = len(await files.of_case(reader, case.id))
        return [
            writer_words.number(case.year, case.number),
            self._local(case.accepted_at),
            words.CHANNELS[case.channel.value],
            words.KINDS[case.category.kind.value],
            writer_words.SECTIONS[case.category],
            places.get(case.school_id or 0, words.UNKNOWN_SCHOOL),
            said.get(Direction.IN, "") if case.shredded_at is None else words.DELETED,
            attached,
            desk_words.LEVELS[case.level.value],
            words.YES if case.level is Level.CONTACT else "",
            words.URGENCIES[case.urgency.value],
            codes.get(case.operator_id or 0, ""),
            self._local(case.due_at),
            desk_words.STATUSES[case.status.value],
            said.get(Direction.MEASURES, ""),
            said.get(Direction.OUT, ""),
            self._local(answered),
            desk_words.OUTCOMES[case.outcome.value] if case.outcome else "",
            desk_words.RATINGS[case.rating.value] if case.rating else "",
            tie_words.in_journal(case.report_number, case.violation, await self._keyring.decision(case)),
        ]

    async def _texts(self, case: Case) -> dict[Direction, str]:
        """Masked texts by direction; empty when the key is gone."""
        try:
            seal = await self._keyring.case_seal(case.id)
        except CaseIsShredded:
            return {}
        async with self._database.read() as reader:
            sealed = await messages.of_case(reader, case.id)
        said: dict[Direction, list[str]] = {}
        for message in sealed:
            if message.sealed and (text := seal.unseal(message.sealed, f"message|{message.seq}")):
                said.setdefault(message.direction, []).append(masking.mask(text))
        return {direction: "\n".join(texts)[:MOST_TEXT] for direction, texts in said.items()}

    def _local(self, moment: datetime | None) -> datetime | None:
        if moment is None:
            return None
        return moment.astimezone(self._rules.zone).replace(tzinfo=None, second=0, microsecond=0)
