"""Russian agreement of numbers and nouns, with the non-breaking spaces that keep them together."""

from typing import Final

NBSP: Final = "\u00a0"


def plural(n: int, one: str, few: str, many: str) -> str:
    """The form that agrees with `n`: 1, 21 -> one; 2, 24 -> few; 0, 5, 11, 112 -> many. The sign is ignored."""
    tens, units = abs(n) % 100, abs(n) % 10
    if 11 <= tens <= 14:
        return many
    if units == 1:
        return one
    return few if 2 <= units <= 4 else many


def counted(n: int, one: str, few: str, many: str) -> str:
    """The number and its noun with a non-breaking space between them."""
    return f"{n}{NBSP}{plural(n, one, few, many)}"


def numbered(number: int | str) -> str:
    """«№ 5», never broken over two lines."""
    return f"№{NBSP}{number}"
