"""Times of a report as people type them: «пришёл 8:50», «конец в 9.55»."""

from typing import Final

# Which time of the report a word means; «ё» is folded before comparing.
FIELDS: Final[dict[str, tuple[str, ...]]] = {
    "arrived_at": ("пришел", "пришла", "пришли", "прибыл", "прибыла", "прибыли", "приход", "на месте"),
    "started_at": ("начало", "начали", "начался", "началась", "началось", "старт работы"),
    "ended_at": ("конец", "окончание", "закончили", "закончился", "закончилась", "закончилось", "завершили"),
    "left_at": ("ушел", "ушла", "ушли", "уход"),
}
BETWEEN: Final = ("в", "с", "во", "около", "примерно")
# What may follow a time at once: the next item of a report, or the rest of them.
ONWARD: Final = (r"[а-еa-e]\s?\d{1,2}\b", "остальн", r"вс[её]\b")
NOW: Final = ("сейчас", "только что")
