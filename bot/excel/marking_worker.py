"""The limited process that marks a stranger's file: `python -m bot.excel.marking_worker MEMORY CPU PATH SHEET ROW`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from bot.domain.importing.problems import Reason, RowError
from bot.excel.limited_process import run_refusable
from bot.excel.marking import mark
from bot.process_limits import limit_this_process


def print_marked(path: Path, sheet_title: str, header_row: int, told: list[dict[str, Any]]) -> None:
    errors = [RowError(**{**error, "reason": Reason(error["reason"])}) for error in told]
    sys.stdout.buffer.write(mark(path, sheet_title, header_row, errors))


def main(arguments: list[str]) -> int:
    memory_bytes, cpu_s, path, sheet_title, header_row = arguments
    limit_this_process(int(memory_bytes), int(cpu_s))
    return run_refusable(lambda: print_marked(Path(path), sheet_title, int(header_row), json.load(sys.stdin)))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
