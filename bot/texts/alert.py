"""«Срочно», in words."""

from bot.texts.escape import esc, sentence

KINDS = {
    "cheating": "Телефоны, списывание",
    "prompting": "Подсказывает взрослый",
    "stranger": "Посторонний в кабинете",
    "leak": "Утечка заданий",
    "not_admitted": "Наблюдателя не пускают",
    "other": "Другое",
}
UNSIGNED = ("аноним", "не называйте мен", "без подписи")  # beginnings, as people write them
RECALL = "Отмена: нажал случайно"
ACCEPT = "Принял"
ASK = "Спросить наблюдателя"
SHOW_PHOTOS = "Посмотреть фото"
FALSE = "Ложный"
SKIP = "Пропустить"
ADD = "Дополнить"
REPLY = "Ответить"
WRITE_REPLY = "Напишите ответ одним сообщением. Координатор прочтёт его сразу."
REPLIED = "Ответ передан координатору."
ADD_PHOTO = "Добавить фото"
SEND_PHOTO = "Пришлите фото: одно или несколько сразу. Нельзя снимать детей, задания, ответы, списки с кодами."
BACK_TO_REPORT = "Вернуться к отчёту"
RECALLED = "Отозвано. Координатор предупреждён."
WRITE_MORE = "Напишите одно-два предложения или пришлите фото. Имена детей не нужны."
ADDED = "Дополнение передано координатору."
TOO_LATE = "Отозвать можно в первые 2 минуты. Если тревога ложная, напишите координатору: нажмите «Дополнить»."
REHEARSED = (
    "<b>Это пробный отчёт: никто не предупреждён.</b>\nВ настоящем отчёте координатор узнал бы о нарушении сразу, "
    "а вы выбрали бы, что случилось. Случилось на самом деле? Напишите: срочно."
)
NO_SUCH = "Такого сигнала у вас нет."


def raised(place: str, time: str) -> str:
    where = f" {sentence(place)}" if place else ""
    return f"<b>Срочно.</b>{where} Координатор уже получил сигнал ({time}).\nЧто случилось?"


def known(number: int, place: str, time: str) -> str:
    where = f" {esc(place)}." if place else ""
    return (
        f"<b>Срочно.</b>{where} Сигнал № {number} уже у координатора ({time}).\n"
        "Напишите, что ещё случилось, или пришлите фото."
    )


def sent(number: int) -> str:
    return (
        f"Отправлено. Сигнал № {number}. Скажите также ответственному организатору школы.\n"
        "Координатор ответит здесь. Подробности можно написать следующим сообщением, можно прислать фото."
    )


def for_staff(number: int, place: str, time: str, kind: str, who: str, text: str, state: str, escalated: bool) -> str:
    head = f"<b>Срочно № {number}" + (f" · {esc(place)}" if place else "") + f" · {time}</b>"
    lines = [head, f"{KINDS.get(kind, 'Подробности ещё не указаны')}. {esc(who)}."]
    if text:
        lines.append(f"«{esc(text, 800)}»")
    if escalated:
        lines.append("Никто не принял за 10 минут.")
    if state:
        lines.append(state)
    return "\n".join(lines)


def more(number: int, text: str) -> str:
    return f"Срочно № {number}, подробности: «{esc(text, 800)}»"


def photo_came(number: int) -> str:
    return f"Срочно № {number}: пришло фото."


def recalled(number: int) -> str:
    return f"Сигнал № {number} отозван."


def accepted_by(time: str) -> str:
    return f"Принято в {time}."


def marked_false(time: str) -> str:
    return f"Отмечен как ложный в {time}."


RECALLED_BY_OBSERVER = "Наблюдатель отозвал сигнал: нажал случайно."


def seen(number: int, time: str) -> str:
    return f"Координатор увидел ваш сигнал № {number} в {time}."


def question(number: int, text: str) -> str:
    return f"Координатор спрашивает о сигнале № {number}:\n«{esc(text, 800)}»\nНажмите «{REPLY}»."


def reply(number: int, who: str, text: str) -> str:
    return f"Срочно № {number}, {esc(who)} отвечает: «{esc(text, 800)}»"


ASK_WHAT = "Напишите вопрос наблюдателю одним сообщением."
QUESTION_SENT = "Вопрос отправлен наблюдателю."
