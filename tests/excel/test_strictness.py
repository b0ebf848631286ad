"""Every .xlsx that we make opens in Excel without «We found a problem with some content»; and the check can fail."""

import tempfile
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bot.domain.export import ExportKind, Wanted
from bot.domain.importing.columns import Kind as Importing
from bot.domain.period import Period, scope_of
from bot.domain.table import Bars, Column, Kind, Link, Table, Tone, fixed
from bot.excel.templates import template
from bot.excel.workbook import write_workbook
from bot.services.file_making import Order, make_file
from storage.snapshot import open_snapshot
from tests.excel.strictness import faults
from tests.generate import DAY, NOON, ZONE, Shape, coordinator, filled

SHAPE = Shape(schools=4, days=2, full=0.5, violation=0.3)
KINDS = (ExportKind.BOOK, ExportKind.FINDINGS, ExportKind.HOTLINE, ExportKind.NAMED)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "shape", [SHAPE, replace(SHAPE, schools=1, days=1, cancelled=1.0)], ids=["days", "nothing held"]
)
async def test_files_on_order(tmp_path: Path, kind: ExportKind, shape: Shape):
    database, _ = await filled(tmp_path / "bot.db", 7, shape)
    await database.close()
    wanted = Wanted(kind, Period(Period.day(DAY).first.replace(day=1), DAY))
    order = Order(wanted, scope_of(coordinator()), NOON, ZONE, "Город «Н» & район", "К-001", "https://t.me/bot?start=")
    target = tmp_path / "out.xlsx"
    async with open_snapshot(tmp_path / "bot.db") as reader:
        await make_file(reader, order, target)
    assert faults(target.read_bytes()) == []


@pytest.mark.parametrize("kind", Importing)
def test_templates(kind: Importing):
    schools = [f"СОШ № {n} «имени, того же» города" for n in range(60)]
    assert faults(template(kind, schools, 2026)) == []


@settings(  # without shrinking: a workbook takes its time
    max_examples=10,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)
@given(
    title=st.text(max_size=40),
    texts=st.lists(st.text(max_size=30), min_size=2, max_size=2, unique=True),
    rows=st.lists(st.tuples(st.text(), st.one_of(st.none(), st.integers(), st.floats(allow_nan=False))), max_size=4),
)
async def test_whatever_is_written(title: str, texts: list[str], rows: list[tuple[str, float | None]]):
    columns = (
        Column(texts[0], Kind.LONG, 20, (("Нет", Tone.BAD), ("Да", Tone.GOOD))),
        Column(texts[1], Kind.NUMBER, above_zero=Tone.WARNING, summed=True),
        Column("Ссылка", Kind.LINK),
    )
    linked = [(*row, Link("открыть", "https://t.me/bot?start=f1-2")) for row in rows]
    made = [
        Table(title, columns, fixed(linked), title, chart=Bars("Сколько", 1, (2,)), signatures=("Кто",)) for _ in "ab"
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "out.xlsx"
        await write_workbook(path, made, {})
        assert faults(path.read_bytes()) == []


async def test_the_check_can_fail(tmp_path: Path):
    path = tmp_path / "out.xlsx"
    columns = (Column("Что", Kind.LONG, 20, (("Нет", Tone.BAD),)), Column("Где", Kind.LINK))
    await write_workbook(path, [Table("Лист", columns, fixed([("Нет", Link("а", "https://a.example"))] * 2))], {})
    assert faults(path.read_bytes()) == []
    for was, becomes in (
        ('s="1"', 's="999"'), ('<c r="A2"', '<c r="A3"'), ('<row r="3"', '<row r="2"'), ("<is><t>Нет</t></is>", "<f>1+1</f>"),
        ('dxfId="0"', 'dxfId="7"'), ("https://a.example", "https://a example"), ('name="Лист"', 'name="Лист:1"'),
        ("<pageMargins", "<sheetProtection/><pageMargins"), ('<formula>"', "<formula>"), ("/xl/theme/", "/xl/other/"),
        ("Лист'!$1:$1", "Другой'!$1:$1"),
    ):  # fmt: skip
        assert faults(_with(path.read_bytes(), was, becomes)) != [], (was, becomes)


def _with(content: bytes, was: str, becomes: str) -> bytes:
    """The same file with one thing changed wherever it stands; it must stand somewhere."""
    out, changed = BytesIO(), 0
    with zipfile.ZipFile(BytesIO(content)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            part = source.read(name).decode()
            changed += part.count(was)
            target.writestr(name, part.replace(was, becomes))
    assert changed, was
    return out.getvalue()
