"""The coordinator looks at a report and decides about its violations."""

from bot.texts.escape import esc
from bot.texts.summary import REVIEWS

OPEN_REPORT = "Открыть отчёт"
REVIEW = "Разобрать"
CONFIRMED = "Подтверждено"
UNCONFIRMED = "Не подтвердилось"
CLARIFY = "Уточнить"
MEASURES = "Меры приняты"
LABELS = {"confirmed": CONFIRMED, "unconfirmed": UNCONFIRMED, "clarify": CLARIFY, "measures": MEASURES}
BACK = "Назад"
HOME = "Главная"
ANSWER = "Ответить"
PHOTOS = "Фото: {count}"
BY_PHONE = "Внести со слов"
NOTE = {
    "confirmed": "Отмечено: подтверждено. Добавьте пояснение одним сообщением или нажмите «Назад».",
    "unconfirmed": "Отмечено: не подтвердилось. Добавьте, что выяснилось, или нажмите «Назад».",
    "clarify": "Напишите вопрос наблюдателю одним сообщением.",
    "measures": "Отмечено: меры приняты. Напишите, какие, или нажмите «Назад».",
}
NOTED = "Записано."
ASKED = "Вопрос отправлен наблюдателю."
WRITE_ANSWER = "Напишите ответ одним сообщением. Имена детей не нужны."
ANSWER_SENT = "Ответ отправлен координатору."
FASTER = "Пока вы смотрели, это изменили. Ничего не перезаписано, вот как сейчас."
NO_VIOLATION = "Этого нарушения в отчёте больше нет."
REASON_NEEDED = "Нужна причина: напишите её одним сообщением."


def card(title: str, who: str, state: str, lines: list[str], flags: list[str], quality: str) -> str:
    head = [title, f"{esc(who)}. {state}", f"Качество: {quality}."]
    return "\n".join([*head, *flags, *lines])


def state(name: str, time: str, versions: int, entered_by: str, late: bool) -> str:
    parts = [f"Отчёт {name}{f' {time}' if time else ''}"]
    if late:
        parts.append("после срока")
    if versions > 1:
        parts.append(f"версий: {versions}")
    if entered_by:
        parts.append(f"внесено со слов, {esc(entered_by)}")
    return ", ".join(parts) + "."


def violation(
    title: str, code: str, label: str, letter: str, comment: str, who: str, review: str, by: str, at: str, note: str
) -> str:
    lines = [title, f"<b>{esc(code)} · {esc(label)} ({letter})</b>", f"{esc(who)}: «{esc(comment, 600)}»"]
    decided = f", {esc(by)} {at}" if by else ""
    lines.append(f"Решение: {REVIEWS[review]}{decided}.")
    if note:
        lines.append(esc(note if len(note) <= 900 else f"…{note[-899:]}"))
    return "\n".join(lines)


def question(number: int, code: str, label: str, words: str) -> str:
    return f"<b>Вопрос координатора</b>\nОтчёт {number}, {esc(code)} · {esc(label)}.\n«{esc(words, 900)}»"


def answered(number: int, code: str, who: str, words: str) -> str:
    return f"<b>Ответ наблюдателя</b>\nОтчёт {number}, {esc(code)}. {esc(who)}: «{esc(words, 900)}»"
