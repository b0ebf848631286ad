"""Choosing, changing and losing observers, in chat."""

from collections.abc import Sequence

from bot.domain.plan import Sitting
from bot.texts.escape import esc
from bot.texts.interest import CONFLICTS
from bot.texts.plan import about
from bot.texts.plural import plural
from bot.texts.time import day_of_month

REPLACE = "Заменить"
HISTORY = "История"
WHOLE_DAY = "Один на весь день"
CANNOT = "Не смогу прийти"
CANNOT_WORDS = ("не смогу", "не смогу прийти", "не приду")
DAY_COVERED = "В этот день у школы на каждой работе уже есть наблюдатель."
NOT_TRAINED = "не прошёл обучение"
UNFIT = {
    "conflict": "личный интерес",
    "untrained": "не прошёл обучение",
    "busy": "занят в это время",
    "away": "не может в этот день",
    "full_day": "уже занят в этот день",
    "full": "уже много назначений",
}
EVENTS = {
    "assigned": "назначен",
    "ended": "снят",
    "replaced": "заменён на",
    "cannot": "сообщил, что не придёт",
    "coming": "сообщил, что придёт",
}


def unfit(code: str, why: str, conflict: str) -> str:
    reason = CONFLICTS.get(conflict, UNFIT["conflict"]) if why == "conflict" else UNFIT[why]
    return f"{esc(code)}: {reason}"


def whom(sitting: Sitting, count: int, unfit_lines: Sequence[str], *, replacing: str = "") -> str:
    head = f"<b>Кем заменить {esc(replacing)}?</b>" if replacing else "<b>Кого назначить?</b>"
    lines = [head, f"{about(sitting)}.", f"Подходят: {count}. Сначала те, кто занят меньше."]
    if unfit_lines:
        lines.append("Не подходят: " + "; ".join(unfit_lines[:6]) + ".")
    if len(unfit_lines) > 6:
        lines.append(f"И ещё не подходят: {len(unfit_lines) - 6}.")
    return "\n".join(lines)


def nobody(sitting: Sitting, unfit_lines: Sequence[str]) -> str:
    text = "Свободных наблюдателей без личного интереса нет. Пригласите ещё или снимите другое назначение."
    return f"{about(sitting)}.\n{text}" + ("\n" + "\n".join(unfit_lines[:8]) if unfit_lines else "")


def warning_untrained(code: str) -> str:
    return f"Внимание: {esc(code)} ещё не прошёл обучение."


def replaced(old: str, new: str) -> str:
    return f"Вместо {esc(old)} теперь {esc(new)}. Обоим сообщили, начатый отчёт не потерян."


def swap_with(sitting: Sitting, code: str, count: int) -> str:
    if not count:
        return (
            f"<b>С кем поменять {esc(code)}?</b>\n{about(sitting)}.\nМеняться не с кем: мешают личный интерес, время или "
            "других назначений нет. Можно заменить."
        )
    return (
        f"<b>С кем поменять {esc(code)}?</b>\n{about(sitting)}.\n"
        f"Подходят: {count}. Личный интерес и время проверены у обоих, ближние дни первыми."
    )


def swap_place(code: str, other: Sitting) -> str:
    return f"{code}: {other.date:%d.%m} {other.class_name} {other.school_name}"[:24]


def swapped(code: str, other: str) -> str:
    return f"Поменялись местами: {esc(code)} и {esc(other)}. Обоим сообщили, начатые отчёты не потеряны."


def whole_day(found: Sequence[Sitting], count: int) -> str:
    first = found[0]
    return (
        f"<b>Один наблюдатель на весь день</b>\n{esc(first.school_name)}, {day_of_month(first.date)}. "
        f"Работ без наблюдателя: {len(found)}.\nПодходят: {count}. Личный интерес уже учтён."
    )


def day_done(done: int, left: int) -> str:
    text = f"Назначено работ: {done}."
    return f"{text} Не подошли по времени: {left}, назначьте другого." if left else text


def cannot_come(sitting: Sitting, code: str, others: Sequence[str]) -> str:
    lines = [f"<b>{esc(code)} не сможет прийти</b>", f"{about(sitting)}."]
    lines.append("Могут заменить: " + ", ".join(map(esc, others)) + "." if others else "Заменить некем: позвоните.")
    return "\n".join(lines)


def told(sitting: Sitting) -> str:
    return f"Передали координатору: вы не сможете прийти.\n{about(sitting)}.\nСпасибо, что предупредили."


def which_not(lines: Sequence[str]) -> str:
    return "<b>Куда не сможете прийти?</b>\n" + "\n".join(lines)


def released(code: str, why: str, freed: Sequence[Sitting]) -> str:
    count = plural(len(freed), "работа осталась", "работы остались", "работ осталось")
    lines = [f"<b>{esc(code)}: {esc(why)}</b>", f"{len(freed)} {count} без этого наблюдателя:"]
    lines += [f"{day_of_month(s.date)}, {esc(s.school_name)}, {esc(s.class_name)}" for s in freed[:10]]
    if len(freed) > 10:
        lines.append(f"И ещё: {len(freed) - 10}.")
    return "\n".join(lines)


def find_replacement(sitting: Sitting) -> str:
    return f"{sitting.date:%d.%m} {sitting.class_name}, {sitting.school_name}"[:24]


def history(sitting: Sitting, lines: Sequence[str]) -> str:
    return f"<b>История назначений</b>\n{about(sitting)}.\n" + ("\n".join(lines) or "Пока никого не назначали.")


def event(code: str, what: str, other: str, reason: str, by: str, at: str) -> str:
    whom_ = f" {esc(other)}" if other else ""
    why = f" ({esc(reason)})" if reason else ""
    whose = f", {esc(by)}" if by and by != code else ""
    return f"{at}: {esc(code)} {EVENTS.get(what, esc(what))}{whom_}{why}{whose}"
