"""A generated day, a coordinator who has an account, and the service that makes files of it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

import docx
import pytest

from bot.domain.people import Account, Actor, Role
from bot.services.auditing import Auditing
from bot.services.exporting import Exporting
from storage import people
from storage.audit import Audit
from storage.database import Database
from tests.agreeing import agree
from tests.generate import NOON, ZONE, Rows, Shape, coordinator, filled


@dataclass
class Office:
    database: Database
    rows: Rows
    folder: Path

    def exporting(self, **changes: int) -> Exporting:
        return Exporting(self.database, Auditing(Audit(b"k" * 32)), self.folder, ZONE, "Город Н.", **changes)

    async def staff(self, role: Role = Role.COORDINATOR, number: int = 900) -> Actor:
        """Somebody with this role, known to the database."""
        account = Account("tg", 9000 + number, 9000 + number)
        async with self.database.transaction() as tx:
            await tx.execute("INSERT INTO counter (name, value) VALUES ('person', 5000) ON CONFLICT (name) DO NOTHING")
            person = await people.add_person(tx, 1, "К", NOON)
            await people.link_account(tx, account, person.id, NOON)
            await people.grant(tx, person.id, role, 1, None, NOON, by=None)
            await agree(tx, person.id, account, NOON)
        return replace(coordinator(role), account=account, person=person)

    def files(self) -> list[str]:
        return sorted(path.name for path in self.folder.rglob("*") if path.is_file())


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    database, rows = await filled(tmp_path / "bot.db", 11, Shape(schools=5, violation=0.1))
    yield Office(database, rows, tmp_path / "exports")
    await database.close()


def text_of(content: bytes) -> str:
    """All words of a .docx, those of its tables last."""
    document = docx.Document(BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)
