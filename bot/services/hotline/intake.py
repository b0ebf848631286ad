"""From the first word of a writer to a registered case."""

import json
import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from bot.domain.errors import DomainError
from bot.domain.hotline import due, guessing, masking, receipt
from bot.domain.hotline.case import (
    Case,
    CaseId,
    Category,
    Channel,
    Direction,
    Level,
    Status,
)
from bot.domain.hotline.draft import MAX_FILES, MAX_PIECES, Draft, Piece
from bot.domain.hotline.life import Event
from bot.domain.people import Account
from bot.services.hotline.bell import Bell
from bot.services.hotline.keyring import CaseSeal, Keyring, store_keys
from bot.services.hotline.receipts import Receipts
from bot.services.hotline.rules import HotlineRules
from storage.database import Database, Reader, Transaction
from storage.hotline import cases, files, messages, ties
from storage.vault import drafts, keys

DRAFT_LIVES = timedelta(hours=24)


class CodeUnseen(DomainError):
    """The draft holds the only copy of a code that could not be shown yet."""


class DraftFull(DomainError):
    """Forty pieces or ten files: the rest can be added to the case."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A registered case; `code` in groups of four, only for «Без следа» and only until it was shown."""

    case: Case
    code: str = ""


class Intake:
    """Drafts lie in the vault under a keyed hash of the account; a case knows nothing of its draft."""

    def __init__(
        self, database: Database, vault: Database, keyring: Keyring, receipts: Receipts, bell: Bell, rules: HotlineRules
    ) -> None:
        self._database = database
        self._vault = vault
        self._keyring = keyring
        self._receipts = receipts
        self._bell = bell
        self._rules = rules

    async def draft(self, account: Account, now: datetime) -> Draft | None:
        return await self.draft_of(self._keyring.owner(account), now)

    async def draft_of(self, owner: str, now: datetime) -> Draft | None:
        """`owner`: the keyed hash of an account."""
        async with self._vault.read(snapshot=True) as reader:
            return await self._load(reader, owner, now)

    async def add(self, account: Account, source: str, piece: Piece, now: datetime) -> Draft:
        """One more message of the writer, the first one begins a draft. The same `source` is added once.

        Raises `DraftFull`, `CodeUnseen`.
        """
        async with self._vault.transaction() as tx:
            draft = await self._load(tx, self._keyring.owner(account), now)
            if draft is not None and draft.is_sent:
                raise CodeUnseen
            if draft is None:
                await drafts.drop(tx, self._keyring.owner(account))
                draft = Draft(CaseId(secrets.token_hex(16)))
            await self._save(tx, account, draft, now)
            if len(draft.pieces) >= MAX_PIECES or (piece.attachment and len(draft.files) >= MAX_FILES):
                raise DraftFull
            seq = len(draft.pieces) + 1
            content = json.dumps(piece.to_json()).encode()
            sealed = self._keyring.draft_seal.seal(content, f"{draft.case_id}|{seq}")
            fresh = await drafts.add_piece(tx, draft.case_id, seq, self._keyring.source(source), sealed)
        return draft.having(pieces=(*draft.pieces, piece)) if fresh else draft

    async def correct(self, account: Account, source: str, text: str, now: datetime) -> bool:
        """The writer edited a message of the draft; False when it is in no draft."""
        async with self._vault.transaction() as tx:
            draft = await self._load(tx, self._keyring.owner(account), now)
            seq = await drafts.seq_of(tx, draft.case_id, self._keyring.source(source)) if draft else None
            if draft is None or seq is None or draft.is_sent or seq > len(draft.pieces):
                return False
            piece = replace(draft.pieces[seq - 1], text=text)
            content = json.dumps(piece.to_json()).encode()
            await drafts.replace_piece(
                tx, draft.case_id, seq, self._keyring.draft_seal.seal(content, f"{draft.case_id}|{seq}")
            )
            return True

    async def choose(self, account: Account, now: datetime, **answers: Any) -> Draft | None:
        """Set answers of the draft (fields of `Draft`); None when there is no draft."""
        async with self._vault.transaction() as tx:
            draft = await self._load(tx, self._keyring.owner(account), now)
            if draft is None or draft.is_sent:
                return None
            draft = draft.having(**answers)
            draft = draft.having(contact=self._keyring.hidden(draft.contact))
            await self._save(tx, account, draft, now)
            return draft

    async def rewrite(self, account: Account, now: datetime) -> Draft | None:
        """Forget what was written, keep the answers."""
        async with self._vault.transaction() as tx:
            draft = await self._load(tx, self._keyring.owner(account), now)
            if draft is None or draft.is_sent:
                return None
            await drafts.replace_pieces(tx, draft.case_id)
            return draft.having(pieces=())

    async def forget(self, account: Account) -> None:
        async with self._vault.transaction() as tx:
            await drafts.drop(tx, self._keyring.owner(account))

    async def send(self, account: Account, case_id: str, now: datetime) -> Sent | None:
        """Register the draft with this id as a case. Done twice it is the same case; None when there is no such draft.

        The vault is committed before the case, so a crash in between leaves a key without a case, never the reverse.
        """
        draft = await self.draft(account, now)
        if (
            draft is None
            or draft.case_id != case_id
            or draft.category is None
            or draft.level is None
            or not draft.pieces
        ):
            return None
        async with self._database.read() as reader:
            case = await cases.get(reader, draft.case_id)
        if case is None:
            code = await self._keys_first(account, draft, now)
            seal = await self._keyring.case_seal(draft.case_id)
            case = await self._register(draft, seal, now, Channel.TELEGRAM)
        else:  # sent before: it stays what it was then
            code = draft.code if case.level is Level.TRACELESS else ""
        if case.level is not Level.TRACELESS:
            await self.forget(account)
        return Sent(case, receipt.grouped(code) if code else "")

    async def unseen(self, account: Account, now: datetime) -> Sent | None:
        """A case without trace whose code was never shown: the messenger failed at that moment."""
        draft = await self.draft(account, now)
        return await self.send(account, draft.case_id, now) if draft is not None and draft.is_sent else None

    async def register_entered(self, draft: Draft, channel: Channel, now: datetime) -> Case:
        """A case told by phone or in person and typed in by an operator; nobody can be answered through the bot. Idempotent."""
        key, _ = self._keyring.new_key(draft.case_id)
        contact = self._keyring.new_contact(draft.case_id, draft.contact) if draft.contact else None
        async with self._vault.transaction() as tx:
            await store_keys(tx, now, key, contact=contact, consent=draft.consent or ("", ""))
        return await self._register(draft, await self._keyring.case_seal(draft.case_id), now, channel)

    async def _keys_first(self, account: Account, draft: Draft, now: datetime) -> str:
        """For a case that is not registered. An attempt that failed half-way may have left a way back to a writer who has
        chosen another level since: only the key stays, as texts may be on their way to the disk under it."""
        code = (draft.code or receipt.new_code()) if draft.level is Level.TRACELESS else ""
        code_hash = await self._receipts.hash(code) if code else ""
        key, _ = self._keyring.new_key(draft.case_id)
        route = None if code else self._keyring.new_route(draft.case_id, account)
        contact = self._keyring.new_contact(draft.case_id, draft.contact) if draft.contact else None
        async with self._vault.transaction() as tx:
            await keys.forget_writer(tx, draft.case_id)
            await store_keys(
                tx,
                now,
                key,
                route=route,
                contact=contact,
                consent=draft.consent or ("", ""),
                receipt=code_hash,
            )
            if code:
                await self._save(tx, account, draft.having(code=code), now)
        return code

    async def _register(self, draft: Draft, seal: CaseSeal, now: datetime, channel: Channel) -> Case:
        assert draft.category is not None
        assert draft.level is not None
        async with self._database.transaction() as tx:
            known = await cases.get(tx, draft.case_id)
            if known is not None:
                return known
            day = self._rules.local_day(now)
            urgency = due.urgency(draft.category, work_today=await ties.work_on(tx, day, draft.school_id))
            year = day.year
            case = Case(
                draft.case_id,
                year,
                await tx.next_numbers(f"hotline:{year}"),
                draft.level,
                channel,
                draft.category,
                draft.school_id,
                Status.ACCEPTED,
                urgency,
                now,
                due.due_at(draft.category, urgency, now, self._rules.zone, self._rules.is_working_day),
                now,
            )
            await cases.add(tx, case)
            await self._store_pieces(tx, draft, seal, now)
            await messages.note_event(tx, case.id, now, Event.WRITE, Status.ACCEPTED, Status.ACCEPTED)
            await self._bell.new_case(tx, case, now)
            return case

    async def _store_pieces(self, tx: Transaction, draft: Draft, seal: CaseSeal, now: datetime) -> None:
        for seq, piece in enumerate(draft.pieces, 1):
            text = masking.mask(piece.text) if draft.masked else piece.text
            await messages.add(tx, draft.case_id, seq, Direction.IN, seal.seal(text, f"message|{seq}"), now)
            await store_attachment(tx, seal, draft.case_id, seq, piece, now)

    async def _load(self, reader: Reader, owner: str, now: datetime) -> Draft | None:
        row = await drafts.of_owner(reader, owner, now - DRAFT_LIVES)
        if row is None:
            return None
        case_id = row["case_id"]
        seal = self._keyring.draft_seal
        pieces = tuple(
            Piece.from_json(json.loads(seal.unseal(piece["sealed"], f"{case_id}|{piece['seq']}")))
            for piece in await drafts.pieces(reader, case_id)
        )
        return Draft.from_json(CaseId(case_id), json.loads(seal.unseal(row["sealed"], f"{case_id}|draft")), pieces)

    async def _save(self, tx: Transaction, account: Account, draft: Draft, now: datetime) -> None:
        content = json.dumps(draft.to_json()).encode()
        sealed = self._keyring.draft_seal.seal(content, f"{draft.case_id}|draft")
        await drafts.put(tx, self._keyring.owner(account), draft.case_id, sealed, now)


async def store_attachment(
    tx: Transaction, seal: CaseSeal, case_id: str, seq: int, piece: Piece, now: datetime
) -> None:
    """The messenger's name of a file, sealed, until the file is fetched."""
    if piece.attachment is None:
        return
    file_id = secrets.token_hex(16)
    reference = seal.seal(piece.attachment.reference, f"file|{file_id}")
    await files.add(tx, file_id, case_id, seq, piece.attachment.kind, reference, piece.attachment.size, now)


def guess(draft: Draft) -> tuple[Category | None, str | None]:
    """(section, FAQ question) that the words of a draft suggest."""
    return guessing.section(draft.text), None if draft.faq_seen or draft.files else guessing.faq(draft.text)
