"""What is said about changes after sending, returned reports, and closed days."""

from bot.texts.escape import ended, esc

VALUES = {"yes": "да", "no": "нет", "na": "не наблюдал"}
FIELDS = {
    "arrived_at": "Приход",
    "started_at": "Начало",
    "ended_at": "Конец",
    "left_at": "Уход",
    "listed": "По списку",
    "present": "Присутствовало",
}
REASONS = {
    "mistake": "ошибся",
    "clarified": "уточнили",
    "other": "другое",
    "returned": "вернули на доработку",
    "": "без причины",
}
REASON_WORDS = {
    "mistake": ("ошибся", "ошиблась", "ошибка", "опечатка", "по ошибке"),
    "clarified": ("уточнили", "уточнил", "уточнила", "уточнение"),
    "other": ("другое", "другая причина"),
}
NOT_SAID = "нет ответа"
SHOW_REPORT = "Показать отчёт"
SEND_BACK = "Вернуть на доработку"
ACCEPT = "Принять отчёт"
HISTORY = "Что менялось"
WHY_RETURN = "Напишите, что исправить. Наблюдатель увидит это сообщение."
RETURNED = "Вернули. Наблюдатель получил ваше сообщение и кнопку «Исправить»."
VERIFIED = "Отчёт принят."
FIX = "Исправить"
CLOSE_WORDS = ("закрыть день",)
OPEN_WORDS = ("открыть день",)
CLOSE_DAY = "Закрыть день"
OPEN_DAY = "Открыть день снова"
NEVER_CORRECTED = "После отправки отчёт не меняли."


def side(value: str, comment: str) -> str:
    said = f" («{esc(comment, 120)}»)" if comment else ""
    return f"{VALUES.get(value, esc(value))}{said}"


def difference(what: str, before: str, after: str) -> str:
    return f"{esc(FIELDS.get(what, what))}: было {before}, стало {after}"


def withdrawn(number: int, school: str, class_name: str, code: str, label: str, value: str, who: str, time: str) -> str:
    return (
        f"<b>Ответ исправлен · {esc(school)} · {esc(class_name)} · {time}</b>\n"
        f"{esc(code)}: {esc(label)} — было нет, стало {value}.\nОтчёт {number}, {esc(who)}."
    )


def corrected(number: int, school: str, class_name: str, who: str, reason: str, time: str, lines: list[str]) -> str:
    head = f"<b>Исправлен отчёт {number} · {esc(school)} · {esc(class_name)}</b>"
    return "\n".join([head, f"{time}, {esc(who)}. Причина: {ended(REASONS.get(reason, esc(reason)))}", *lines])


def history(number: int, blocks: list[str]) -> str:
    return f"<b>Отчёт {number}: что менялось</b>\n" + ("\n\n".join(blocks) if blocks else NEVER_CORRECTED)


def version(number: int, time: str, who: str, reason: str, lines: list[str]) -> str:
    why = f" Причина: {REASONS.get(reason, esc(reason))}." if number > 1 else ""
    return "\n".join([f"<b>Версия {number}</b>, {time}, {esc(who)}.{why}", *lines])


def asked_for(comment: str) -> str:
    return f"Вернули с просьбой: «{esc(comment, 600)}»"


def returned(number: int, school: str, class_name: str, comment: str) -> str:
    return (
        f"<b>Отчёт {number} вернули: нужно исправить</b>\n{esc(school)}, {esc(class_name)}.\n"
        f"Координатор пишет: «{esc(comment, 600)}»"
    )


def day_closed(day: str, closed: bool) -> str:
    if closed:
        return f"{day}: день закрыт. Отправленные отчёты наблюдатели больше не исправят."
    return f"{day}: день открыт. Отправленные отчёты снова можно исправлять."


def until(time: str, closed: bool) -> str:
    return "День закрыт, исправить уже нельзя." if closed else f"Исправить можно до {time}."
