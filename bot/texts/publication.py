"""A note for the website: the day in a few sentences, without people, schools or findings."""

from typing import Final

from bot.texts.plural import counted

HEAD: Final = "<b>Текст для сайта.</b> Проверьте и скопируйте:"
COPY: Final = "Скопировать текст"
LIMIT: Final = 256  # what a button can copy


def note(municipality: str, days: str, held: int, schools: int, reports: int, observed: int) -> str:
    works = counted(
        held, "всероссийская проверочная работа", "всероссийские проверочные работы", "всероссийских проверочных работ"
    )
    places = counted(schools, "школе", "школах", "школах")
    text = f"{days} в муниципалитете «{municipality}» проведено: {works} в {places}."
    if reports:
        watched = counted(observed, "школе", "школах", "школах")
        told = counted(reports, "отчёт", "отчёта", "отчётов")
        text += f" Общественные наблюдатели работали в {watched}, получено: {told}."
    return text + " Вопросы родителей принимает горячая линия ВПР."
