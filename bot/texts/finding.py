"""Looking for a school or a person, the card of a school, the risk list, the log of deeds."""

from collections.abc import Sequence

from bot.texts.escape import esc
from bot.texts.people import CODE_LETTERS as _LETTERS
from bot.texts.people import ROLES
from bot.texts.plural import plural

CODE_LETTERS = frozenset(_LETTERS.values())
# Latin letters typed for the Cyrillic ones that look the same.
LOOKALIKES = str.maketrans("HKOPYC", "НКОРУС")
COMMAND_WORDS = ("найти", "найди")
JOURNAL_WORDS = ("журнал", "кто что делал")
RISK_WORDS = ("список риска", "риск")
ASK = "Что найти? Напишите номер или название школы, код («Н-017») или фамилию."
RISK = "Список риска"
JOURNAL_FILE = "Журнал в Excel"
OTHER_LISTS = "Другие списки риска"
LISTS = {"objectivity": "необъективные результаты", "low": "низкие результаты (ШНОР)"}
LIST_BUTTONS = {"objectivity": "Необъективность", "low": "ШНОР"}
PROCEDURES = {"vpr": "ВПР", "gia9": "ОГЭ", "gia11": "ЕГЭ", "interview": "собеседование"}
OLDER = "Раньше"
NEWER = "К последним"
PLAN = "График школы"
JOURNAL_NAME = "журнал_действий.xlsx"
JOURNAL_TITLE = "Журнал"
JOURNAL_COLUMNS = ("№", "Время", "Кто", "Роль", "Действие", "Над чем", "Подробности")
NOT_SENT = "Журнал готов, но не отправился: медленная связь. Нажмите ещё раз."
INTACT = "Цепочка записей цела."


def nothing(text: str) -> str:
    return f"Не нашли «{esc(text, 40)}». Напишите номер школы («сош 5»), код («Н-017») или фамилию."


def found(text: str, schools: int, persons: int) -> str:
    parts = []
    if schools:
        parts.append(f"{schools} {plural(schools, 'школа', 'школы', 'школ')}")
    if persons:
        parts.append(f"{persons} {plural(persons, 'человек', 'человека', 'человек')}")
    return f"<b>«{esc(text, 40)}»</b>: " + ", ".join(parts) + "."


def school(
    name: str, full_name: str, address: str, coordinator: str, risk: Sequence[str], ahead: int, head: str
) -> str:
    lines = [f"<b>{esc(name)}</b>"]
    lines += [esc(line) for line in (full_name, address) if line]
    if coordinator:
        lines.append(f"Координатор школы: {coordinator}.")
    if head:
        lines.append(f"Руководитель: {head}.")
    lines.append(f"Работ впереди: {ahead}.")
    if risk:
        lines.append("В списке риска: " + "; ".join(risk) + ". Видят только координаторы.")
    return "\n".join(lines)


def risk_marks(list_: str, procedure: str, years: Sequence[int]) -> str:
    return f"{', '.join(map(str, years))} ({LISTS[list_]}, {PROCEDURES[procedure]})"


def risk_of(name: str, risk: Sequence[str], list_: str, procedure: str) -> str:
    held = "\n".join(risk) or "Пока ни в одном."
    return (
        f"<b>{esc(name)}: списки риска</b>\n{held}\n"
        f"Сейчас отмечаете: <b>{LISTS[list_]}, {PROCEDURES[procedure]}</b>. Видят только координаторы."
    )


def chosen(label: str, *, now: bool) -> str:
    return f"✓ {label}" if now else label


def risk_year(year: int, held: bool) -> str:
    return f"Убрать {year}" if held else f"Риск {year}"


def risk_list(lines: Sequence[str]) -> str:
    head = "<b>Список риска</b>\nВидят только координаторы. Эти школы обязательны в жеребьёвке."
    return head + "\n" + ("\n".join(lines) if lines else "Пока пусто. Найдите школу («найти 5») и отметьте год.")


def risk_line(school_name: str, years: Sequence[int]) -> str:
    return f"{esc(school_name)}: {', '.join(map(str, years))}"


def journal(lines: Sequence[str]) -> str:
    return "<b>Журнал действий</b>\n" + ("\n".join(lines) or "Записей нет.")


def broken(seq: int) -> str:
    return f"ВНИМАНИЕ: запись {seq} не сходится с предыдущей. Журнал меняли в обход бота, позовите администратора."


def journal_caption(count: int, state: str) -> str:
    return f"Записей: {count}. {state}"


def role(name: str) -> str:
    return ROLES.get(name, name)
