"""What the disk has to carry while a workbook is made."""

import tempfile
import zipfile

from bot.domain.table import Column, Table, fixed
from bot.excel.workbook import write_workbook


async def test_a_long_sheet_burdens_the_disk_with_little_more_than_the_finished_file(tmp_path, restored_tempdir):
    tempfile.tempdir = str(tmp_path / "rows")
    (tmp_path / "rows").mkdir()
    path, on_the_way = tmp_path / "out.xlsx", 0

    async def look(_title: str, _rows: int) -> None:
        nonlocal on_the_way
        on_the_way = sum(each.stat().st_size for each in (tmp_path / "rows").iterdir())

    await write_workbook(
        path,
        [Table("Лист", (Column("Комментарий"),), fixed([("у двух учеников телефоны",)] * 20_000), "Лист")],
        {},
        progress=look,
    )
    with zipfile.ZipFile(path) as book:
        plain = book.getinfo("xl/worksheets/sheet1.xml").file_size
    assert 0 < on_the_way < plain / 5
    assert not list((tmp_path / "rows").iterdir())
