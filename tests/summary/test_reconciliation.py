"""Each sheet with a figure of the chat is in «Сверка», and a difference in any of them is found."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.export import ExportKind
from bot.domain.period import Period, scope_of
from bot.domain.summary import Briefed, HotlineCounts, SittingCounts, Summary, Uploads
from bot.domain.table import Heading
from bot.services.sheets.book import tables_of
from bot.services.sheets.reconciliation import reconciliation
from bot.services.sheets.source import Source, read_source
from bot.texts import workbook as words
from tests.generate import DAY, NOON, ZONE, Shape, coordinator, filled


@pytest.fixture
async def source(tmp_path: Path) -> AsyncIterator[Source]:
    """Every sheet but the first is written."""
    database, _ = await filled(tmp_path / "bot.db", 4, Shape(schools=4, days=2, memos=True, cases=9, cancelled=0.3))
    async with database.read(snapshot=True) as reader:
        found = await read_source(reader, Period.day(DAY), scope_of(coordinator()), NOON, ZONE, "Город Н.", "К-001")
        for table in tables_of(found, ExportKind.BOOK)[1:]:
            rows = [row async for chunk in table.rows() for row in chunk if not isinstance(row, Heading)]
            found.written[table.title] = len(rows)
            found.sums[table.title] = {
                column.title: sum(row[at] for row in rows) for at, column in enumerate(table.columns) if column.summed
            }
        yield found
    await database.close()


def wrong(source: Source, summary: Summary) -> set[str]:
    return {
        sheet for each in reconciliation(replace(source, summary=summary)) if not each.agrees for sheet in each.sheets
    }


async def test_everything_agrees_and_something_is_compared(source: Source):
    checks = reconciliation(source)
    assert [each for each in checks if not each.agrees] == []
    sheets = {sheet for each in checks if each.chat for sheet in each.sheets}
    assert sheets >= {words.INSTRUCTIONS, words.UPLOADS, words.HOTLINE, words.INDICATORS}


async def test_a_difference_in_any_of_them_is_found(source: Source):
    summary = source.summary
    briefed, uploads, hotline = summary.briefed, summary.uploads, summary.hotline
    assert hotline is not None
    assert wrong(source, replace(summary, briefed=replace(briefed, read=briefed.read + 1))) == {words.INSTRUCTIONS}
    assert wrong(source, replace(summary, briefed=Briefed())) == {words.INSTRUCTIONS}
    assert wrong(source, replace(summary, uploads=replace(uploads, overdue=7))) == {words.UPLOADS}
    assert wrong(source, replace(summary, uploads=Uploads())) == {words.UPLOADS}
    fresh = HotlineCounts(hotline.fresh + 1)
    assert wrong(source, replace(summary, hotline=fresh)) == {words.HOTLINE, words.INDICATORS}
    first, *others = summary.schools
    off = replace(first, sittings=SittingCounts(3, 0, 0, 0, 3))
    assert words.INDICATORS in wrong(source, replace(summary, schools=(off, *others)))


async def test_a_school_alone_has_no_hotline_to_compare(source: Source):
    checks = reconciliation(replace(source, summary=replace(source.summary, hotline=None)))
    assert not {words.HOTLINE, words.INDICATORS} & {sheet for each in checks for sheet in each.sheets}
