"""Names of sheets that every spreadsheet accepts."""

import re
from collections.abc import Sequence

_FORBIDDEN = re.compile(r"[\\/*?:\[\]\x00-\x1f]")
LONGEST = 31


def safe_titles(titles: Sequence[str]) -> list[str]:
    """Without forbidden characters, at most 31 long, different even when case is ignored."""
    taken: set[str] = set()
    found = []
    for title in titles:
        plain = _FORBIDDEN.sub(" ", title).strip().strip("'")[:LONGEST].rstrip() or "1"
        number = 1
        candidate = plain
        while candidate.casefold() in taken:
            number += 1
            tail = f" ({number})"
            candidate = plain[: LONGEST - len(tail)] + tail
        taken.add(candidate.casefold())
        found.append(candidate)
    return found
