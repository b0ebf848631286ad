"""Documents to print: Акт наблюдения, справка of a municipality, справка of a school."""

from typing import Final

PAGE: Final = "Страница"
PAGE_OF: Final = "из"
SIGNATURE_UNDER_LINE: Final = "(подпись)"
NAME_UNDER_LINE: Final = "(расшифровка подписи)"
DASH: Final = "—"
DATE_LINE: Final = "«____» ______________ 20____ г."
_TO_WRITE: Final = "\n".join(["", "_" * 34, "_" * 34])

# --- Акт наблюдения
ACT_TITLE: Final = "АКТ\nобщественного наблюдения за проведением всероссийской проверочной работы"
ORGANISATION: Final = "Образовательная организация"
WORK: Final = "Класс, предмет, форма"
DAY_LESSON: Final = "Дата, урок, кабинет"
OBSERVER: Final = "Наблюдатель"
TIMES: Final = "Время наблюдателя"
LESSON_TIMES: Final = "Начало и окончание работы"
PUPILS: Final = "Участники"
STAGES: Final = "Этапы, за которыми велось наблюдение"
RESULTS: Final = "1. Результаты наблюдения по пунктам"
FOUND: Final = "2. Выявленные нарушения"
MEASURES: Final = "3. Меры, принятые на месте"
REMARKS: Final = "4. Замечания и предложения школы"
ITEM: Final = "Пункт"
WORDING: Final = "Что наблюдали"
MARK: Final = "Отметка"
COMMENT: Final = "Комментарий"
NEGATIVE: Final = "Нарушение"
SEVERITY: Final = "Важность"
DECISION: Final = "Решение координатора, меры"
NOTHING_FOUND: Final = "Нарушений не выявлено."
MARKS: Final = {"yes": "Да", "no": "Нет", "na": "Н/п"}
SIGN_OBSERVER: Final = "Наблюдатель"
SIGN_ORGANISER: Final = "Ответственный организатор школы"
SIGN_PRINCIPAL: Final = "Руководитель школы"
EXECUTOR: Final = "Исполнитель"
COORDINATOR: Final = "Муниципальный координатор"
BY_WORD: Final = "внесено координатором со слов наблюдателя"

# --- справка
CERTIFICATE_TITLE: Final = "СПРАВКА\nо результатах общественного наблюдения за проведением ВПР"
SCHOOL_CERTIFICATE_TITLE: Final = "ИНФОРМАЦИОННАЯ СПРАВКА\nо результатах обеспечения объективности проведения процедур"
BASIS: Final = "1. Основание"
BASIS_TO_FILL: Final = "Приказ (дата, номер), график проведения ВПР:"
PERIOD: Final = "2. Период и объём"
ORGANISING: Final = "3. Организация наблюдения"
BY_SCHOOL: Final = "4. Наблюдение по школам"
VIOLATIONS: Final = "5. Выявленные нарушения"
HOTLINE: Final = "6. Горячая линия"
RECHECK: Final = "7. Перепроверка работ"
RISK: Final = "8. Школы с признаками необъективности"
INDICATORS: Final = "9. Показатели"
CONCLUSIONS: Final = "10. Выводы"
DECISIONS: Final = "11. Управленческие решения"
ANNEXES: Final = "12. Приложения"
ANNEXES_TEXT: Final = (
    "Рабочая книга «ВПР» за тот же период: листы «Сводка», «Наблюдения», «Нарушения и меры», «Показатели»."
)
TO_FILL: Final = "Заполняет координатор:"
NO_DATA_RECHECK: Final = "Данные о перепроверке в системе не велись. Заполняет координатор:"
SCHOOL: Final = "Школа"
WORKS: Final = "Работы: проведено из"
REPORTS: Final = "Отчёты наблюдателей: получено из"
TOTAL: Final = "Итого"
FOUND_SHORT: Final = "Нарушения"
CRITICAL_SHORT: Final = "из них критичных"
DECISION_HEADER: Final = ("№", "Решение", "Кому", "Срок")
VIOLATION_HEADER: Final = ("Дата", "Школа, работа", "Нарушение", "Комментарий", "Разбор")
INDICATOR_HEADER: Final = ("Код", "Показатель", "Значение", "Цель")
SCHOOL_HEADER: Final = ("№", "Направления", "Мероприятия", "Ответственный, сроки")
SCHOOL_BLOCKS: Final = (
    "Обеспечение объективности проведения процедуры",
    "Выявление и профилактика необъективных результатов",
    "Формирование позитивного отношения к объективной оценке",
)
GRAVEST_FIRST: Final = "Сначала критичные нарушения, затем существенные и замечания; внутри — по дате."
NO_RANKING: Final = "Справка описывает процедуру. Школы перечислены по алфавиту и не сравниваются."


def with_beside(shown: str, more: str) -> str:
    return f"{shown}; {more}" if more else shown


def work(class_name: str, subject: str, form: str) -> str:
    return f"{class_name}, {subject}, {form} форма"


def organisation(school: str, municipality: str) -> str:
    """A paper that leaves the house says which town its «СОШ № 3» is of."""
    return f"{school}, {municipality}"


def act_number(number: int, date: str) -> str:
    return f"№ {number} от {date}"


def day_lesson(date: str, lesson: int | None, begins: str, room: str) -> str:
    parts = [date]
    if lesson is not None:
        parts.append(f"{lesson}-й урок" + (f" ({begins})" if begins else ""))
    elif begins:
        parts.append(begins)
    if room:
        parts.append(f"каб. {room}")
    return ", ".join(parts)


def times(arrived: str, left: str) -> str:
    return f"пришёл {arrived or DASH}, ушёл {left or DASH}"


def lesson_times(started: str, ended: str) -> str:
    return f"начало {started or DASH}, окончание {ended or DASH}"


def pupils(listed: int | None, present: int | None) -> str:
    """A number that nobody told is written by hand."""
    return f"по списку {'_____' if listed is None else listed}, присутствует {'_____' if present is None else present}"


def act_footer(number: int, version: int, received: str, fingerprint: str) -> str:
    mark = f" Отпечаток {fingerprint}." if fingerprint else ""
    return f"Отчёт {number}, версия {version}, получен {received}.{mark}"


def period_text(period: str, works: int, held: int, cancelled: int, running: int, silent: int) -> str:
    """The parts come to the whole."""
    rest = [f"{word}: {count}" for word, count in (("идут", running), ("нет сведений", silent)) if count]
    told = ", ".join([f"Проведено по сообщениям: {held}", f"отменено: {cancelled}", *rest])
    return f"Период: {period}. Работ по графику: {works}. {told}."


def organising_text(plan: int, received: int, awaited: int, missed: int, excused: int, clean: int) -> str:
    return (
        f"Ожидалось отчётов наблюдателей: {plan}. Получено: {received}, ещё ожидается: {awaited}, не получено в срок: {missed}, "
        f"не будет по уважительной причине: {excused}. Из полученных без нарушений: {clean}."
    )


def observed_text(seen: int, schools: int, off: int) -> str:
    """`off`: schools all of whose works are cancelled."""
    apart = f" Школ, где отменены все работы: {off}, в счёт они не входят." if off else ""
    return f"Школ с работами: {schools}, из них с наблюдением: {seen}.{apart}"


def violations_text(total: int, own: int, critical: int, major: int, minor: int, confirmed: int) -> str:
    """`own`: those that schools told of themselves."""
    if not total:
        return NOTHING_FOUND
    sides = f" (в отчётах наблюдателей {total - own}, в отчётах самих школ {own})" if own else ""
    return (
        f"Всего нарушений: {total}{sides}, из них критичных {critical}, существенных {major}, замечаний {minor}. "
        f"Подтверждено координатором: {confirmed}."
    )


def violations_left_out(shown: int, total: int) -> str:
    return f"Показаны первые {shown} из {total}. Остальные — в рабочей книге, лист «Нарушения и меры»."


def violation(item: str, severity: str, negative: str) -> str:
    """«А9 (критично). Варианты передавались…»: the rows stand by gravity, and the reader sees why."""
    return f"{item} ({severity}). {negative}"


def decided(review: str, note: str) -> str:
    return f"{review}: {note}" if note else review


def part_of(part: int, whole: int) -> str:
    return f"{part} из {whole}"


def hotline_text(fresh: int, open_: int, overdue: int) -> str:
    return f"Принято сообщений за период: {fresh}. Всего сейчас ждут ответа: {open_}, из них просрочено: {overdue}."


def risk_text(seen: int, schools: int) -> str:
    return f"Школ в списке, где были работы (без отменённых): {schools}, из них с наблюдением: {seen}."


def certificate_below(municipality: str, period: str) -> str:
    return f"{municipality}, {period}"


def school_below(school: str, date: str) -> str:
    return f"{school}, на {date}"


def footer(municipality: str, made_at: str, who: str) -> str:
    return f"{municipality} · составлено {made_at}, {who}"


def measures_of_procedure(works: int, received: int, plan: int, clean: int) -> str:
    return (
        f"Проведено работ: {works}. Отчётов общественных наблюдателей: {received} из {plan}, "
        f"из них без нарушений: {clean}.\nМеры школы: {_TO_WRITE}"
    )


def measures_of_prevention(violations: int, own: int, confirmed: int) -> str:
    """`own`: those that the school told of itself."""
    return (
        f"Нарушений по отчётам наблюдателей: {violations - own}, по отчётам школы: {own}. "
        f"Подтверждено координатором: {confirmed}.\nАнализ и меры: {_TO_WRITE}"
    )


MEASURES_OF_ATTITUDE: Final = f"Работа с учителями, учениками и родителями: {_TO_WRITE}"
RESPONSIBLE_TO_FILL: Final = "________________\n________________"
