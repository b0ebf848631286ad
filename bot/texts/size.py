"""Sizes of files and disks, as people read them."""

from typing import Final

KB: Final = 1024


def size(count: int) -> str:
    """«3,1 МБ», «18 ГБ»."""
    value, unit = float(count), "Б"
    for bigger in ("КБ", "МБ", "ГБ", "ТБ"):
        if value < KB:
            break
        value, unit = value / KB, bigger
    return f"{value:.{1 if value < 10 and unit != 'Б' else 0}f} {unit}".replace(".", ",")
