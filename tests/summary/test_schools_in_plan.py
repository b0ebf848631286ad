"""A school all of whose works are cancelled is in no share: one rule in chat, справка, workbook and indicators."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.document import Paragraph
from bot.domain.indicators import Measured
from bot.domain.period import Period, scope_of
from bot.domain.table import Heading
from bot.screens import figures
from bot.screens import summary as screens
from bot.services.documents.certificate import certificate
from bot.services.sheets.overview import overview
from bot.services.sheets.source import Source, read_source
from bot.texts import workbook as words
from storage.clock import to_text
from tests.generate import DAY, NOON, ZONE, Shape, coordinator, filled

SHAPE = Shape(
    schools=3, sittings_a_school=1, observer_share=1, cancelled=0, training=0, weights=(0, 0, 0, 1, 0, 0, 0, 0)
)


@pytest.fixture
async def source(tmp_path: Path) -> AsyncIterator[Source]:
    """Three schools of the risk list: one observed, one whose only report is awaited, one observed but cancelled after."""
    database, _ = await filled(tmp_path / "bot.db", 5, SHAPE)
    async with database.transaction() as tx:
        await tx.execute("DELETE FROM risk_mark")
        for school in (1, 2, 3):
            await tx.execute(
                "INSERT INTO risk_mark (school_id, year, source, added_at) VALUES (:school, 2025, 'приказ', :at)",
                school=school, at=to_text(NOON),
            )  # fmt: skip
        await tx.execute(
            "UPDATE report SET state = 'expected' WHERE sitting_id IN (SELECT id FROM sitting WHERE school_id = 2)"
        )
        await tx.execute("UPDATE sitting SET state = 'cancelled' WHERE school_id = 3")
    async with database.read(snapshot=True) as reader:
        yield await read_source(reader, Period.day(DAY), scope_of(coordinator()), NOON, ZONE, "Город Н.", "К-001")
    await database.close()


async def test_the_chat_says_half_and_names_the_school_apart(source: Source) -> None:
    told = figures.lines(source.summary, live=True)
    assert "Школы с наблюдением: 1 из 2 (50\N{NO-BREAK SPACE}%), отменены все работы: 1" in told
    assert "Из группы риска: 1 из 2" in told
    assert "СОШ № 3: работы 0 из 1 (отменено 1)" in screens.schools(source.summary, DAY).text


async def test_the_indicators_are_of_the_same_schools(source: Source) -> None:
    measured = {each.code: each.measured for each in source.indicators}
    assert (measured["М1"], measured["М3"]) == (Measured(1, 2), Measured(1, 2))


async def test_the_sheet_says_the_same(source: Source) -> None:
    shown = [tuple(row)[:3] async for chunk in overview(source).rows() for row in chunk if not isinstance(row, Heading)]
    names = words.FIGURES
    start = shown.index((names["schools"], 2, ""))
    assert shown[start + 1 : start + 5] == [
        (names["schools_observed"], 1, words.share(1, 2)),
        (names["schools_off"], 1, ""),
        (names["risk"], 2, ""),
        (names["risk_observed"], 1, words.share(1, 2)),
    ]


async def test_the_certificate_says_the_same(source: Source) -> None:
    texts = [block.text for block in (await certificate(source)).blocks if isinstance(block, Paragraph)]
    assert (
        "Школ с работами: 2, из них с наблюдением: 1. Школ, где отменены все работы: 1, в счёт они не входят." in texts
    )
    assert any("из них с наблюдением: 1." in text and "списке" in text and ": 2," in text for text in texts)
