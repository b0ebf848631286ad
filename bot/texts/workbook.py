"""Sheets and columns of the workbook."""

from typing import Final

PAGE_OF: Final = "Страница &P из &N"

SUMMARY: Final = "Сводка"
OBSERVATIONS: Final = "Наблюдения"
ANSWERS: Final = "Ответы по пунктам"
VIOLATIONS: Final = "Нарушения и меры"
MISSING: Final = "Не сданы"

FIGURE: Final = "Показатель"
VALUE: Final = "Значение"
REMARK: Final = "Пояснение"

DATE: Final = "Дата"
SCHOOL: Final = "Школа"
CLASS: Final = "Класс"
SUBJECT: Final = "Предмет"
FORM: Final = "Форма"
LESSON: Final = "Урок"
ROOM: Final = "Кабинет"
REPORT: Final = "Отчёт №"
OBSERVER: Final = "Наблюдатель"
WHO: Final = "Чей отчёт"
STATE: Final = "Состояние"
ARRIVED: Final = "Пришёл"
STARTED: Final = "Начало"
ENDED: Final = "Окончание"
LEFT: Final = "Ушёл"
LISTED: Final = "По списку"
PRESENT: Final = "Присутствует"
ANSWERED: Final = "Ответов"
FOUND: Final = "Нарушений"
PHOTOS: Final = "Фото"
OUTCOME: Final = "Итог"
SUBMITTED: Final = "Получен"
DUE: Final = "Срок"
LATE: Final = "В срок"
VERSION: Final = "Версия"
BY_WORD: Final = "Внесено со слов"
ITEM: Final = "Пункт"
WORDING: Final = "Формулировка"
LABEL: Final = "О чём"
ANSWER: Final = "Ответ"
SEVERITY: Final = "Важность"
COMMENT: Final = "Комментарий"
ENTERED: Final = "Внесено"
NEGATIVE: Final = "Нарушение"
REVIEW: Final = "Разбор"
MEASURES: Final = "Меры, пояснение"
REVIEWED: Final = "Разобрано"
REASON: Final = "Причина"
TOUCHED: Final = "Последний ответ"

FORMS: Final = {"paper": "бумажная", "computer": "компьютерная"}
ANSWERS_SHOWN: Final = {"yes": "Да", "no": "Нет", "na": "Н/п"}
YES: Final = "да"
NO: Final = "нет"
NOTHING_FOUND: Final = "Нарушений не выявлено"

RECONCILIATION: Final = "Сверка: лист, учёт и чат"
AGREES: Final = "сходится"
DISAGREES: Final = "НЕ СХОДИТСЯ"
SUM_OF_SHEETS: Final = "Наблюдения + отчёты школ + не сданы = план"


def outcome(found: list[str]) -> str:
    return f"Выявлены нарушения: {'; '.join(found)}" if found else NOTHING_FOUND


def caption(title: str, period: str, municipality: str) -> str:
    return f"{title} · ВПР {period} · {municipality}"


def compared(sheet: int, ledger: int) -> str:
    return f"{AGREES if sheet == ledger else DISAGREES}: в листе {sheet}, в учёте {ledger}"


# Lines of the summary sheet: name of the figure and what it is.
PERIOD: Final = "Период"
MUNICIPALITY: Final = "Муниципалитет"
MADE_AT: Final = "Составлено"
MADE_BY: Final = "Кто выгрузил"
ZONE: Final = "Время в файле"
GENERAL: Final = "Общее"
SITTINGS: Final = "Работы"
REPORTS: Final = "Отчёты наблюдателей"
SCHOOL_REPORTS: Final = "Отчёты школ"
FINDINGS: Final = "Нарушения"
FIGURES: Final = {
    "sittings_plan": "Работ по графику",
    "sittings_held": "проведено",
    "sittings_running": "идут",
    "sittings_silent": "нет сведений",
    "sittings_cancelled": "отменено",
    "schools": "Школ с работами",
    "schools_observed": "из них с наблюдением",
    "risk": "Школ группы риска",
    "risk_observed": "из них с наблюдением",
    "plan": "Ожидалось по плану",
    "received": "Получено всего",
    "clean": "Отчётов без нарушений",
    "answers": "Ответов в полученных отчётах",
    "photos": "Фото",
    "violations": "Нарушений всего",
    "training": "Пробные отчёты (не в счёте)",
    "returned_violations": "Нарушения в возвращённых отчётах (не в счёте)",
}
STATES: Final = {
    "expected": "не открыт",
    "opened": "открыт",
    "partial": "начат",
    "submitted": "получен, не проверен",
    "verified": "проверен",
    "returned": "возвращён на доработку",
    "excused": "не будет (с причиной)",
    "missed": "срок прошёл",
}
SUM_OF_STATES: Final = "Сумма состояний"
