"""The observers' course in chat."""

from collections.abc import Sequence

from bot.texts.escape import esc

SCHOOL = "Учебная школа"
CLASS = "0 «У»"
SUBJECT = "Пробный отчёт"
NEXT = "Дальше"
BEGIN_TEST = "Начать тест"
AGAIN = "Пройти ещё раз"
READ_AGAIN = "Перечитать уроки"
REHEARSE = "Пробный отчёт"
COURSE = "Обучение"
REHEARSAL = (
    "<b>Пробный отчёт</b>\nОн как настоящий, но нигде не считается и никого не тревожит. "
    "Нажимайте что угодно, пробуйте «Нет» и фото."
)
TRY_AGAIN = "Перечитайте уроки и попробуйте ещё раз: попыток сколько угодно."
OPEN = "Открыть"


def lesson(number: int, total: int, title: str, text: str) -> str:
    return f"<b>Урок {number} из {total}. {esc(title)}</b>\n{esc(text, 1500)}"


def question(number: int, total: int, text: str, options: Sequence[str], before: str) -> str:
    listed = "\n".join(f"{n}. {esc(option, 200)}" for n, option in enumerate(options, 1))
    head = f"{before}\n\n" if before else ""
    return f"{head}<b>Вопрос {number} из {total}</b>\n{esc(text, 300)}\n{listed}"


def checked(right: bool, why: str) -> str:
    return f"{'✓ Верно.' if right else 'Неверно.'} {esc(why, 300)}"


def result(right: int, total: int, pass_mark: int, passed: bool, before: str) -> str:
    if passed:
        text = f"<b>Обучение пройдено: {right} из {total}.</b>\nТеперь вас можно назначать наблюдателем."
    else:
        text = f"<b>Пока {right} из {total}, нужно {pass_mark}.</b>\n{TRY_AGAIN}"
    return f"{before}\n\n{text}"
