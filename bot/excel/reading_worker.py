"""The limited process that opens a stranger's file: `python -m bot.excel.reading_worker MEMORY CPU PATH ROWS COLUMNS`."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

from bot.domain.importing.problems import FileReason, UnreadableFile
from bot.excel.limited_process import run_refusable
from bot.excel.limits import DEFAULT_LIMITS, ReadingLimits
from bot.excel.reading import open_sheet
from bot.excel.wire import pack_row
from bot.process_limits import limit_this_process

_MOST_PRINTED = 48 * 1024 * 1024


def print_sheet(path: Path, limits: ReadingLimits) -> None:
    """A line about the sheet, a line per row, a line with the number of rows."""
    count = printed = 0
    with open_sheet(path, limits) as sheet:
        head = {"title": sheet.title, "sha256": sheet.sha256, "other_tables": sheet.other_tables}
        sys.stdout.write(json.dumps(head) + "\n")
        for row in sheet.rows:
            line = pack_row(row)
            count, printed = count + 1, printed + len(line)
            if printed > _MOST_PRINTED:
                raise UnreadableFile(FileReason.TOO_HEAVY)
            sys.stdout.write(line + "\n")
    sys.stdout.write(json.dumps({"rows": count}) + "\n")


def main(arguments: list[str]) -> int:
    memory_bytes, cpu_s, path, rows, columns = arguments
    limit_this_process(int(memory_bytes), int(cpu_s))
    limits = replace(DEFAULT_LIMITS, rows=int(rows), columns=int(columns))
    return run_refusable(lambda: print_sheet(Path(path), limits))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
