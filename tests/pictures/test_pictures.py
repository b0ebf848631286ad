"""Pictures can be read on a phone, in grey, and say what their captions say."""

from dataclasses import replace
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from bot.domain.checklist import AnswerValue, Severity
from bot.domain.checklist_file import load_checklist
from bot.domain.grid import Mark, build_grid
from bot.domain.ledger import Ledger
from bot.domain.people import SchoolId
from bot.domain.period import Period
from bot.domain.report.states import ReportState
from bot.domain.summary import Review, SchoolSummary, ViolationCounts
from bot.pictures import grid as grid_pictures
from bot.pictures.canvas import SMALLEST, WIDTH, Canvas, font, missing_signs
from bot.pictures.charts import Heading, ItemCount, draw_punctuality, draw_violations
from bot.pictures.school_day import WorkLine, draw_school_day
from bot.screens import pictures as captions
from bot.services.picturing import Picturing
from bot.texts import pictures as words
from bot.texts import time as time_words
from tests.generate import DAY, NOON, ZONE, Shape, coordinator, filled

HEADING = Heading("ВПР", "Город Н.")
NIGHT = datetime(2026, 4, 23, 8, 0)  # noqa: DTZ001 - wall-clock time of a picture


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


def texts_of(module: object) -> str:
    return "".join(repr(value) for name, value in vars(module).items() if name.isupper())


def test_every_sign_is_in_the_font():
    labels = "".join(item.label + item.code for item in load_checklist().every_item)
    assert missing_signs(words.EVERY_SIGN + texts_of(words) + texts_of(time_words) + labels) == []


def test_a_sign_that_the_font_lacks_is_found():
    assert missing_signs("✓📷⟋№") == ["⟋", "📷"]


def test_nothing_is_written_too_small():
    with pytest.raises(ValueError, match="cannot be read"):
        font(SMALLEST - 1)
    text, size = Canvas(200).fit("Муниципальное бюджетное общеобразовательное учреждение № 2", 236, 28)
    assert size == SMALLEST
    assert text.endswith("…")
    assert font(size).getlength(text) <= 236


async def test_day_card_is_small_and_its_caption_has_its_numbers(tmp_path: Path):
    database, _ = await filled(tmp_path / "bot.db", 3, Shape(schools=40))
    try:
        picture = await Picturing(database, ZONE, "Город Н.").day(coordinator(), Period.day(DAY), NOON)
    finally:
        await database.close()
    image = opened(picture.content)
    assert image.width == WIDTH
    assert image.height < 2 * WIDTH
    assert len(image.getcolors() or []) <= 32
    assert len(picture.content) < 80_000
    caption = captions.day(picture.summary, DAY, ZONE)
    assert len(caption.text) <= 1024
    summary = picture.summary
    for figure in (
        summary.sittings.held,
        summary.observers.received,
        summary.observers.awaited,
        summary.violations.total,
    ):
        assert str(figure) in caption.text


async def test_the_same_data_is_drawn_once(tmp_path: Path):
    database, _ = await filled(tmp_path / "bot.db", 3, Shape(schools=2))
    try:
        picturing = Picturing(database, ZONE, "Город Н.")
        first = await picturing.day(coordinator(), Period.day(DAY), NOON)
        again = await picturing.day(coordinator(), Period.day(DAY), NOON)
    finally:
        await database.close()
    assert first.content is again.content


def school(number: int, received: int, violations: ViolationCounts | None = None) -> SchoolSummary:
    ledger = Ledger(2, {ReportState.SUBMITTED: received, ReportState.EXPECTED: 2 - received})
    return SchoolSummary(
        SchoolId(number), f"СОШ № {number}", observers=ledger, violations=violations or ViolationCounts()
    )


def severity(item: str) -> Severity:
    return load_checklist().item(item).severity


def test_worst_schools_come_first_and_violated_items_before_usual_ones():
    bad = ViolationCounts({(Severity.CRITICAL, Review.NONE): 1})
    told = [
        (SchoolId(1), "А8", AnswerValue.YES),
        (SchoolId(2), "А8", AnswerValue.YES),
        (SchoolId(2), "А8", AnswerValue.NA),
        (SchoolId(2), "Д5", AnswerValue.NO),
        (SchoolId(2), "А1", AnswerValue.NO),
    ]
    grid = build_grid([school(1, 2), school(2, 2, bad), school(3, 0)], told, ["А8", "А12"], severity, columns=3, rows=2)
    assert grid.items == ("А1", "А8", "Д5")  # what was violated, then the first of the usual ones
    assert grid.left_out == 0
    assert grid.total == 3
    assert [row.name for row in grid.rows] == ["СОШ № 2", "СОШ № 3"]
    assert grid.rows[0].marks == (Mark.MINOR, Mark.FINE, Mark.CRITICAL)
    assert grid.rows[1].marks == (Mark.NONE, Mark.NONE, Mark.NONE)
    narrow = build_grid([school(2, 2, bad)], told, ["А8", "А12"], severity, columns=1, rows=2)
    assert (narrow.items, narrow.left_out) == (("Д5",), 1)  # the gravest


def test_all_schools_stand_in_the_order_they_were_given():
    """Nobody is ranked; and a school whose only report has no answers shows «нет отчёта»."""
    bad = ViolationCounts({(Severity.CRITICAL, Review.NONE): 1})
    own = replace(school(1, 0), school=Ledger(1, {ReportState.SUBMITTED: 1}))
    told = [(SchoolId(2), "А8", AnswerValue.NO)]
    grid = build_grid([own, school(2, 2, bad)], told, ["А8", "А12"], severity, columns=2, rows=2, worst_first=False)
    assert [row.name for row in grid.rows] == ["СОШ № 1", "СОШ № 2"]
    assert [row.marks for row in grid.rows] == [(Mark.NONE, Mark.NONE), (Mark.CRITICAL, Mark.UNASKED)]


def test_gravity_can_be_told_without_colour():
    """Each mark has its own sign, and the grave ones stand out of the normal in grey as well."""
    told_apart = [words.SIGNS[mark.value] for mark in (Mark.FINE, Mark.MINOR, Mark.MAJOR, Mark.CRITICAL, Mark.UNSEEN)]
    assert len(set(told_apart)) == len(told_apart)
    grey = {
        mark: Image.new("RGB", (1, 1), fill).convert("L").getpixel((0, 0))
        for mark, (fill, *_) in grid_pictures.PAINT.items()
    }
    assert grey[Mark.FINE] - grey[Mark.MINOR] >= 20
    assert grey[Mark.MINOR] - grey[Mark.MAJOR] >= 8
    assert grey[Mark.MAJOR] - grey[Mark.CRITICAL] >= 80


@pytest.mark.parametrize("count", [0, 1, 10, 40])
def test_charts_of_any_length_have_their_width(count: int):
    items = load_checklist().every_item
    counts = [ItemCount(item.code, item.label, item.severity, 40 - n) for n, item in enumerate(items[:count])]
    days = [(DAY + timedelta(days=n), n, n % 3) for n in range(count)]
    for content in (draw_violations(HEADING, counts), draw_punctuality(HEADING, days)):
        assert opened(content).width == WIDTH


def test_a_day_into_the_night_still_fits():
    work = WorkLine(
        "6 «Б»", "Н-001", (NIGHT, NIGHT + timedelta(minutes=45)), None, NIGHT, None, NIGHT + timedelta(hours=30)
    )
    assert opened(draw_school_day(HEADING, [work])).width == WIDTH
