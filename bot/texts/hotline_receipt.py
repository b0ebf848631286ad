"""«Без следа»: what whoever has a code reads."""

from bot.texts.escape import esc, utf16_length
from bot.texts.hotline import STATUSES
from bot.texts.plural import counted

ASK = "Пришлите код из 16 цифр. Он выглядит так: 9577 0613 2576 9079."
MISTYPED = "В коде опечатка: в нём 16 цифр, последняя проверочная. Сверьте с записью и пришлите ещё раз."
SESSION_OVER = "Для вашей безопасности экран закрыт. Пришлите код ещё раз."
WIPED = (
    "Стёрто. Свои сообщения удалите сами: долгое нажатие, «Удалить», «Удалить у всех».\n"
    "Бот о вас ничего не хранит. Ответ — по коду с любого телефона: «Узнать ответ по коду»."
)
WRITE = "Напишите, что добавить. Можно текстом, голосом или фото."
ROOM = 2800  # characters of answers on one screen, before escaping
READ_AGAIN = "Прочитать ответ"


def refused(wait_minutes: int) -> str:
    if wait_minutes:
        return f"Слишком много неверных кодов. Снова можно через {counted(wait_minutes, 'минуту', 'минуты', 'минут')}."
    return "Такого кода нет. Сверьте цифры с записью."


def answers(number: str, status: str, said: list[tuple[str, str]]) -> str:
    """`said`: (who, text), oldest first; the newest are shown when not all find room."""
    state = "ответ готов" if any(text for _, text in said) else STATUSES[status]
    shown: list[str] = []
    room = ROOM
    for who, text in reversed(said):
        if not text:
            continue
        if shown and utf16_length(text) > room:
            shown.append("…")
            break
        room -= utf16_length(text) + 30
        shown.append(f"<i>{esc(who)}</i>\n{esc(text, ROOM)}")
    lines = "\n\n".join(reversed(shown))
    return f"<b>{number} · {state}.</b>" + (
        f"\n\n{lines}" if lines else "\nОтвета пока нет. Зайдите позже с этим кодом."
    )


def added(number: str) -> str:
    return f"Добавлено к {number}. Сотрудник увидит. Ответ — по этому же коду."
