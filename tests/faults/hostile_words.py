"""Words that break programs: markup, directions, nothing at all, too much, half of a character."""

from collections.abc import Iterator
from random import Random

PIECES = (
    "<b>", "</a>", "<a href='tg://user?id=1'>", "&lt;", "&", "`", "*_~", "[x](http://x)", "=HYPERLINK(\"http://x\")", "#N/A",
    "\u202e", "\u2066", "\u200b", "\u200d", "\ufeff", "\u0301" * 20, "﷽", "👨‍👩‍👧‍👦", "🇷🇺", "\U0001f9ff", "ё", "й", "СОШ № 5",
    "\x07", "\x0b", "\x1b[31m", "\n" * 5, "\t", "'; DROP TABLE report; --", "{0.__class__}", "%s%n", "%", "_", "\\", "\"", "/start",
    "../../etc", "\ud83d", "\udc00x", "\x00", "C:\\con", "null", "9" * 400, "я" * 300, "٣٤", "\u2028", "­",
)  # fmt: skip


def hostile(random: Random, count: int) -> Iterator[str]:
    """None is empty; some are longer than a message; some hold what no client sends, but JSON could."""
    for number in range(count):
        text = "".join(random.choices(PIECES, k=random.randint(1, 8)))
        if number % 50 == 49:
            text *= 40
        yield f"{text[:5000]} {number}"
