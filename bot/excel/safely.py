"""A stranger's file, opened in a limited process of its own: the bot itself never loads the library that opens it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from bot.domain.importing.problems import FileReason, RowError, UnreadableFile
from bot.domain.importing.raw import RawSheet
from bot.excel.limited_process import run_limited
from bot.excel.limits import DEFAULT_LIMITS, MARKING_LIMITS, ReadingLimits
from bot.excel.wire import unpack_row


async def read_sheet_safely(path: Path, limits: ReadingLimits = DEFAULT_LIMITS) -> RawSheet:
    """The whole sheet that holds a table of ours. Raises UnreadableFile; cancelling ends the process."""
    output = await run_limited(
        "bot.excel.reading_worker", [str(path.resolve()), str(limits.rows), str(limits.columns)], limits
    )
    return await asyncio.to_thread(_unpack, output)


async def mark_safely(path: Path, sheet_title: str, header_row: int, errors: Sequence[RowError]) -> bytes:
    """The sender's own workbook with its wrong cells marked, as .xlsx bytes. Raises UnreadableFile."""
    told = json.dumps([asdict(error) for error in errors]).encode()
    return await run_limited(
        "bot.excel.marking_worker", [str(path.resolve()), sheet_title, str(header_row)], MARKING_LIMITS, told
    )


def _unpack(output: bytes) -> RawSheet:
    try:
        first, *rows, last = output.splitlines()
        head, end = json.loads(first), json.loads(last)
        if end != {"rows": len(rows)}:
            raise ValueError
        return RawSheet(
            str(head["title"]), tuple(map(unpack_row, rows)), str(head["sha256"]), tuple(head["other_tables"])
        )
    except (ValueError, KeyError, TypeError) as error:
        raise UnreadableFile(FileReason.BROKEN) from error
