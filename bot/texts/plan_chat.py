"""The plan in chat: days, schools, sittings, who watches."""

from datetime import date

from bot.domain.people import Person
from bot.domain.plan import Sitting
from bot.texts.escape import esc
from bot.texts.plan import about
from bot.texts.plural import plural
from bot.texts.time import day, day_of_month

NO_DAYS = "<b>График</b>\nРабот пока нет. Пришлите файл Excel с графиком или нажмите «Загрузить Excel»."
WHICH_DAY = "<b>График</b>\nВыберите день."
ASSIGN = "Назначить наблюдателя"
CANCEL_SITTING = "Отменить работу"
WHY_CANCEL = "Напишите причину отмены одним сообщением. Её увидят все, кого это касается."
ADD = "Добавить работу"
RISK = "Список риска"
DRAW = "Жеребьёвка"
CHECK = "Проверить график"
CHANGE_SITTING = "Изменить"
SWAP = "Поменять местами"
HISTORY = "История назначений"
WHOLE_DAY = "Один на весь день"
TAKEN_OFF = "снят координатором"


def of_day(value: date, sittings: int, schools: int, watched: int) -> str:
    word = plural(sittings, "работа", "работы", "работ")
    return f"<b>{day(value)}</b>\n{sittings} {word}, школ: {schools}. С наблюдателем: {watched} из {sittings}."


def day_label(value: date) -> str:
    return day_of_month(value)


def of_school(value: date, school: str, lines: list[str]) -> str:
    return f"<b>{esc(school)}, {day_of_month(value)}</b>\n" + "\n".join(lines)


def sitting_line(sitting: Sitting, watchers: int) -> str:
    starts = sitting.starts_at.strftime("%H:%M") if sitting.starts_at else ""
    watched = f"наблюдателей: {watchers}" if watchers else "без наблюдателя"
    gone = "отменена" if sitting.cancelled else watched
    return f"{esc(sitting.class_name)}, {esc(sitting.subject)}, {starts}: {gone}"


def replace(code: str) -> str:
    return f"Заменить {code}"


def card(sitting: Sitting, watchers: list[Person], head: str = "") -> str:
    """`head`: what is known of the head of the school, a line by `under_control`."""
    who = ", ".join(esc(person.code) for person in watchers) or "нет"
    state = "\n<b>Отменена.</b>" if sitting.cancelled else ""
    pupils = f"\nУчастников: {sitting.pupils}." if sitting.pupils else ""
    known = f"\n{head}" if head else ""
    return f"<b>Работа</b>\n{about(sitting)}.{pupils}\nНаблюдатели: {who}.{known}{state}"


def under_control(code: str, on: date, *, holds: bool) -> str:
    if holds:
        return f"Под личным контролем руководителя школы: {esc(code)}."
    return f"Руководитель школы {esc(code)} принимал её на {day(on)}. После переноса ещё не подтверждено."


def assigned(code: str, number: int) -> str:
    return f"{esc(code)} назначен. Отчёт {number}. Сообщение отправлено."


def remove(code: str) -> str:
    return f"Снять {code}"


def removed(code: str) -> str:
    return f"{esc(code)} снят с этой работы."
