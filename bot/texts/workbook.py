"""Sheets and columns of the workbook."""

from typing import Final

from bot.texts.plural import NBSP

PAGE_OF: Final = "Страница &P из &N"
NO_ROWS: Final = "Записей нет"
TOTAL: Final = "Итого"
SIGN_HERE: Final = "подпись ____________   расшифровка ____________________   дата __________"

SUMMARY: Final = "Сводка"
OBSERVATIONS: Final = "Наблюдения"
ANSWERS: Final = "Ответы по пунктам"
VIOLATIONS: Final = "Нарушения и меры"
MISSING: Final = "Не сданы"

SCHOOLS: Final = "Школы"
SCHEDULE: Final = "График"
PHOTOS_SHEET: Final = "Фото"
HOTLINE: Final = "Горячая линия"
INDICATORS: Final = "Показатели"
ASSIGNMENTS: Final = "Назначения и жеребьёвка"
BY_ITEM: Final = "Нарушения по пунктам"
UPLOADS: Final = "Загрузка результатов"
INSTRUCTIONS: Final = "Инструктаж"
DRAWS: Final = "Протоколы жеребьёвки"
ITEMS: Final = "Справочник пунктов"
ABOUT: Final = "О выгрузке"

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
AWAITED_FROM: Final = "От кого"
TOLD_BY: Final = "Кто сообщил"
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
BOTH_REPORTS: Final = "Наблюдения и отчёты школ"
SIGNS: Final = "Муниципальный координатор"


STEPS_ONLY: Final = "По пунктам не отвечали; шаги школы — в листе «Загрузка результатов»"


def outcome(found: list[str]) -> str:
    return f"Выявлены нарушения: {'; '.join(found)}" if found else NOTHING_FOUND


def schools_chosen(names: list[str]) -> str:
    return ", ".join(names)


def caption(title: str, period: str, municipality: str) -> str:
    return f"{title} · ВПР {period} · {municipality}"


def compared(sheet: int, chat: int, ledger: int | None, *, agrees: bool) -> str:
    counted = "" if ledger is None else f", в учёте {ledger}"
    return f"{AGREES if agrees else DISAGREES}: в листе {sheet}, в чате {chat}{counted}"


def hidden_cases(count: int) -> str:
    return f"Скрыто из-за личного интереса: {count}. Это сообщения о школе, с которой связан тот, кто заказал файл."


def with_hidden(title: str, count: int) -> str:
    """The title of a check; with the rows that are not in the file, when there are any."""
    return f"{title}, скрыто из-за личного интереса: {count}" if count else title


def column_of(title: str, column: str) -> str:
    return f"{title}: «{column}»"


def share(part: int, whole: int) -> str:
    """«71 %» beside a figure; nothing when there is nothing to divide by."""
    return f"{round(100 * part / whole)}{NBSP}%" if whole else ""


def numerator_of(code: str) -> str:
    return f"{code}, числитель"


def denominator_of(code: str) -> str:
    return f"{code}, знаменатель"


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
    "sittings_held": "    проведено",
    "sittings_running": "    идут",
    "sittings_silent": "    нет сведений",
    "sittings_cancelled": "    отменено",
    "schools": "Школ с работами",
    "schools_observed": "    из них с наблюдением",
    "schools_off": "Школ, где отменены все работы (не в счёте)",
    "risk": "Школ группы риска с работами",
    "risk_observed": "    из них с наблюдением",
    "plan": "Ожидалось по плану",
    "received": "Получено всего",
    "clean": "Отчётов наблюдателей без нарушений",
    "answers": "Ответов в полученных отчётах",
    "photos": "Фото",
    "uploaded": "Работ с загруженными результатами",
    "upload_overdue": "Работ, где срок загрузки прошёл",
    "briefed": "Инструктаж школ: отправлено",
    "briefed_read": "    прочитано",
    "briefed_in_time": "        из них в срок",
    "violations": "Нарушений всего",
    "violations_observers": "        в отчётах наблюдателей",
    "violations_schools": "        в отчётах самих школ",
    "training": "Пробные отчёты (не в счёте)",
    "returned_violations": "Нарушения в возвращённых отчётах (не в счёте)",
}
# The same violations, divided in three ways: each comes to the whole.
BY_SOURCE: Final = "по тому, чей отчёт:"
BY_SEVERITY: Final = "по важности:"
BY_REVIEW: Final = "по разбору:"
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

WORKS: Final = "Работ"
HELD: Final = "Проведено"
CANCELLED: Final = "Отменено"
PLANNED_REPORTS: Final = "Отчётов по плану"
RECEIVED_REPORTS: Final = "Получено"
AWAITED: Final = "Ждём"
MISSED: Final = "Срок прошёл"
EXCUSED: Final = "Не будет"
SCHOOL_RECEIVED: Final = "Отчёты школы"
CLEAN: Final = "Без нарушений"
CRITICAL: Final = "Критичных"
CONFIRMED: Final = "Подтверждено"
RISK_YEARS: Final = "Группа риска"
CHART_SCHOOLS: Final = "Отчёты наблюдателей по школам"
CHART_ITEMS: Final = "Нарушения по пунктам"

BEGINS: Final = "Начало по плану"
MINUTES: Final = "Минут"
PUPILS: Final = "Участников"
OBSERVERS: Final = "Наблюдатели"
RECEIVED_OF: Final = "Отчёты: получено"
UNDER_CONTROL: Final = "Под контролем (код)"
UNDER_CONTROL_SINCE: Final = "Взято под контроль"
WORK_STATES: Final = {
    "held": "проведена",
    "running": "идёт",
    "silent": "нет сведений",
    "cancelled": "отменена",
}

FULL_NAME: Final = "Фамилия, имя, отчество"
PHONE: Final = "Телефон"
SENT_BY: Final = "Кем направлен"
ORDER_REF: Final = "Приказ"
TRAINED: Final = "Обучен"

ASSIGNED: Final = "Назначен"
ASSIGNED_BY: Final = "Кем"
ARRIVAL: Final = "Утром ответил"
ENDED_AT: Final = "Снят"
ARRIVALS: Final = {"": "", "coming": "буду", "late": "опаздываю", "cannot": "не смогу"}

STEPS: Final = {
    "materials": "Материалы получены",
    "briefing": "Инструктаж под подпись",
    "started": "Началась",
    "ended": "Закончилась",
    "collected": "Работы собраны",
    "checked": "Проверены комиссией",
}
VIDEO: Final = "Видео"
VIDEO_VALUES: Final = {"yes": "ведётся", "no": "не ведётся", "none": "не положено"}
UPLOADED: Final = "Загружены"
UPLOAD_STATE: Final = "Загрузка"
DONE: Final = "загружены"
NOT_UPLOADED: Final = "нет отметки"
UPLOAD_OVERDUE: Final = "срок прошёл"
INSTRUCTION: Final = "Инструкция"
INSTRUCTION_KIND: Final = "Вид"
INSTRUCTION_KINDS: Final = {"memo": "памятка", "briefing": "инструктаж", "own": "своя"}
READER: Final = "Кому"
READ_BY: Final = "Прочитать до"
READ_AT: Final = "Прочитано"
IN_SUMMARY: Final = "В сводке"
DRAW: Final = "№"
FIRST_DAY: Final = "С"
LAST_DAY: Final = "По"
SEED: Final = "Зерно"
POOL_SITTINGS: Final = "Работ в жеребьёвке"
POOL_OBSERVERS: Final = "Наблюдателей"
CHOSEN: Final = "Назначено"
DRAWN_AT: Final = "Проведена"
APPLIED_AT: Final = "Применена"

PHOTO: Final = "Фото"
OPEN_PHOTO: Final = "Открыть в боте"
OPEN: Final = "открыть"
ON_PHOTO: Final = "Что на фото"
PHOTO_CAME: Final = "Получено"
PHOTO_STATE: Final = "Файл"
PHOTO_STATES: Final = {"pending": "загружается", "stored": "сохранён"}
PIXELS: Final = "Размер, точек"
KILOBYTES: Final = "КБ"
SAME_AS: Final = "То же, что"
FINGERPRINT: Final = "Отпечаток файла"

CASE: Final = "Номер"
ACCEPTED: Final = "Принято"
CHANNEL: Final = "Откуда"
CHANNELS: Final = {"telegram": "Telegram", "phone": "телефон", "visit": "лично"}
SECTION: Final = "Тема"
URGENCY: Final = "Срочность"
URGENCIES: Final = {"usual": "обычная", "critical": "срочно"}
HOW_ANSWERED: Final = "Как отвечаем"
CASE_STATE: Final = "Состояние"
ANSWERED_AT: Final = "Ответ дан"
CASE_OUTCOME: Final = "Итог"
RATING: Final = "Оценка"

STAGE: Final = "Этап"
BASIS: Final = "Основание"
SHORT_FORM: Final = "Краткая форма"
WORK_FORM: Final = "Форма работы"
VIOLATED: Final = "Нарушений за период"
ANY_FORM: Final = "любая"

INDICATOR: Final = "Код"
INDICATOR_NAME: Final = "Показатель"
FORMULA: Final = "Формула"
NUMERATOR: Final = "Числитель"
DENOMINATOR: Final = "Знаменатель"
BESIDE: Final = "Рядом"
RESULT: Final = "Значение"
TARGET: Final = "Цель"
REACHED: Final = "Цель достигнута"
SOURCE_ROWS: Final = "Откуда строки"

QUESTION: Final = "Что"
CONTENTS: Final = "Содержание"
ABOUT_LINES: Final = (
    (
        "Что в файле",
        "Все отчёты периода, кроме пробных. Каждый ожидаемый отчёт стоит в одном листе: полученные — в «Наблюдения» "
        "или «Отчёты школ», остальные — в «Не сданы».",
    ),
    (
        "Сверка",
        "Внизу листа «Сводка»: сколько строк в каждом листе и что в его строке «Итого», то же число в чате и в учёте "
        "(счётчики дня, которые ведутся отдельно) на момент выгрузки.",
    ),
    (
        "Нарушения",
        "Ответ «Нет» в полученном отчёте. Ответы возвращённых и пробных отчётов в счёт не входят, их число стоит "
        "в «Сводке» отдельно.",
    ),
    (
        "Проведена",
        "О работе есть полученный отчёт, или указано время её окончания. «Нет сведений» не значит, что работы не было.",
    ),
    (
        "Горячая линия",
        "Строка на каждое принятое сообщение, объединённые тоже: столько же «новых» в чате и «принято» в М14. Ответ "
        "на объединённое сообщение — ответ на то, к которому его присоединили.",
    ),
    (
        "Инструктаж",
        "В листе все инструкции. Чат и «Сводка» считают строки с «да» в столбце «В сводке»: инструктаж координаторов "
        "школ, у которых в этот день есть неотменённые работы.",
    ),
    (
        "Фото",
        "Каждое хранится в боте под своим номером. Последний столбец листа «Фото» открывает его по ссылке; вместо ссылки "
        "там могут стоять слова, которые надо написать боту, например «фото 7315-812».",
    ),
    ("Имена", "Имён и контактов в файле нет: люди указаны номерами (Н-017). Тексты горячей линии в файл не входят."),
    (
        "Назначение",
        "Файл показывает, как прошла процедура. Он не оценивает учеников и учителей, школы в нём не сравниваются.",
    ),
)
FILTER: Final = "Что вошло"
WHOLE_MUNICIPALITY: Final = "все школы"


def part(name: str) -> str:
    """A figure that is a part of the one above it."""
    return f"    {name}"


def part_of(part: int, whole: int) -> str:
    return f"{part} из {whole}" if whole else ""


def photo_name(number: int) -> str:
    """Not «фото 812»: written to the bot that would mean a report."""
    return f"№ {number}"
