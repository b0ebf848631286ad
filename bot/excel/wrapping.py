"""How tall a row is whose text wraps: not every spreadsheet finds it by itself when it opens the file."""

from math import ceil

LINE_HEIGHT = 15
TALLEST = 409  # points, by the format


def height_of(lines: int) -> float:
    return min(TALLEST, LINE_HEIGHT * lines)


def lines_of(text: str, width: float) -> int:
    """How many lines a text takes that wraps between words; long words are cut."""
    room = max(4, int(width))
    count = 0
    for paragraph in text.split("\n"):
        used = 0
        count += 1
        for word in paragraph.split(" "):
            length = len(word)
            if used and used + 1 + length > room:
                count += 1
                used = 0
            count += max(0, ceil(length / room) - 1)
            used += length + (1 if used else 0)
    return count
