"""Files of a case: fetched soon, kept under the case's key and a random name, read with a record."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bot.domain.hotline.case import FileKind
from bot.domain.people import Actor
from bot.durable import write_whole
from bot.services.auditing import Auditing
from bot.services.hotline.access import Access
from bot.services.hotline.keyring import CaseIsShredded, Keyring
from storage.database import Database
from storage.hotline import files
from storage.hotline.files import CaseFile

PAUSES_MINUTES = (0.25, 0.5, 1, 2, 5, 10, 30, 60)
TRIES = 40


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file that is still at the messenger; `reference` is how the messenger calls it."""

    file: CaseFile
    reference: str


class Attachments:
    def __init__(self, database: Database, keyring: Keyring, access: Access, auditing: Auditing, folder: Path) -> None:
        self._database = database
        self._keyring = keyring
        self._access = access
        self._auditing = auditing
        self._folder = folder

    async def wanted(self, now: datetime) -> list[Wanted]:
        """Files to fetch now; those of destroyed cases are struck off."""
        async with self._database.read() as reader:
            pending = await files.pending(reader, now)
        found = []
        for file in pending:
            try:
                seal = await self._keyring.case_seal(file.case_id)
            except CaseIsShredded:
                await self.refuse(file, "shredded")
                continue
            found.append(Wanted(file, seal.unseal(file.reference or b"", f"file|{file.id}")))
        return found

    async def keep(self, file: CaseFile, content: bytes) -> None:
        """Seal it, put it in place whole, forget how the messenger calls it. Idempotent."""
        seal = await self._keyring.case_seal(file.case_id)
        sealed = seal.seal_bytes(content, f"content|{file.id}")
        await asyncio.to_thread(write_whole, self._path(file.id), sealed)
        async with self._database.transaction() as tx:
            await files.settle(tx, file.id, "stored", size=len(content))

    async def refuse(self, file: CaseFile, why: str) -> None:
        async with self._database.transaction() as tx:
            await files.settle(tx, file.id, "refused", reason=why)

    async def not_yet(self, file: CaseFile, why: str, now: datetime) -> None:
        """Try again later; after many tries it is refused, and its reference forgotten."""
        if file.tries >= TRIES:
            await self.refuse(file, why)
            return
        pause = timedelta(minutes=PAUSES_MINUTES[min(file.tries, len(PAUSES_MINUTES) - 1)])
        async with self._database.transaction() as tx:
            await files.try_later(tx, file.id, now + pause, why)

    async def read(self, actor: Actor, case_id: str, index: int, now: datetime) -> tuple[FileKind, bytes] | None:
        """The file with this place in the case, after its reading is on record; None while it is not here.

        Raises `NotAllowed`, `NoSuchCase`, `CaseHidden`.
        """
        async with self._database.transaction() as tx:
            case = await self._access.need(tx, actor, case_id)
            attached = await files.of_case(tx, case_id)
            if not 0 <= index < len(attached) or attached[index].state != "stored":
                return None
            file = attached[index]
            await self._auditing.note(tx, now, actor, "hotline.file", f"case:{case.id}", file=file.id)
        try:
            seal = await self._keyring.case_seal(case_id)
            return file.kind, seal.unseal_bytes(self._path(file.id).read_bytes(), f"content|{file.id}")
        except (CaseIsShredded, FileNotFoundError):
            return None

    async def delete_of(self, case_id: str) -> int:
        """Remove the files of a case from the disk; returns how many."""
        async with self._database.transaction() as tx:
            attached = [file for file in await files.of_case(tx, case_id) if file.state != "deleted"]
            for file in attached:
                await files.settle(tx, file.id, "deleted")
        for file in attached:
            self._path(file.id).unlink(missing_ok=True)
        return len(attached)

    async def sweep(self) -> int:
        """Remove files that belong to no row and halves of files; returns how many. For the start only."""
        if not self._folder.is_dir():
            return 0
        async with self._database.read() as reader:
            known = await files.known_names(reader)
        left = [path for path in self._folder.iterdir() if path.suffix == ".part" or path.stem not in known]
        for path in left:
            path.unlink(missing_ok=True)
        return len(left)

    def _path(self, file_id: str) -> Path:
        return self._folder / f"{file_id}.bin"
