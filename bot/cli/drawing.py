"""`draw`: a kept draw once more, from its file alone; no settings, no database."""

import json
from pathlib import Path

from bot.domain.draw_record import repeated, result_to_json
from bot.texts import drawing as words


def repeat_draw(file: Path) -> int:
    """0 when the result in the file is the one that its seed and pool give, 1 when not, 2 for a file of another kind."""
    try:
        record = json.loads(file.read_text("utf-8"))
        told = record["result"]
        again = json.loads(json.dumps(result_to_json(repeated(record["seed"], record["pool"]))))
    except (ValueError, KeyError, TypeError, AttributeError):
        print(words.UNREADABLE)
        return 2
    if again == told:
        placed = sum(one["observer"] is not None for one in again["choices"])
        print(words.SAME.format(sittings=len(again["choices"]), placed=placed))
        return 0
    pairs = zip(again["choices"], told.get("choices", []), strict=False)
    line = next((number for number, (mine, theirs) in enumerate(pairs, 1) if mine != theirs), 1)
    print(words.DIFFERENT.format(line=line))
    return 1
