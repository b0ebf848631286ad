"""The process that makes one file: `python -m bot.services.file_process DATABASE TARGET`, the order on its input.

It never imports the chat framework, so it starts in a fraction of a second, and nobody's tap waits for its rows.
It prints a line of JSON for every change of the percentage, and one with what it made.
"""

import asyncio
import json
import os
import sys
import tempfile
import traceback
from pathlib import Path
from typing import Any

from bot.domain.export import NothingToExport
from bot.services.file_making import Order, make_file
from storage.snapshot import open_snapshot


async def make(database: Path, target: Path, order: Order) -> None:
    told = -1

    async def percent(value: int) -> None:
        nonlocal told
        if value > told:
            told = value
            _tell(percent=value)

    async with open_snapshot(database) as reader:
        try:
            _tell(made=await make_file(reader, order, target, percent))
        except NothingToExport as error:
            _tell(nothing=error.number)


def _tell(**said: Any) -> None:
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()


def main(arguments: list[str]) -> int:
    database, target = map(Path, arguments)
    os.umask(0o077)
    os.nice(10)  # people's taps come first
    tempfile.tempdir = str(target.parent)  # the rows on their way lie beside the file, not on a small /tmp
    try:
        asyncio.run(make(database, target, Order.from_json(json.load(sys.stdin))))
    except Exception as error:  # what it says may quote people; its kind and place do not
        place = traceback.extract_tb(error.__traceback__)[-1]
        _tell(failed=f"{type(error).__name__} at {Path(place.filename).name}:{place.lineno}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
