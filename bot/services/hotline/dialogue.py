"""The writer's side after sending: their own cases, additions, ratings, and the answers that reach them."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.domain.errors import DomainError
from bot.domain.hotline.case import ANSWERS, TO_WRITER, Case, Direction, Rating, Status
from bot.domain.hotline.draft import Piece
from bot.domain.hotline.life import Event
from bot.domain.people import Account
from bot.domain.screen import Screen
from bot.screens import hotline as screens
from bot.services.hotline.bell import Bell
from bot.services.hotline.intake import store_attachment
from bot.services.hotline.keyring import CaseIsShredded, CaseSeal, Keyring
from bot.services.hotline.progress import Progress
from bot.services.hotline.rules import HotlineRules
from bot.texts import hotline_desk as desk_words
from storage import people, schools
from storage.database import Database, Reader, Transaction
from storage.hotline import cases, joins, messages
from storage.outbox import Priority, Promise, Repeat, promise

Render = Callable[[Mapping[str, Any]], Awaitable[Screen | None]]
BURST = timedelta(minutes=10)


class NotYourCase(DomainError):
    """This chat did not write the case, or the way back to it is forgotten."""


class Dialogue:
    """Whoever writes is recognised by the sealed way back, or by a code; nothing else names them."""

    def __init__(
        self, database: Database, keyring: Keyring, progress: Progress, bell: Bell, rules: HotlineRules
    ) -> None:
        self._database = database
        self._keyring = keyring
        self._progress = progress
        self._bell = bell
        self._rules = rules

    async def mine(self, account: Account) -> list[Case]:
        """Cases that will be answered into this chat, newest first. Opens every way back: there is no index of writers."""
        ids = [case_id for case_id, owner in await self._keyring.routes() if _same(owner, account)]
        async with self._database.read() as reader:
            found = await cases.every(reader, list(ids))
        return sorted(found, key=lambda case: (case.year, case.number), reverse=True)

    async def own(self, account: Account, case_id: str) -> tuple[Case, str]:
        """A case of this chat and its school's name. Raises `NotYourCase`."""
        await self._need_owner(account, case_id)
        async with self._database.read() as reader:
            return await self._case(reader, case_id)

    async def operator(self, case: Case) -> str:
        """The code of whoever works on the case; '' when nobody does."""
        if case.operator_id is None:
            return ""
        async with self._database.read() as reader:
            return (await people.person(reader, case.operator_id)).code

    async def add(self, account: Account | None, case_id: str, source: str, piece: Piece, now: datetime) -> Case:
        """The writer adds something, in any status. `account` None: they came with a code, and nothing marks them.

        Raises `NotYourCase`.
        """
        if account is not None:
            await self._need_owner(account, case_id)
        seal = await self._seal(case_id)
        mark = None if account is None else self._keyring.source(source)
        async with self._database.transaction() as tx:
            case, _ = await self._case(tx, case_id)
            if mark is not None and await messages.is_known(tx, mark):
                return case
            seq = await messages.next_seq(tx, case_id)
            await messages.add(
                tx, case_id, seq, Direction.IN, seal.seal(piece.text, f"message|{seq}"), now, source=mark
            )
            await store_attachment(tx, seal, case_id, seq, piece, now)
            case = await self._progress.step(tx, case, Event.WRITE, now, heard_at=now)
            await self._ring_once(tx, case, seq, now)
            await self._wake_main(tx, case, now)
            return case

    async def rate(self, account: Account | None, case_id: str, rating: Rating, source: str, now: datetime) -> Case:
        """«Не помогло» reopens. Raises `NotYourCase`."""
        if account is not None:
            await self._need_owner(account, case_id)
        async with self._database.transaction() as tx:
            case, _ = await self._case(tx, case_id)
            if case.rating is rating and (rating is not Rating.NOT or case.status is Status.IN_WORK):
                return case
            event = Event.UNSATISFIED if rating is Rating.NOT else Event.SATISFIED
            case = await self._progress.step(tx, case, event, now, rating=rating.value, heard_at=now)
            what = desk_words.RETURNED if rating is Rating.NOT else desk_words.RATED[rating.value]
            await self._bell.again(tx, case, now, f"hl-rate:{case_id}:{case.revision}", what)
            if rating is Rating.NOT:
                await self._wake_main(tx, case, now)
            return case

    async def withdraw_contact(self, account: Account, case_id: str) -> Case:
        """Forget the contact at once. Raises `NotYourCase`."""
        case, _ = await self.own(account, case_id)
        await self._keyring.forget_contact(case_id)
        return case

    async def answers(self, case_id: str) -> list[tuple[Direction, str]]:
        """Questions and answers to the writer, oldest first, for those who came with a code; also the answers given since
        then by the case that this one was joined to, as `tell` gives them to those who are reached in chat."""
        async with self._database.read(snapshot=True) as reader:
            await self._case(reader, case_id)
            found = [one for one in await messages.of_case(reader, case_id) if one.direction in TO_WRITER]
            for join in await joins.of_case(reader, case_id):
                answered = await messages.of_case(reader, join.main_id)
                found += [m for m in answered if m.direction in ANSWERS and m.seq >= join.first_seq]
        said = []
        for message in found:
            if message.sealed:
                seal = await self._seal(message.case_id)
                said.append((message.direction, seal.unseal(message.sealed, f"message|{message.seq}")))
        return said

    async def tell(self, tx: Transaction, case: Case, seq: int, direction: Direction, now: datetime) -> bool:
        """Promise a message of the case to its writer; an answer also to those whose cases were joined to it. A question is
        about what its writer wrote, and nobody else's.

        False when its writer comes for it with a code, or is to be called.
        """
        joined = await cases.joined_to(tx, case.id) if direction in ANSWERS else []
        told = [one for one in (case, *joined) if one.is_reachable]
        await promise(
            tx,
            now,
            [
                Promise(
                    f"hl-out:{case.id}:{seq}:{one.id}",
                    f"case:{one.id}",
                    {"render": "hotline_answer", "case": case.id, "message": seq, "to": one.id},
                    Priority.HOTLINE,
                    Repeat.CRITICAL,
                )
                for one in told
            ],
        )
        return case in told

    def renderers(self) -> dict[str, Render]:
        return {"hotline_answer": self._render_answer}

    async def resolve(self, case_id: str) -> int | None:
        """The chat of the writer, for delivery."""
        account = await self._keyring.route(case_id)
        return None if account is None else account.chat_id

    async def _render_answer(self, payload: Mapping[str, Any]) -> Screen | None:
        """`to` is the case whose writer reads it: the same case, or one that was joined to it."""
        case_id, seq = str(payload["case"]), int(payload["message"])
        try:
            seal = await self._keyring.case_seal(case_id)
        except CaseIsShredded:
            return None
        async with self._database.read(snapshot=True) as reader:
            case = await cases.get(reader, case_id)
            reader_case = await cases.get(reader, str(payload["to"]))
            message = await messages.get(reader, case_id, seq)
        if case is None or reader_case is None or message is None or not message.sealed:
            return None
        shown = replace(reader_case, outcome=case.outcome, closed_at=case.closed_at, status=case.status)
        screen = screens.to_writer(
            shown, message.direction, seal.unseal(message.sealed, f"message|{seq}"), self._rules.local_day(message.at)
        )
        return replace(screen, silent=self._rules.is_night(self._rules.clock())) if screen else None

    async def _ring_once(self, tx: Transaction, case: Case, seq: int, now: datetime) -> None:
        """One notice for what came since somebody read the case, and again every ten minutes while it goes on."""
        unread = await messages.first_unread(tx, case.id) or seq
        window = int(now.timestamp() // BURST.total_seconds())
        await self._bell.again(tx, case, now, f"hl-add:{case.id}:{unread}:{window}", desk_words.ADDED)

    async def _wake_main(self, tx: Transaction, case: Case, now: datetime) -> None:
        """A joined case cannot be answered itself: what its writer says brings the case that answers it back to work."""
        main = None if case.merged_into is None else await cases.get(tx, case.merged_into)
        if main is not None and main.shredded_at is None and (main.is_over or main.status is Status.ANSWERED):
            await self._progress.step(tx, main, Event.WRITE, now, detail=f"case:{case.id}")

    async def _need_owner(self, account: Account, case_id: str) -> None:
        owner = await self._keyring.route(case_id)
        if owner is None or not _same(owner, account):
            raise NotYourCase

    async def _seal(self, case_id: str) -> CaseSeal:
        try:
            return await self._keyring.case_seal(case_id)
        except CaseIsShredded:
            raise NotYourCase from None

    async def _case(self, reader: Reader, case_id: str) -> tuple[Case, str]:
        case = await cases.get(reader, case_id)
        if case is None:
            raise NotYourCase
        return case, await schools.name(reader, case.school_id) if case.school_id else ""


def _same(owner: Account, account: Account) -> bool:
    return owner.platform == account.platform and owner.user_id == account.user_id
