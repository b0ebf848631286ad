"""The digest of the day: when it goes out, and to whom."""

import re
from typing import Final

COMMAND_WORDS: Final = ("итоги",)
HERE: Final = frozenset({"итоги сюда", "сводку сюда", "сводка сюда"})
HOUR: Final = re.compile(r"(?:в|на|ежедневно в)?\s*([0-9]{1,2})(?:[:.\s-]\s*([0-9]{2}))?(?:\s*час(?:а|ов)?)?")
IN_THE_GROUP: Final = "Итоги дня будут приходить и в эту группу."
NOT_UNDERSTOOD: Final = "Напишите время, например: «итоги в 17:30»."


def hour_set(at: str) -> str:
    return f"Итоги дня будут приходить в {at} по местному времени: координаторам и руководителю."


def hour_is(at: str) -> str:
    return (
        f"Итоги дня с картинкой приходят в {at} по местному времени координаторам и руководителю.\n"
        "Другое время: «итоги в 18:00». В рабочую группу: напишите там «итоги сюда»."
    )
