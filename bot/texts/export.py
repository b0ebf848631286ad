"""Exports, in words."""

from datetime import date

from bot.texts.plural import counted

COMMAND_WORDS = ("выгрузка", "выгрузить excel", "выгрузить", "эксель", "ексель", "excel")

ASK = "Что выгрузить?"
TODAY = "Сегодня"
YESTERDAY = "Вчера"
WEEK = "Неделя"
WHOLE = "Весь период ВПР"
CHOOSE_DAY = "Выбрать день"
HOME = "Главная"
SUMMARY = "Сводка"
MAKING = "Готовлю файл…"
NAMES_LEFT_OUT = "Имена и контакты в файл не входят."
NOT_SENT = "Файл готов, но не отправился: медленная связь. Нажмите «Excel» ещё раз."
DISAGREES = "Внимание: итоги листов не сошлись с учётом, посмотрите блок «Сверка». Сообщите администратору."
MADE_IN_SHELL = "администратор (консоль)"
NO_DAYS = "Работ в графике пока нет, выгружать нечего."
NOT_UNDERSTOOD = "Не понял, за какие дни. Напишите, например: «эксель за 23 апреля» или «выгрузка за неделю»."


def file_name(first: date, last: date) -> str:
    days = first.isoformat() if first == last else f"{first.isoformat()}_{last.isoformat()}"
    return f"ВПР_{days}_отчёты.xlsx"


def caption(reports: int, school_reports: int, answers: int, violations: int, missing: int) -> str:
    """«25 отчётов, 300 ответов, 3 нарушения. Не сданы: 4.»"""
    parts = [counted(reports, "отчёт", "отчёта", "отчётов")]
    if school_reports:
        parts.append(counted(school_reports, "отчёт школ", "отчёта школ", "отчётов школ"))
    parts.append(counted(answers, "ответ", "ответа", "ответов"))
    parts.append(counted(violations, "нарушение", "нарушения", "нарушений"))
    left = f" Не сданы: {missing}." if missing else ""
    return f"{', '.join(parts)}.{left} Фильтры включены."
