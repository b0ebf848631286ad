"""The limited process that opens a stranger's photo: `python -m bot.pictures.inspecting_worker MEMORY CPU PATH CLEAN`.

Prints one line of JSON: what was found, or why it is refused. Writes the copy without metadata to CLEAN.
"""

import json
import sys
from dataclasses import asdict
from pathlib import Path

from bot.domain.photo import NotAPicture
from bot.pictures.inspecting import inspect
from bot.pictures.clean_copy import strip


def main(arguments: list[str]) -> int:
    memory_bytes, cpu_seconds, path, clean = arguments
    _limit(int(memory_bytes), int(cpu_seconds))
    try:
        found = inspect(Path(path))
        stripped = strip(Path(path), found.suffix)
    except NotAPicture as refused:
        sys.stdout.write(json.dumps({"refused": refused.why}))
        return 0
    except (OSError, ValueError, SyntaxError, MemoryError):
        sys.stdout.write(json.dumps({"refused": "broken"}))
        return 0
    Path(clean).write_bytes(stripped.content)
    told = asdict(found) | {"clean_suffix": stripped.suffix, "had_place": stripped.had_place}
    sys.stdout.write(json.dumps(told))
    return 0


def _limit(memory_bytes: int, cpu_seconds: int) -> None:
    """Where the system knows no such limits, only the time on the wall holds."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
