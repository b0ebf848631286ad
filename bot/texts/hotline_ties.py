"""Ties of a case: how decisions are called, how codes of items are typed, how a tie is shown."""

from bot.texts.escape import esc

# The six kinds of a managerial decision and what people call them; beginnings, lower case.
DECISIONS = (
    "приказ",
    "распоряж",
    "постановл",
    "письмо",
    "рекоменд",
    "адресные реком",
    "решени",
    "протокол",
    "совещан",
    "общественный совет",
    "справка",
)
ITEM_LETTERS = "АБВГДЕABE"
LOOK_ALIKE = str.maketrans("ABE", "АВЕ")

ASK = (
    "С чем связать {number}? Номер отчёта (7315), нарушение в нём (7315 Б6) или решение (приказ № 12 от 24.04.2026). "
    "Решение записывайте без фамилий."
)
REPORT, VIOLATION, DECISION = "отчётом", "нарушением", "решением"


def tied(what: str) -> str:
    return f"Связано с {what}."


def on_card(report: int | None, item: str, decision: str) -> list[str]:
    lines = []
    if report:
        lines.append(f"Отчёт наблюдателя: {report}" + (f", нарушение {esc(item)}" if item else ""))
    if decision:
        lines.append(f"Решение: {esc(decision)}")
    return lines


def on_report(number: str, item: str) -> str:
    return f"Горячая линия: {number}" + (f", {esc(item)}" if item else "")


def in_journal(report: int | None, item: str, decision: str) -> str:
    parts = [f"отчёт {report}" + (f", {item}" if item else "")] if report else []
    return "; ".join([*parts, *([decision] if decision else [])])
