"""The head of a school: the day of the school, and what they take under their own control."""

from collections.abc import Sequence
from datetime import date

from bot.domain.plan import Sitting
from bot.texts.escape import esc
from bot.texts.plan import about, within_day
from bot.texts.time import day

ASK = "Нажмите «Принять»: вы лично отвечаете за порядок на этой работе."


def school_day(code: str, schools: Sequence[str], on: date | None, sittings: Sequence[tuple[Sitting, str]]) -> str:
    head = f"<b>Вы — руководитель школы {esc(code)}</b>\n{esc(', '.join(schools))}"
    if on is None:
        return f"{head}\nРабот ВПР в графике нет."
    lines = [f"{within_day(sitting, school=len(schools) > 1)}\n{_whose(who)}" for sitting, who in sittings]
    ask = "" if all(who for _, who in sittings) else f"\n\n{ASK}"
    return f"{head}\nБлижайший день: {day(on)}\n\n" + "\n\n".join(lines) + ask


def _whose(code: str) -> str:
    return f"✓ под личным контролем: {esc(code)}" if code else "Ответственность не принята"


def accepted(sitting: Sitting) -> str:
    return f"Под вашим контролем: {sitting.class_name}, {sitting.subject}"


def take(class_name: str) -> str:
    return f"Принять: {class_name}"[:24]


MOVED = "Эту работу перенесли. Посмотрите новую дату и примите ещё раз."


def accept_again(sitting: Sitting) -> str:
    return (
        f"<b>Работу, которую вы приняли под личный контроль, перенесли.</b>\n{about(sitting)}.\n"
        "Прежнее принятие больше не действует. Посмотрите новую дату и нажмите «Принять»."
    )
