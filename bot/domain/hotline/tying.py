"""What an operator ties a case to: a report, one violation of it, a decision; understood from what they typed."""

import re
from dataclasses import dataclass

from bot.domain.hotline.masking import mask
from bot.texts import hotline_ties as words

LONGEST = 120
_REPORT = re.compile(r"\d{1,12}")
_ITEM = re.compile(rf"\b([{words.ITEM_LETTERS}])\s?-?(\d{{1,2}})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Tie:
    """Either a report, with the code of an item when one violation of it is meant, or the name of a decision."""

    report: int | None = None
    item: str = ""
    decision: str = ""


def parse(text: str) -> Tie | None:
    """«7315», «№ 7315, Б6», «приказ № 12 от 24.04.2026»; None when it is none of them. People are taken out of a decision."""
    said = " ".join(text.split())
    if said.lower().startswith(words.DECISIONS):
        return Tie(decision=mask(said)[:LONGEST])
    item = _ITEM.search(said)
    found = _REPORT.search(_ITEM.sub(" ", said))
    if found is None:
        return None
    code = item.group(1).upper().translate(words.LOOK_ALIKE) + str(int(item.group(2))) if item else ""
    return Tie(int(found.group()), code)
