"""The schedule changed by hand, checked, and shown to everybody."""

from collections.abc import Sequence
from datetime import date

from bot.domain.clashes import Clash
from bot.domain.plan import Sitting
from bot.texts.escape import esc, sentence
from bot.texts.plan import about
from bot.texts.time import day, day_of_month

ADD = "Добавить работу"
CHECK_WORDS = ("проверить график",)
ADDED = "добавлено вручную"
ADDED_BY_SCHOOL = "добавляет школа"
ACCEPT = "Принять"
DECLINE = "Отклонить"
CHANGE = "Изменить"
CANCEL = "Отменить работу"
MY_SCHEDULE = "График школы"
ASK_LINE = (
    "<b>Новая работа</b>\nНапишите одной строкой через запятую: школа, класс, предмет, дата, урок, начало, кабинет.\n"
    "Например: <code>СОШ № 5, 6Б, Русский язык, 23.04, 2, 09:20, 214</code>"
)
WHICH_OWN = "<b>График школы</b>\nВы координатор нескольких школ. Выберите школу."
FIELDS = {
    "date": "Дата",
    "lesson": "Урок",
    "starts_at": "Начало",
    "room": "Кабинет",
    "class_name": "Класс",
    "subject": "Предмет",
    "pupils": "Участников",
}
ASK_VALUE = {
    "date": "Напишите новую дату: 23.04 или 23 апреля.",
    "lesson": "Напишите номер урока.",
    "starts_at": "Напишите время начала: 09:20.",
    "room": "Напишите кабинет.",
    "class_name": "Напишите класс: 6Б.",
    "subject": "Напишите предмет.",
    "pupils": "Напишите, сколько участников.",
}
WHY = "Напишите причину одним сообщением. Её увидят все, кого это касается."
KINDS = {"add": "добавить работу", "change": "изменить работу", "cancel": "отменить работу"}


def ask_line_of(school: str) -> str:
    return (
        f"<b>Новая работа: {esc(school)}</b>\nНапишите одной строкой через запятую: "
        "класс, предмет, дата, урок, начало, кабинет.\n"
        "Например: <code>6Б, Русский язык, 23.04, 2, 09:20, 214</code>"
    )


def what_to_change(sitting: Sitting) -> str:
    return f"<b>Что изменить?</b>\n{about(sitting)}."


def will_be(sitting: Sitting) -> str:
    return f"Будет: {about(sitting)}.\n{WHY}"


def done(sitting: Sitting, *, proposed: bool) -> str:
    if proposed:
        return f"Передали координатору на согласование.\n{about(sitting)}."
    return f"Сохранено: {about(sitting)}. Всем, кого это касается, сообщили."


def cancelled(sitting: Sitting, *, proposed: bool) -> str:
    return (
        f"Передали координатору просьбу отменить работу.\n{about(sitting)}."
        if proposed
        else f"Отменено: {about(sitting)}. Всем, кого это касается, сообщили."
    )


def added(sitting: Sitting) -> str:
    return f"<b>Работа добавлена</b>\n{about(sitting)}."


def changed(old: Sitting, new: Sitting, reason: str) -> str:
    return f"<b>Работа изменена</b>\nБыло: {about(old)}.\nСтало: {about(new)}.\nПричина: {sentence(reason, 300)}"


def proposal(kind: str, sitting: Sitting, reason: str, code: str) -> str:
    return f"<b>{esc(code)} просит {KINDS[kind]}</b>\n{about(sitting)}.\nПричина: {sentence(reason, 300)}"


def settled(kind: str, accepted: bool) -> str:
    answer = "принята" if accepted else "отклонена"
    return f"Ваша просьба {KINDS[kind]} {answer} координатором."


def decided(kind: str, accepted: bool, *, counted: bool) -> str:
    if not counted:
        return "Другой координатор уже ответил на эту просьбу."
    return f"Просьба {KINDS[kind]}: {'принята' if accepted else 'отклонена'}. Школе сообщили."


def clash(found: Clash) -> str:
    first, second = found.first, found.second
    where = f"{day_of_month(first.date)}, {esc(first.school_name)}"
    match found.kind.value:
        case "class":
            return f"{where}: {esc(first.class_name)} пишет две работы — {esc(first.subject)} и {esc(second.subject)}"
        case "room":
            return f"{where}: каб. {esc(first.room)} занят дважды — {esc(first.class_name)} и {esc(second.class_name)}"
        case _:
            other = f"{esc(second.school_name)}, {esc(second.class_name)}"
            return f"{where}: {esc(found.who)} в двух местах — {esc(first.class_name)} и {other}"


def clashes(found: Sequence[Clash], of: int) -> str:
    """A page of `of` in all."""
    if not of:
        return "<b>График проверен</b>\nДвойных работ, кабинетов и назначений нет."
    return f"<b>В графике нестыковок: {of}</b>\n" + "\n".join(map(clash, found))


def of_school(name: str, count: int) -> str:
    return f"<b>График: {esc(name)}</b>\n" + (f"Работ впереди: {count}." if count else "Работ впереди нет.")


# --- the open schedule

OPEN = "График ВПР"
WHICH_SCHOOL = "<b>График ВПР</b>\nВыберите школу или напишите её название."
NEW, MOVED, GONE = "добавлено", "изменено", "отменено"


def open_schedule(name: str, lines: Sequence[str], page: int, pages: int, *, fresh: bool) -> str:
    told = "" if not fresh else "\nОтмечено то, что появилось или изменилось с вашего прошлого просмотра."
    body = "\n".join(lines) if lines else "Работ впереди нет."
    which = f", страница {page} из {pages}" if pages > 1 else ""
    return f"<b>График ВПР: {esc(name)}</b>{which}\n{body}{told}"


def open_line(sitting: Sitting, mark: str) -> str:
    """Without a word about staff."""
    starts = (
        f", {sitting.starts_at:%H:%M}"
        if sitting.starts_at
        else (f", {sitting.lesson}-й урок" if sitting.lesson else "")
    )
    line = f"{esc(sitting.class_name)}, {esc(sitting.subject)}{starts}"
    shown = f"<s>{line}</s>" if sitting.cancelled else line
    return f"{shown} — {mark}" if mark else shown


def open_day(value: date) -> str:
    return f"<b>{day(value)}</b>"
