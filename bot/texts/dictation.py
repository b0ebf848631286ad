"""A report in one message: what was understood, what was not, what is missing."""

from collections.abc import Sequence

from bot.texts.escape import esc

YES = ("да", "ага", "верно", "отправить", "отправляй", "отправь", "ок", "+")
NO = ("нет", "исправить", "неверно", "не отправлять")
SEND = "Отправить отчёт"
FIX = "Исправить"
VALUES = {"yes": "да", "no": "нет", "na": "не наблюдал"}
EXAMPLE = "отчёт 7315 Б6 нет у двоих телефоны, Г4 не видел, остальное да"
NOTHING = f"В сообщении нет ответов, отчёт не изменился. Пишите так: «{EXAMPLE}»."
NO_REPORT_TODAY = "На сегодня отчётов у вас нет. Если это ошибка, напишите координатору."
COPY = "Скопировать: {number}"
REASON_NEEDED = (
    "Отчёт {number} уже отправлен, ничего не изменил. Добавьте в сообщение причину: «ошибся», «уточнили» или «другое»."
)


CORRECTION_REASONS = ("ошибся", "уточнили", "другое")


def answered(code: str, value: str, comment: str) -> str:
    said = f" («{esc(comment, 120)}»)" if comment else ""
    return f"{esc(code)} — {VALUES[value]}{said}"


def rest(count: int, value: str, alone: bool) -> str:
    who = "все пункты" if alone else "остальные пункты"
    return f"{who} ({count}) — {VALUES[value]}"


def summary(
    title: str,
    accepted: Sequence[str],
    read_as: Sequence[tuple[str, str]],
    lost: Sequence[str],
    unclear: Sequence[str],
    missing: Sequence[str],
    comments: Sequence[str],
    *,
    sent: bool,
) -> str:
    lines = [title]
    lines.append(f"Принято: {', '.join(accepted)}." if accepted else "Ответов не нашёл.")
    lines += [f"«{esc(typed)}» прочитал как {esc(code)}." for typed, code in read_as]
    not_understood = [f"«{esc(words, 120)}»" for words in lost]
    if unclear:
        not_understood.append(f"ответ по {esc(', '.join(unclear))}")
    if not_understood:
        lines.append(f"Не понял: {', '.join(not_understood)}.")
    if missing:
        lines.append(f"Не хватает: {esc(', '.join(missing))}. Остальное сохранено.")
    if comments:
        lines.append(f"Напишите, что случилось: {esc(', '.join(comments))}.")
    if not sent and not comments:
        lines.append("Отправить? Нажмите кнопку или ответьте «да».")
    return "\n".join(lines)


def which(lines: Sequence[str]) -> str:
    return "Сегодня у вас несколько отчётов:\n" + "\n".join(lines) + "\nНачните сообщение с номера: «отчёт 7315 …»."


def time_told(field: str, time: str) -> str:
    names = {"arrived_at": "пришли", "started_at": "начало", "ended_at": "конец", "left_at": "ушли"}
    return f"{names[field]} {time}"


def reworded(code: str, comment: str) -> str:
    return f"Сообщение изменено, пояснение тоже. {esc(code)}: «{esc(comment, 300)}»."
