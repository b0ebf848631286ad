"""A joined message is a message: chat, the sheet and М14 count the same cases, М15 what came out of them once."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.indicators import Measured
from bot.domain.period import Period, scope_of
from bot.screens import figures
from bot.services.sheets.evidence import hotline
from bot.services.sheets.source import Source, read_source
from bot.texts import workbook as words
from storage.clock import to_text
from tests.generate import DAY, NOON, ZONE, Shape, coordinator, filled

# id, status, outcome, hours before noon: accepted, due, answered, closed; joined to
CASES = (
    (1, "closed", "confirmed", 3, 1, 2, 2, None),
    (2, "repeated", "", 3, 1, None, 0, 1),  # joined after its own due date, but answered with the first in time
    (3, "repeated", "", 3, 1, None, 2, 5),  # joined in time to what nobody has answered
    (4, "repeated", "", 3, 1, None, 2, 3),  # and further along the same chain
    (5, "in_work", "", 4, 1, None, None, None),
    (6, "declined", "", 3, 1, None, 2, None),
)


@pytest.fixture
async def source(tmp_path: Path) -> AsyncIterator[Source]:
    database, _ = await filled(tmp_path / "bot.db", 5, Shape(schools=1))
    async with database.transaction() as tx:
        for number, status, outcome, *hours, _ in CASES:
            accepted, due, answered, closed = map(_ago, hours)
            await tx.execute(
                "INSERT INTO hotline_case (id, year, number, level, channel, category, status, urgency, outcome,"
                " accepted_at, due_at, answered_at, closed_at, heard_at) VALUES (:id, 2026, :number, 'hidden', 'telegram',"
                " 1, :status, 'usual', :outcome, :accepted, :due, :answered, :closed, :accepted)",
                id=f"{number:032x}", number=number, status=status, outcome=outcome, accepted=accepted, due=due,
                answered=answered, closed=closed,
            )  # fmt: skip
        for number, *_, into in CASES:
            if into is not None:
                await tx.execute(
                    "UPDATE hotline_case SET merged_into = :into WHERE id = :id",
                    into=f"{into:032x}",
                    id=f"{number:032x}",
                )
    async with database.read(snapshot=True) as reader:
        yield await read_source(reader, Period.day(DAY), scope_of(coordinator()), NOON, ZONE, "Город Н.", "К-001")
    await database.close()


def _ago(hours: int | None) -> str | None:
    return None if hours is None else to_text(NOON - timedelta(hours=hours))


async def test_every_accepted_message_is_counted_everywhere(source: Source) -> None:
    rows = [row async for chunk in hotline(source).rows() for row in chunk]
    measured = {each.code: each.measured for each in source.indicators}
    assert "Горячая линия: новых 6, ждут ответа 1, просрочено 1" in figures.lines(source.summary, live=True)
    assert len(rows) == 6
    late = [column.title for column in hotline(source).columns].index(words.LATE)
    in_time = sum(row[late] != words.NO for row in rows)
    assert measured["М14"] == Measured(in_time, len(rows)) == Measured(3, 6)
    assert measured["М15"] == Measured(1, 2)
