"""A sheet whose rows come as XML: openpyxl writes everything around them."""

from collections.abc import Generator
from contextlib import suppress
from typing import Any

from lxml.etree import Element, SubElement
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet._writer import WorksheetWriter, create_temporary_file

from bot.excel.packing import rows_file


class PreparedRows(WriteOnlyWorksheet):
    """Takes every row as a `<row>` element that is ready.

    openpyxl's own way makes an object of every cell and tells lxml of it in five calls: six times the time.
    """

    _writer: Any = None
    _rows: Any = None

    def append_xml(self, row: str) -> None:
        if self._rows is None:
            self._writer = _Writer(self)
            self._writer.write_top()
            self._rows = self._write_rows()
            next(self._rows)
        self._rows.send(row.encode())

    def abandon(self) -> None:
        """Leave no open file and no temporary one, whether the sheet was saved or not."""
        if self._rows is not None:
            self._rows.close()
            self._writer.close()
            with suppress(FileNotFoundError):
                self._writer.cleanup()

    def _write_rows(self) -> Generator[None, bytes, None]:
        elements = self._writer.xf.send(True)
        with elements.element("sheetData"):
            elements.flush()  # what lxml holds back stands before the rows
            try:
                while True:
                    self._writer.file.write((yield))
            except GeneratorExit:
                pass
        self._writer.xf.send(None)


class _Writer(WorksheetWriter):
    """Writes into a file that is open here, too, so that rows go past lxml."""

    xf: Any

    def __init__(self, sheet: PreparedRows) -> None:
        path = create_temporary_file()
        self.file = rows_file(path)
        super().__init__(sheet, self.file)
        self.out = path

    def write_drawings(self) -> None:
        """The place for what openpyxl has no name for: Excel shall not warn of every «05» that it is a text."""
        ignored = Element("ignoredErrors")
        SubElement(ignored, "ignoredError", sqref="A1:XFD1048576", numberStoredAsText="1")
        self.xf.send(ignored)
        super().write_drawings()

    def close(self) -> None:
        super().close()
        self.file.close()
