"""The head of a school: the day of the school, and what they take under their own control."""

from collections.abc import Sequence
from datetime import date

from bot.domain.plan import Sitting
from bot.texts.escape import esc
from bot.texts.plan import about
from bot.texts.time import day

TAKE = "Беру под контроль"


def school_day(code: str, schools: str, on: date | None, sittings: Sequence[tuple[Sitting, str]]) -> str:
    head = f"<b>Вы — руководитель школы {esc(code)}</b>\n{esc(schools)}"
    if on is None:
        return f"{head}\nРабот ВПР в графике нет."
    lines = [f"{about(sitting)}\n{_whose(who)}" for sitting, who in sittings]
    return f"{head}\nБлижайший день: {day(on)}\n" + "\n".join(lines)


def _whose(code: str) -> str:
    return f"✓ под личным контролем: {esc(code)}" if code else "Ответственность не принята"


def accepted(sitting: Sitting) -> str:
    return f"Под вашим контролем: {sitting.class_name}, {sitting.subject}"


def take(class_name: str) -> str:
    return f"Беру: {class_name}"[:24]
