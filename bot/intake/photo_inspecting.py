"""A stranger's photo is opened by another process, which may take only so much memory and time."""

import json
from dataclasses import dataclass, replace
from pathlib import Path

from bot.domain.importing.problems import UnreadableFile
from bot.domain.photo import NotAPicture
from bot.excel.limited_process import run_limited
from bot.excel.limits import DEFAULT_LIMITS

LIMITS = replace(DEFAULT_LIMITS, memory_bytes=1024 * 1024 * 1024, cpu_s=20, wall_s=40)


@dataclass(frozen=True, slots=True)
class Inspected:
    mime: str
    suffix: str
    width: int
    height: int
    dhash: str
    clean_suffix: str
    had_place: bool


async def inspect_apart(path: Path, clean: Path) -> Inspected:
    """What the file is; its copy without metadata is at `clean` then. Raises `NotAPicture`."""
    try:
        said = await run_limited(
            "bot.pictures.inspecting_worker", [str(path.absolute()), str(clean.absolute())], LIMITS
        )
    except UnreadableFile:
        raise NotAPicture("broken") from None
    told = json.loads(said)
    if "refused" in told:
        raise NotAPicture(told["refused"])
    return Inspected(**told)
