"""The digest of the day: when it goes out, and to whom."""

import re
from typing import Final

COMMAND_WORDS: Final = ("итоги",)
HERE: Final = frozenset({"итоги сюда", "сводку сюда", "сводка сюда"})
NOT_HERE: Final = frozenset(
    {
        *("итоги отсюда убрать", "убрать итоги", "убрать итоги отсюда", "итоги сюда не надо", "итоги не сюда"),
        *("итоги выключить", "итоги отключить", "не присылать итоги", "сводку отсюда убрать", "сводку сюда не надо"),
    }
)
HOUR: Final = re.compile(r"(?:в|на|ежедневно в)?\s*([0-9]{1,2})(?:[:.\s-]\s*([0-9]{2}))?(?:\s*час(?:а|ов)?)?")
OFF_WORDS: Final = frozenset(
    {"выключить", "отключить", "выключи", "отключи", "выкл", "не присылать", "не надо", "убрать"}
)
ON_WORDS: Final = frozenset({"включить", "включи", "вкл", "присылать", "присылай"})

IN_THE_GROUP: Final = "Итоги дня будут приходить и в эту группу. Больше не надо: «итоги отсюда убрать»."
OUT_OF_THE_GROUP: Final = "Итоги дня в эту группу больше не приходят. Снова: «итоги сюда»."
NO_GROUP_ANY_MORE: Final = "Итоги дня в рабочую группу больше не приходят. Снова: напишите там «итоги сюда»."
NOT_IN_A_GROUP: Final = "Итоги дня сюда и так не приходят."
COORDINATORS_ONLY: Final = "Это может только муниципальный координатор."
SWITCHED_OFF: Final = (
    "Итоги дня вам больше не приходят. Посмотреть их всегда можно: «сводка».\nСнова присылать: «итоги включить»."
)

TURN_OFF: Final = "Не присылать мне итоги"
TURN_ON: Final = "Присылать мне итоги"
TURN_OFF_HERE: Final = "Не присылать итоги сюда"
TURN_OFF_GROUP: Final = "Не присылать в группу"


def switched_on(at: str) -> str:
    return f"Итоги дня будут приходить вам в {at} по местному времени. Больше не надо: «итоги выключить»."


def not_understood(*, may_change: bool) -> str:
    hour = "Напишите время, например: «итоги в 17:30». " if may_change else ""
    return f"{hour}Получать или нет: «итоги включить», «итоги выключить»."


def hour_set(at: str) -> str:
    return f"Итоги дня будут приходить в {at} по местному времени: координаторам и руководителю."


def choice(at: str, *, wanted: bool, has_group: bool, may_change: bool) -> str:
    """What one receiver has chosen, and what can be changed by words."""
    lines = [
        f"Итоги дня с картинкой приходят в {at} по местному времени.",
        "Вам: приходят." if wanted else "Вам: не приходят, вы их выключили.",
    ]
    if may_change:
        lines.append("В рабочую группу: приходят." if has_group else "В рабочую группу: напишите там «итоги сюда».")
        lines.append("Другое время: «итоги в 18:00».")
    return "\n".join(lines)
