"""A report in one message, the text twin of all its buttons: «отчёт 7315 Б6 нет телефоны, Г4 не видел, остальное да»."""

from bot.domain.dictation.reading import read_dictation
from bot.domain.dictation.result import Dictation

__all__ = ["Dictation", "read_dictation"]
