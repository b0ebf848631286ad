"""Loading Excel in chat: what was found, what would change, what was done."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from bot.texts.escape import esc
from bot.texts.plural import plural

KINDS = {"schools": "Школы", "schedule": "График", "observers": "Наблюдатели"}
TEMPLATE_NAMES = {
    "schools": "шаблон_школы.xlsx",
    "schedule": "шаблон_график.xlsx",
    "observers": "шаблон_наблюдатели.xlsx",
}
FIELDS = {
    "short_name": "название",
    "full_name": "полное название",
    "login": "логин",
    "address": "адрес",
    "parallels": "параллели",
    "coordinator_name": "координатор",
    "coordinator_phone": "телефон",
    "risk_years": "годы в списке",
    "school_name": "школа",
    "class_name": "класс",
    "grade": "параллель",
    "subject": "предмет",
    "date": "дата",
    "lesson": "урок",
    "starts_at": "начало",
    "room": "кабинет",
    "pupils": "участников",
    "form": "форма",
    "duration_min": "длительность",
    "phone": "телефон",
    "sent_by": "от кого",
    "order_ref": "приказ",
    "conflict_schools": "связан со школами",
    "remarks": "примечание",
}

ASK_FILE = (
    "<b>Загрузка из Excel</b>\nПришлите файл .xlsx: школы, график или наблюдатели. Сначала проверю и покажу, что изменится.\n"
    "Начните с шаблона: он с подсказками и списками."
)
CANCELLED = "Отменено. Ничего не изменилось."
NOT_LOADED = "Файл не удалось получить: медленная связь. Пришлите его ещё раз."
TOO_LARGE = "Файл больше 20 МБ. Удалите из него картинки и лишние листы и пришлите снова."
MARKED_CAPTION = "Ячейки с ошибками красные, рядом написано, что исправить. Исправьте и пришлите файл снова."

BUTTON_TEMPLATE = {"schools": "Шаблон: школы", "schedule": "Шаблон: график", "observers": "Шаблон: наблюдатели"}
BUTTON_MARKED = "Файл с пометками"
BUTTON_CHANGES = "Что изменится"
UNDO_HINT = "Отменить можно 24 часа, пока на эти строки ничего не опирается."
BUTTON_NOTHING = "Ничего: исправлю файл"
BUTTON_UNDO = "Отменить загрузку"
BUTTON_CANCEL = "Отмена"
BACK = "Назад"


def checking(name: str) -> str:
    return f"Проверяю «{esc(name, 60)}»: файл большой, это до минуты. Пока ничего не меняю."


def loading(done: int, total: int) -> str:
    return f"Записываю: {done * 100 // total} %, {done} из {total} строк. Остальные люди работают как обычно."


def marked_name(stem: str) -> str:
    return f"{stem}_пометки.xlsx"


def button_apply(count: int) -> str:
    return f"Загрузить {count} {plural(count, 'верную', 'верные', 'верных')}"


def checked(
    kind: str, name: str, total: int, new: int, changed: int, unchanged: int, wrong: int, errors: Sequence[str]
) -> str:
    lines = [
        f"<b>Проверил «{esc(name, 60)}» ({KINDS[kind].lower()}), строк: {total}. Пока ничего не изменил.</b>",
        f"Новых: {new}. Изменится: {changed}. Без изменений: {unchanged}. С ошибками: {wrong}.",
    ]
    lines += errors[:12]
    if len(errors) > 12:
        lines.append(f"И ещё ошибок: {len(errors) - 12}. Все — в файле с пометками.")
    if not new and not changed and not wrong:
        lines.append("Этот файл уже загружен.")
    return "\n".join(lines)


def changes(found: Sequence[tuple[str, Sequence[tuple[str, Any, Any]]]], first: int, of: int) -> str:
    """One page of (what it is, its fields as (field, before, after)); the page begins with number `first` of `of`."""
    lines = [f"<b>Что изменится: {of} {plural(of, 'строка', 'строки', 'строк')}</b>"]
    if of > len(found):
        lines.append(f"Показаны {first}–{first + len(found) - 1}.")
    for title, fields in found:
        told = "; ".join(f"{FIELDS[field]}: {_show(before)} → {_show(after)}" for field, before, after in fields)
        lines.append(f"• <b>{esc(title, 120)}</b>\n   {told}")
    return "\n".join(lines) if found else "Изменений нет, только новые строки."


def work(school: str, class_name: str, subject: str, day: date) -> str:
    return f"{school}, {class_name}, {subject}, {day:%d.%m.%Y}"


def left_out(found: Sequence[tuple[str, str, str, date]], shown: int = 5) -> str:
    """Works that are planned and missing in the file."""
    lines = [f"В графике есть, а в файле нет: {len(found)}. Сам их не трогаю; отменённые отмените в графике."]
    lines += [f"• {esc(work(*one), 160)}" for one in found[:shown]]
    return "\n".join(lines) + ("\n…" if len(found) > shown else "")


def displaced(found: Sequence[tuple[str, str, str]], shown: int = 5) -> str:
    """(school, its coordinator now, who is named in the file)."""
    lines = ["<b>Сменится координатор школы:</b>"]
    lines += [f"• {esc(school, 60)}: {esc(before, 60)} → {esc(after, 60)}" for school, before, after in found[:shown]]
    if len(found) > shown:
        lines.append(f"И ещё: {len(found) - shown}.")
    return "\n".join(lines) + "\nПрежний потеряет доступ к школе, бот ему сообщит."


def school_taken(school: str) -> str:
    return (
        f"<b>Вы больше не координатор школы: {esc(school)}</b>\nВ таблице школ назван другой человек. "
        "Если это ошибка, скажите муниципальному координатору."
    )


def school_taken_back(school: str) -> str:
    return (
        f"<b>Вы больше не координатор школы: {esc(school)}</b>\nТаблицу школ, где вас назвали, отменили. "
        "Если это ошибка, скажите муниципальному координатору."
    )


def school_given(school: str) -> str:
    return f"<b>Вы координатор школы: {esc(school)}</b>\nКоманды — в «помощь»."


def button_confirm(name: str) -> str:
    return f"Да, это {name}"[:24]


def undone(kind: str, gone: int, back: int) -> str:
    return f"<b>{KINDS[kind]}: загрузка отменена.</b>\nУбрано новых: {gone}. Возвращено прежних значений: {back}."


def applied(kind: str, new: int, changed: int) -> str:
    return f"<b>{KINDS[kind]}: загружено.</b>\nНовых: {new}. Изменено: {changed}.\n{UNDO_HINT}"


def _show(value: Any) -> str:
    if value is None or value == "" or value == ():
        return "пусто"
    if isinstance(value, tuple):
        return esc(", ".join(map(str, value)), 80)
    if hasattr(value, "strftime"):
        return str(value.strftime("%d.%m.%Y" if hasattr(value, "year") else "%H:%M"))
    return f"«{esc(str(value), 80)}»"
