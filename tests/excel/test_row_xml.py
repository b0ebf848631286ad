"""Rows as XML: what Excel makes of a value is what was meant, and a file that fails leaves nothing behind."""

import tempfile
from datetime import date, datetime, time
from pathlib import Path
from xml.etree import ElementTree

import pytest

from bot.domain.table import Column, Table, Value
from bot.excel.row_xml import RowCells
from bot.excel.workbook import write_workbook

MOMENT = datetime(2026, 4, 23, 12)  # noqa: DTZ001 - a cell knows no zones


def cell(value: Value) -> tuple[str | None, str]:
    """(type, text) of the only cell of a row."""
    row = ElementTree.fromstring(RowCells([7]).row(3, [value]))
    (found,) = row
    assert (row.get("r"), found.get("r"), found.get("s")) == ("3", "A3", "7")
    return found.get("t"), "".join(found.itertext())


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("05", ("inlineStr", "05")),
        ("=1+1", ("inlineStr", "=1+1")),
        ("<b> & «»", ("inlineStr", "<b> & «»")),
        ("a\r\nb", ("inlineStr", "a\r\nb")),
        ("a\x00\ud800", ("inlineStr", "a\ufffd\ufffd")),
        ("_x0041_ и _x41_", ("inlineStr", "_x005F_x0041_ и _x41_")),
        ("", (None, "")),
        (None, (None, "")),
        (0, (None, "0")),
        (1, (None, "1")),
        (1.0, (None, "1")),
        (0.86, (None, "0.86")),
        (float("inf"), (None, "")),
        (date(2026, 4, 23), (None, "46135")),
        (MOMENT, (None, "46135.5")),
        (time(6), (None, "0.25")),
    ],
)
def test_values_keep_their_type(value: Value, expected: tuple[str | None, str]):
    assert cell(value) == expected
    assert cell(value) == expected  # found ready the second time


def test_a_row_of_another_length_is_refused():
    with pytest.raises(ValueError, match="argument"):
        RowCells([1, 1]).row(2, ["a"])


def test_spaces_at_the_ends_are_kept():
    assert 'xml:space="preserve"' in RowCells([1]).row(1, [" a"])


async def test_a_table_that_fails_leaves_no_open_or_temporary_file(tmp_path: Path, restored_tempdir: None):
    tempfile.tempdir = str(tmp_path)

    async def rows():
        yield [("a",)]
        raise RuntimeError

    tables = [Table(title, (Column("Что"),), rows) for title in ("Первый", "Второй")]
    with pytest.raises(RuntimeError):
        await write_workbook(tmp_path / "out.xlsx", tables, {})
    assert list(tmp_path.iterdir()) == []
