"""Keys of cases and the way back to their writers: made, opened and destroyed here and nowhere else."""

import asyncio
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from bot import sealed_box
from bot.domain.hotline.case import Case, CaseId
from bot.domain.people import Account
from bot.sealing import CannotUnseal, Keys, Seal
from bot.services.hotline.masters import Reload
from storage.database import Database, Reader, Transaction
from storage.sqlite import Row
from storage.vault import keys as rows
from storage.vault.keys import Wrapped

KEY_BYTES = 32
CASES, ROUTES, CONTACTS = "case_key", "case_route", "case_contact"


class CaseIsShredded(Exception):
    """The key of this case is gone: nobody can read it any more."""


class CaseSeal:
    """Seals what belongs to one case; a sealed text cannot be moved to another case or place."""

    def __init__(self, case_id: str, key: bytes) -> None:
        self._case_id = case_id
        self._seal = Seal(key)

    def seal(self, text: str, place: str) -> bytes:
        return self.seal_bytes(text.encode("utf-8", "surrogatepass"), place)

    def seal_bytes(self, content: bytes, place: str) -> bytes:
        return self._seal.seal(content, f"{self._case_id}|{place}")

    def unseal(self, sealed: bytes, place: str) -> str:
        """Raises `CannotUnseal`."""
        return self.unseal_bytes(sealed, place).decode("utf-8", "surrogatepass")

    def unseal_bytes(self, sealed: bytes, place: str) -> bytes:
        return self._seal.unseal(sealed, f"{self._case_id}|{place}")


class Keyring:
    """`masters`: the installation's keys by version; the newest seals, every one opens. `reload` finds those that were
    added since, beside the running bot. `custodian`: the public half of a key that is not on this server, or ''."""

    def __init__(
        self, vault: Database, masters: Mapping[int, Keys], *, reload: Reload | None = None, custodian: str = ""
    ) -> None:
        self._vault = vault
        self._masters = dict(masters)
        self._reload = reload
        self._opened: dict[tuple[str, int], Seal] = {}
        self._custodian = sealed_box.read_public(custodian) if custodian else None
        self.version = max(masters)

    @property
    def installation(self) -> Keys:
        """The key that stays: for hashes that are looked up, and for what lives a day."""
        return self._masters[min(self._masters)]

    def owner(self, account: Account) -> str:
        """An account as drafts know it."""
        return self.installation.hmac("hotline-owner", str(account))

    def source(self, key: str) -> str:
        """An update as cases know it: what came from it is made once."""
        return self.installation.hmac("hotline-source", key)

    def lane(self, account: Account) -> str:
        """An account as the rows of its raw updates know it."""
        return self.installation.seal("inbox").mark(str(account.user_id))

    @property
    def draft_seal(self) -> Seal:
        return self.installation.seal("hotline-draft")

    def new_key(self, case_id: str) -> tuple[Wrapped, CaseSeal]:
        key = os.urandom(KEY_BYTES)
        return Wrapped(case_id, self.wrap(CASES, case_id, key), self.version), CaseSeal(case_id, key)

    async def case_seal(self, case_id: str, reader: Reader | None = None) -> CaseSeal:
        """Raises `CaseIsShredded`. Read anew each time: a destroyed key is gone at once."""
        if reader is None:
            async with self._vault.read() as own:
                return await self.case_seal(case_id, own)
        wrapped = await rows.key(reader, case_id)
        if wrapped is None:
            raise CaseIsShredded(case_id)
        return self.open_case(wrapped)

    def open_case(self, wrapped: Wrapped) -> CaseSeal:
        return CaseSeal(wrapped.case_id, self._unwrap(CASES, wrapped))

    async def decision(self, case: Case) -> str:
        """What was decided because of a case; '' when nothing was, or its key is gone."""
        if not case.decision:
            return ""
        try:
            return (await self.case_seal(case.id)).unseal(case.decision, "decision")
        except (CaseIsShredded, CannotUnseal):
            return ""

    def new_route(self, case_id: str, account: Account) -> Wrapped:
        content = json.dumps([account.platform, account.user_id, account.chat_id])
        return self._sealed_apart(ROUTES, case_id, content)

    async def route(self, case_id: str) -> Account | None:
        """For delivery and for recognising the writer; never shown, never exported."""
        async with self._vault.read() as reader:
            wrapped = await rows.route(reader, case_id)
        return None if wrapped is None else self.open_route(wrapped)

    def open_route(self, wrapped: Wrapped) -> Account:
        return Account(*json.loads(self._open_apart(ROUTES, wrapped)))

    async def routes(self) -> list[tuple[CaseId, Account]]:
        async with self._vault.read() as reader:
            wrapped = await rows.all_routes(reader)
        return [(CaseId(route.case_id), self.open_route(route)) for route in wrapped]

    def hidden(self, contact: str) -> str:
        """Sealed for the custodian, when there is one: from then on this server cannot read it. Sealed twice it is once."""
        if self._custodian is None or not contact or sealed_box.is_sealed(contact):
            return contact
        return sealed_box.seal(self._custodian, contact)

    def new_contact(self, case_id: str, contact: str) -> Wrapped:
        return self._sealed_apart(CONTACTS, case_id, contact)

    def open_contact(self, wrapped: Wrapped) -> str:
        return self._open_apart(CONTACTS, wrapped)

    async def forget_contact(self, case_id: str) -> None:
        async with self._vault.transaction() as tx:
            await rows.forget_contact(tx, case_id)

    def wrap(self, table: str, case_id: str, key: bytes) -> bytes:
        return self._kek(table, self.version).seal(key, f"{table}|{case_id}|{self.version}")

    def rewrapped(self, table: str, wrapped: Wrapped) -> Wrapped:
        """The same key under the newest master."""
        return Wrapped(
            wrapped.case_id,
            self.wrap(table, wrapped.case_id, self._unwrap(table, wrapped)),
            self.version,
            wrapped.sealed,
        )

    def each_text(self, keys: Sequence[Row], sealed: Sequence[Row]) -> Iterator[tuple[str, str]]:
        """(case id, text) of every message, for a search through thousands of cases; what cannot be opened is left out.

        No more than one key and one text at a time are in memory.
        """
        wrapped = {row[0]: row for row in keys}
        opened, seal = "", None
        for case_id, seq, content in sealed:
            try:
                if seal is None or case_id != opened:
                    seal = None
                    _, key, version = wrapped[case_id]
                    opened, seal = case_id, Seal(self._kek(CASES, version).unseal(key, f"{CASES}|{case_id}|{version}"))
                text = seal.unseal(content, f"{case_id}|message|{seq}")
            except (CannotUnseal, KeyError):
                continue
            yield case_id, text.decode("utf-8", "surrogatepass")

    async def rotate(self) -> int:
        """Put every key under the newest master, all or none; returns how many were under an older one. Idempotent."""
        turned = 0
        async with self._vault.transaction() as tx:
            for table in (CASES, ROUTES, CONTACTS):
                older = await rows.of_older_version(tx, table, self.version)
                await rows.rewrap(tx, table, await asyncio.to_thread(self._all_rewrapped, table, older))
                turned += len(older)
        return turned

    async def count_by_version(self) -> dict[int, int]:
        """How many keys are under each master."""
        async with self._vault.read() as reader:
            return await rows.versions(reader)

    def _all_rewrapped(self, table: str, older: list[Wrapped]) -> list[Wrapped]:
        return [self.rewrapped(table, key) for key in older]

    def _unwrap(self, table: str, wrapped: Wrapped) -> bytes:
        about = f"{table}|{wrapped.case_id}|{wrapped.key_version}"
        return self._kek(table, wrapped.key_version).unseal(wrapped.wrapped, about)

    def _sealed_apart(self, table: str, case_id: str, content: str) -> Wrapped:
        key = os.urandom(KEY_BYTES)
        sealed = Seal(key).seal(content.encode(), f"{case_id}|{table}")
        return Wrapped(case_id, self.wrap(table, case_id, key), self.version, sealed)

    def _open_apart(self, table: str, wrapped: Wrapped) -> str:
        return Seal(self._unwrap(table, wrapped)).unseal(wrapped.sealed, f"{wrapped.case_id}|{table}").decode()

    def _kek(self, table: str, version: int) -> Seal:
        if version not in self._masters and self._reload is not None:
            self._masters.update(self._reload())
            self.version = max(self._masters)
        if (table, version) not in self._opened:
            self._opened[table, version] = self._masters[version].seal(f"hotline-{table}")
        return self._opened[table, version]


async def store_keys(
    tx: Transaction,
    now: datetime,
    key: Wrapped,
    *,
    route: Wrapped | None = None,
    contact: Wrapped | None = None,
    consent: tuple[str, str] = ("", ""),
    receipt: str = "",
) -> bool:
    """All that the vault keeps of a new case, in one transaction of the vault; what is there stays. False when its key was."""
    fresh = await rows.add_key(tx, key, now)
    if route is not None:
        await rows.add_route(tx, route)
    if contact is not None:
        await rows.add_contact(tx, contact, *consent, now)
    if receipt:
        await rows.add_receipt(tx, key.case_id, receipt)
    return fresh
