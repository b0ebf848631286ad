"""A note for the website: the day in a few sentences, without people, schools or findings."""

from datetime import date
from typing import Final

from bot.texts.plural import NBSP, counted, plural
from bot.texts.time import day_of_month

HEAD: Final = "<b>Текст для сайта.</b> Проверьте и скопируйте:"
COPY: Final = "Скопировать текст"
LIMIT: Final = 256  # what a button can copy
NOTHING: Final = "За эти дни проведённых работ нет, публиковать нечего."


def not_over(held: int, planned: int) -> str:
    return f"Проведено работ: {held} из {planned}, цифры ещё могут измениться. Публикуйте, когда все работы закончатся."


def days(first: date, last: date) -> str:
    """«22 ноября 2026 года», «С 16 по 22 ноября 2026 года»."""
    if first == last:
        return f"{day_of_month(first)} {first.year}{NBSP}года"
    begins = f"{first.day}" if (first.year, first.month) == (last.year, last.month) else day_of_month(first)
    if first.year != last.year:
        begins = f"{begins} {first.year}{NBSP}года"
    return f"С {begins} по {day_of_month(last)} {last.year}{NBSP}года"


def note(municipality: str, when: str, held: int, schools: int, reports: int, observed: int) -> str:
    works = counted(
        held, "всероссийская проверочная работа", "всероссийские проверочные работы", "всероссийских проверочных работ"
    )
    places = counted(schools, "школе", "школах", "школах")
    held_verb = plural(held, "проведена", "проведены", "проведено")
    text = f"{when} в муниципалитете «{municipality}» {held_verb} {works} в {places}."
    if reports:
        watched = counted(observed, "школе", "школах", "школах")
        told = counted(reports, "отчёт", "отчёта", "отчётов")
        received = plural(reports, "получен", "получены", "получено")
        text += f" Общественные наблюдатели работали в {watched}, {received} {told}."
    return text + " Вопросы родителей принимает горячая линия ВПР."
