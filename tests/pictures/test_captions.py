"""Whatever number stands in a picture stands in the words under it, and the words fit."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from bot.domain.checklist import Severity
from bot.domain.checklist_file import load_checklist
from bot.domain.grid import Grid, GridRow, Mark
from bot.domain.ledger import Ledger
from bot.domain.people import SchoolId
from bot.domain.period import Period, scope_of
from bot.domain.report.states import ReportState
from bot.domain.screen import MAX_CAPTION
from bot.domain.summary import HotlineCounts, SchoolSummary, Summary
from bot.domain.working_days import COUNTRY
from bot.pictures.canvas import Canvas
from bot.pictures.charts import MOST_DAYS, TOP, Heading, ItemCount, heatmap_sheet, punctuality_sheet, violations_sheet
from bot.pictures.day_card import DayCard, day_sheet
from bot.pictures.grid import draw_grid
from bot.pictures.school_day import WorkLine, school_sheet
from bot.screens import pictures as captions
from bot.services.picturing import Picturing, day_card
from bot.texts import pictures as words
from bot.texts.escape import utf16_length
from storage.clock import to_text
from tests.generate import DAY, NOON, ZONE, Shape, coordinator, filled

HEADING = Heading("ВПР", "Город Н.")
ITEMS = load_checklist().every_item
CODES = {item.code for item in ITEMS}


def numbers(texts: Iterable[str]) -> set[str]:
    """Codes of items are names of columns."""
    return {number for text in texts if text not in CODES for number in re.findall(r"\d+", text)}


def agree(drawn: Iterable[str], caption: str) -> None:
    assert numbers(drawn) - numbers([caption]) == set()
    assert utf16_length(caption) <= MAX_CAPTION


async def card_of(path: Path, shape: Shape, seed: int) -> DayCard:
    database, _ = await filled(path, seed, shape)
    async with database.read(snapshot=True) as reader:
        period, scope = Period.day(DAY), scope_of(coordinator())
        card = await day_card(reader, period, scope, NOON, ZONE, "Город Н.", COUNTRY)
    await database.close()
    return card


@pytest.mark.parametrize("schools", [1, 6, 14, 60])
@pytest.mark.parametrize("seed", range(3))
async def test_the_card_of_the_day_and_both_its_captions(tmp_path: Path, schools: int, seed: int):
    card = await card_of(tmp_path / "bot.db", Shape(schools=schools), seed)
    names = {school.name for school in card.summary.schools}
    drawn = [text for text in day_sheet(card).written[2:] if text not in names]  # below the title and the moment
    assert card.room.schools or schools > 6
    for caption in (
        captions.day(card.summary, DAY, ZONE),
        captions.digest(card.summary, DAY, ZONE, repeat=True),
    ):
        agree(drawn, caption.text)


def test_what_has_no_room_in_the_caption_is_not_drawn():
    """First the figures of each school give way, then the hours."""
    schools = tuple(
        SchoolSummary(
            SchoolId(n), f"Муниципальная гимназия имени героя № {n}", observers=Ledger(1000, {ReportState.MISSED: 1000})
        )
        for n in range(1, 30)
    )
    few, many = ((12, 7),), tuple((hour, 10**6 + hour) for hour in range(24))
    summary = Summary(Period.day(DAY), NOON, 29_000, schools, arrivals=few, hotline=HotlineCounts(5, 4, 3))
    rooms = []
    for each in (summary, replace(summary, arrivals=many), replace(summary, arrivals=many * 3)):
        text = captions.digest(each, DAY, ZONE, repeat=True).text
        room = captions.room(each)
        rooms.append((room.hours, room.schools))
        assert utf16_length(text) <= MAX_CAPTION
        assert (" 0/1000, " in text, f"12:00 — {dict(each.arrivals)[12]}" in text) == (room.schools, room.hours)
    assert rooms == [(True, True), (True, False), (False, False)]


@pytest.mark.parametrize("schools", [1, 31])
async def test_every_sheet_of_all_schools(tmp_path: Path, schools: int):
    database, _ = await filled(tmp_path / "bot.db", 3, Shape(schools=schools, violation=0.3, full=1))
    async with database.transaction() as tx:
        await tx.execute("UPDATE school SET short_name = short_name || ' имени Героя & «Имя»'")
    pages = await Picturing(database, ZONE, "Город Н.").heatmaps(coordinator(), Period.day(DAY), NOON)
    await database.close()
    for number, (_, grid) in enumerate(pages, 1):
        drawn = heatmap_sheet(HEADING, grid, f"лист {number} из {len(pages)}").written
        agree(drawn, captions.heatmap(number, len(pages), grid))


@pytest.mark.parametrize("count", [0, 1, 40])
def test_violations_by_item(count: int):
    counts = [ItemCount(item.code, item.label, item.severity, 10**4 - n) for n, item in enumerate(ITEMS[:count])]
    drawn = violations_sheet(HEADING, counts).written
    caption = captions.violations(counts, Period.day(DAY), DAY).text
    agree([re.sub(r"^[А-Я]\d+ ", "", text) for text in drawn], caption)
    shown, whole = sum(each.count for each in counts[:TOP]), sum(each.count for each in counts)
    rest = f"Показаны пункты: {TOP} из {count}, нарушений в них: {shown} из {whole}"
    assert (rest in drawn, rest in caption) == (count > TOP, count > TOP)
    assert (words.CRITICAL_SIGN in drawn) == any(each.severity is Severity.CRITICAL for each in counts[:TOP])


def test_a_school_without_all_its_reports_is_seen_where_there_is_no_room_for_figures():
    rows = (GridRow("СОШ № 1", 0, 1, (Mark.FINE,)), GridRow("СОШ № 2", 1, 1, (Mark.CRITICAL,)))
    sheet = Canvas()
    draw_grid(sheet, Grid(("А8",), rows, 2), counts=False)
    assert sheet.written.count(words.NOT_ALL) == 1
    assert "0/1" not in sheet.written


async def test_works_of_a_school_stand_by_the_clock(tmp_path: Path):
    """Also when only some of them have an hour, and the others a lesson."""
    database, _ = await filled(tmp_path / "bot.db", 3, Shape(schools=1, sittings_a_school=4, cancelled=0))
    async with database.transaction() as tx:
        await tx.execute("UPDATE sitting SET starts_at = CASE WHEN lesson IN (1, 3) THEN starts_at ELSE '' END")
        await tx.execute("UPDATE sitting SET starts_at = '08:10' WHERE lesson = 1")
    picture = await Picturing(database, ZONE, "Город Н.").school(coordinator(), SchoolId(1), DAY, NOON)
    await database.close()
    assert picture is not None
    begins = [line.planned[0] for line in picture[2] if line.planned is not None]
    assert len(begins) == 4
    assert begins == sorted(begins)


async def test_of_a_work_without_an_observer_the_school_tells(tmp_path: Path):
    database, _ = await filled(
        tmp_path / "bot.db", 3, Shape(schools=1, sittings_a_school=2, cancelled=0, observer_share=0)
    )
    at = to_text(datetime.combine(DAY, time(9, 12), tzinfo=ZONE))
    async with database.transaction() as tx:
        await tx.execute("DELETE FROM school_step")
        await tx.execute(
            "INSERT INTO school_step (sitting_id, step, happened_at, entered_at, person_id) VALUES (1, 'started', :at, :at, 2)",
            at=at,
        )
    picture = await Picturing(database, ZONE, "Город Н.").school(coordinator(), SchoolId(1), DAY, NOON)
    await database.close()
    assert picture is not None
    facts = sorted((line.note, f"{line.started_at:%H:%M}" if line.started_at else "") for line in picture[2])
    assert facts == [(words.NO_OBSERVER, ""), (words.TOLD_BY_SCHOOL, "09:12")]


@pytest.mark.parametrize("count", [0, 1, MOST_DAYS])
def test_reports_in_time_and_late_by_day(count: int):
    days = [(date(2026, 9, 17) + timedelta(days=n), 1000 + n, 2000 + n) for n in range(count)]
    drawn = punctuality_sheet(HEADING, days).written
    agree(drawn, captions.punctuality(days, Period(date(2026, 9, 17), date(2026, 10, 30)), DAY).text)


def test_the_day_of_a_school():
    def at(minute: int) -> datetime:
        return datetime.combine(DAY, time(9, minute))

    work = WorkLine("6 «Б» & Ко", "Н-017, писали 23 из 25", (at(10), at(55)), at(1), at(12), at(57), at(59))
    again = replace(work, name="7 «А»", started_at=at(3), ended_at=None, planned=None)
    caption = captions.school_day("СОШ № 5 · 2 работы", [work, again], ()).text
    sheet = school_sheet(Heading("СОШ № 5", "2 работы"), [work, again])
    agree([text for text in sheet.written if not text.endswith(":00")], caption)  # the scale is no figure
    for moment in ("09:10–09:55", "09:01", "09:12–09:57", "09:59", "с 09:03"):
        assert moment in caption
    assert "&amp;" in caption


def test_a_school_without_observers_has_no_count_of_their_reports():
    assert words.school_reports("Гимназия № 8", 0, 0) == "Гимназия № 8 –"
    assert words.school_reports("Гимназия № 4", 2, 3) == "Гимназия № 4 2/3"
