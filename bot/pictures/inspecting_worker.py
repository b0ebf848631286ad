"""The limited process that opens strangers' photos: `python -m bot.pictures.inspecting_worker MEMORY CPU`.

Reads a line of JSON `[path, clean path]` for each photo and answers with a line: what was found, or why it is refused.
The copy without metadata is at the clean path then. Ends with its input.
"""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bot.domain.photo import NotAPicture
from bot.pictures.clean_copy import strip
from bot.pictures.inspecting import inspect
from bot.process_limits import limit_this_process


def main(arguments: list[str]) -> int:
    limit_this_process(*map(int, arguments))
    for line in sys.stdin:
        path, clean = map(Path, json.loads(line))
        sys.stdout.write(json.dumps(_told(path, clean)) + "\n")
        sys.stdout.flush()
    return 0


def _told(path: Path, clean: Path) -> dict[str, Any]:
    try:
        found = inspect(path)
        stripped = strip(path, found.suffix)
    except NotAPicture as refused:
        return {"refused": refused.why}
    except (OSError, ValueError, SyntaxError, MemoryError):
        return {"refused": "broken"}
    clean.write_bytes(stripped.content)
    return asdict(found) | {"clean_suffix": stripped.suffix, "had_place": stripped.had_place}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
