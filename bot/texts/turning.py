"""Turning the pages of a list; an arrow alone says nothing to who listens to the screen."""

from typing import Final

EARLIER: Final = "Раньше"
FURTHER: Final = "Дальше"
