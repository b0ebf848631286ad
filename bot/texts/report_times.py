"""Times of a report, asked and told; the texts of a dictated report."""

from bot.texts.escape import esc

TIMES = "Время"
NOW = "Сейчас"
ENTER = "Указать другое"
FORGOT = "Не помню"
BACK = "Назад"
FIELDS = {"arrived_at": "Пришёл", "started_at": "Начало работы", "ended_at": "Конец работы", "left_at": "Ушёл"}
ASK = {
    "arrived_at": "Во сколько вы пришли?",
    "started_at": "Во сколько началась работа?",
    "ended_at": "Во сколько закончилась работа?",
    "left_at": "Во сколько вы ушли?",
}
TYPE_IT = "Напишите время, например 9:05."
NOT_A_TIME = "Это не похоже на время. Напишите часы и минуты, например 9:05."
BY_PLAN = "По графику {time}"
AT = "{time}"
MINUTES_AGO = "{minutes} мин назад"
ENTERED_LATER = "внесено позже"


def all_times(number: int, lines: list[str]) -> str:
    return f"<b>Отчёт {number}. Время</b>\n" + "\n".join(lines) + "\nЧто изменить?"


def line(field: str, time: str) -> str:
    return f"{FIELDS[field]}: {time or 'не указано'}"


def when_was(title: str, when: str) -> str:
    return f"<b>{esc(title)}</b>\nКогда вы это видели ({esc(when)})? Спросим один раз на этап."
