"""Under the summary: a school's day, a report, an answer, a school's history."""

from collections.abc import Sequence
from typing import Final

from bot.texts.escape import esc
from bot.texts.plural import counted

COMMAND_WORDS: Final = ("школа", "школу")
HISTORY_COMMAND: Final = ("история школы", "история")
SHOW_COMMAND: Final = ("показать отчёт", "показать", "покажи отчёт", "покажи", "открыть отчёт")
PHOTO_COMMAND: Final = ("фото отчёта", "фото")
HISTORY_WORDS: Final = frozenset({"история", "историю", "история школы"})
ITEM_LOOKALIKES: Final = str.maketrans("ABE", "АВЕ")  # Latin letters typed for the Cyrillic ones of the codes
NOT_UNDERSTOOD: Final = (
    "Не понял. Напишите, например: «школа 5», «школа 5 6Б», «школа 5 6Б Б6», «школа 5 за вчера», «история 5»."
)
REPORT_NOT_UNDERSTOOD: Final = "Напишите номер отчёта, например: «показать 7315», «показать 7315 Б6», «фото 7315»."
NO_SUCH_ITEM: Final = "В этом отчёте нет такого пункта."
SCHOOL_NOT_FOUND: Final = "Не нашли такую школу. Напишите, например: «школа 5 за вчера» или «история СОШ 5»."
NO_SUCH_CLASS: Final = "У этого класса работ за эти дни нет."
BACK: Final = "Назад"
HOME: Final = "Главная"
HISTORY: Final = "История"
DAY_PICTURE: Final = "День школы"
EXCEL: Final = "Excel школы"
ACT: Final = "Акт (Word)"
ACTS: Final = "Акты школы"
ALL_ANSWERS: Final = "Все ответы"
REVIEW: Final = "Проверка отчёта"
JUDGE: Final = "Разобрать"
TO_REPORT: Final = "К отчёту"
TO_SCHOOL: Final = "К школе"
NO_PHOTOS: Final = "Фото нет."
PHOTO_NOT_SENT: Final = "не отправилось, попробуйте ещё раз"
NO_WORKS: Final = "В этот день работ в школе нет."
PHOTO_LATER: Final = "файл ещё загружается"
NO_OBSERVER: Final = "наблюдателя нет"
CANCELLED: Final = "отменена"
HIDDEN: Final = "отчёт наблюдателя получен координатором"
NO_COMPARISON: Final = "Только цифры этой школы, без сравнения с другими."


def school_title(name: str, day: str, works: int) -> str:
    return f"<b>{esc(name)}</b> · {day} · {counted(works, 'работа', 'работы', 'работ')}"


def work(class_name: str, subject: str, at: str, parts: Sequence[str]) -> str:
    when = f", {at}" if at else ""
    return f"<b>{esc(class_name)} {esc(subject)}</b>{when}: {'; '.join(parts)}"


def received(number: int, who: str, at: str, violations: int, critical: int, photos: int) -> str:
    found = (
        f", нарушения {violations}" + (f" (критичных {critical})" if critical else "")
        if violations
        else ", без нарушений"
    )
    pictures = f", фото {photos}" if photos else ""
    person = f" ({esc(who)})" if who else ""
    return f"отчёт {number}{person} {at}{found}{pictures}"


def going_on(number: int, who: str, state: str, answered: int, asked: int, arrived: str) -> str:
    progress = f", {answered} из {asked}" if answered else ""
    here = f", на месте с {arrived}" if arrived else ""
    person = f" ({esc(who)})" if who else ""
    return f"отчёт {number}{person} {state}{progress}{here}"


def school_report(state: str, number: int, violations: int, critical: int) -> str:
    found = (
        f" {number}, нарушения {violations}" + (f" (критичных {critical})" if critical else "") if violations else ""
    )
    return f"отчёт школы{found}: {state}"


def report_label(number: int, class_name: str, *, by_school: bool) -> str:
    """`by_school`: the school's own report about the work."""
    who = " · школа" if by_school else ""
    return f"{number} · {class_name}"[: 24 - len(who)] + who


def report_title(number: int, school: str, class_name: str, subject: str, day: str) -> str:
    return f"<b>Отчёт {number} · {esc(school)} · {esc(class_name)}</b>\n{esc(subject)}, {day}"


def report_state(state: str, at: str, who: str, late: bool, version: int) -> str:
    parts = [state + (f" {at}" if at else "")]
    if who:
        parts.append(f"наблюдатель {esc(who)}")
    if late:
        parts.append("позже срока")
    if version > 1:
        parts.append(f"версия {version}")
    text = ", ".join(parts)
    return text[:1].upper() + text[1:]


def report_times(arrived: str, started: str, ended: str, left: str) -> str:
    named = (("пришёл", arrived), ("начало", started), ("конец", ended), ("ушёл", left))
    told = ", ".join(f"{name} {at}" for name, at in named if at)
    return f"Время: {told}" if told else ""


def pupils(present: int | None, listed: int | None) -> str:
    return f"Писали: {present} из {listed}" if present is not None and listed is not None else ""


def fine(count: int, asked: int) -> str:
    return f"Соблюдено: {count} из {asked}"


def unseen(codes: Sequence[str]) -> str:
    return f"Не наблюдали: {', '.join(codes)}" if codes else ""


def unanswered(codes: Sequence[str]) -> str:
    return f"Нет ответа: {', '.join(codes)}" if codes else ""


def violation(code: str, label: str, letter: str, comment: str, review: str) -> str:
    said = f": «{esc(comment, 300)}»" if comment else ""
    return f"<b>{code} {esc(label)} ({letter})</b>{said} — {review}"


def photos_label(count: int) -> str:
    return f"Фото: {count}"


def answer_line(code: str, label: str, value: str, comment: str) -> str:
    said = f": «{esc(comment, 100)}»" if comment else ""
    return f"{code} {esc(label)} — {value}{said}"


def item_title(code: str, letter: str, number: int) -> str:
    return f"<b>Пункт {code} ({letter}) · отчёт {number}</b>"


def item_said(value: str, comment: str) -> str:
    return f"Ответ: <b>{value}</b>" + (f"\n«{esc(comment, 1500)}»" if comment else "")


def item_times(happened: str, entered: str, later: bool) -> str:
    was = f"Было: {happened}. " if happened else ""
    return f"{was}Внесено: {entered}" + (" (внесено позже)" if later else "")


def item_review(review: str, note: str) -> str:
    return f"Разбор: {review}" + (f". {esc(note, 500)}" if note else "")


def one_photo(report: int, photo: int) -> str:
    """What somebody writes to see one photo."""
    return f"фото {report}-{photo}"


def photo_caption(number: int, photo: int, item: str) -> str:
    place = f", пункт {esc(item)}" if item else ""
    return f"Отчёт {number}{place}, фото {photo}"


def history_title(name: str) -> str:
    return f"<b>{esc(name)}: история</b>\n{NO_COMPARISON}"


def history_line(day: str, works: int, received: int, plan: int, violations: int, confirmed: int) -> str:
    found = f", нарушения {violations}" + (f" (подтверждено {confirmed})" if confirmed else "") if violations else ""
    return f"{day}: работы {works}, отчёты {received} из {plan}{found}"
