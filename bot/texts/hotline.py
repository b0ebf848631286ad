"""What a writer to the hotline reads."""

import math
from datetime import date, datetime, timedelta, tzinfo

from bot.texts.escape import esc, sentence
from bot.texts.plural import counted
from bot.texts.time import day_and_clock, day_of_month

WORDS = ("горячая линия", "на горячую линию", "сообщить о нарушении", "пожаловаться")
MINE_WORDS = ("мои сообщения",)
BY_CODE_WORDS = ("узнать ответ", "узнать ответ по коду", "ответ по коду")

START = "Сообщить о нарушении"
OFFICIAL = "Как подать официально"
BY_CODE = "Узнать ответ по коду"
MINE = "Мои сообщения"
BACK = "Назад"
HOME = "Главная"
YES = "Да"
DONE = "Да, готово"
OTHER_SECTION = "Другая тема"
JUST_QUESTION = "Это просто вопрос"
MORE = "Ещё темы"
EARLIER = "Первые темы"
NO_SCHOOL = "Не хочу указывать"
LEVEL_BUTTONS = {
    "hidden": "Ответ сюда, имя скрыто",
    "traceless": "Без следа, только код",
    "contact": "Оставить контакт",
}
SEND = "Отправить"
MASK_AND_SEND = "Убрать и отправить"
CHANGE = "Изменить"
CHANGE_SECTION = "Тему"
CHANGE_SCHOOL = "Школу"
CHANGE_TEXT = "Написать заново"
CHANGE_LEVEL = "Способ ответа"
ADD = "Добавить"
COPY_CODE = "Скопировать код"
WIPE = "Записал, стереть чат"
AGREE = "Даю согласие"
DISAGREE = "Не даю"
HELPED = "Помогло"
PARTLY = "Отчасти"
NOT_HELPED = "Не помогло"
WRITE_MORE = "Написать ещё"
NOT_SAYING = "Не хочу говорить"
ANSWER_BY_TEXT = "Ответить текстом"
CLOSE_AND_WIPE = "Закрыть и стереть"
NO_SEND = "Нет, отправить"
WITHDRAW = "Отозвать контакт"
WITHDRAWN = "Контакт удалён. Ответим только здесь, имя скрыто."
UNDERSTOOD = "Понятно"
DISAGREED = "Не согласен"

SECTIONS = {
    1: "Порядок в аудитории",
    2: "Утечка вариантов",
    3: "Время проведения",
    4: "Сбор денег, сборники",
    5: "График работ",
    6: "Отметки за ВПР",
    7: "Проверка и баллы",
    8: "Дети с ОВЗ",
    9: "Принуждение, болезнь",
    10: "Перегрузка",
    11: "Сбой на компьютере",
    12: "Давление, рейтинги",
    13: "Съёмка, личные данные",
    14: "Наблюдатель, интересы",
    15: "Вопрос",
    16: "Другое, благодарность",
}
LEVELS = {
    "hidden": "сюда, имя скрыто",
    "traceless": "без следа, ответ по коду",
    "contact": "сюда, оставлен контакт",
}
STATUSES = {
    "accepted": "принято",
    "registered": "зарегистрировано",
    "in_work": "в работе",
    "clarifying": "ждём вашего уточнения",
    "answered": "ответ дан",
    "closed": "закрыто",
    "passed_on": "передано",
    "declined": "отклонено",
    "repeated": "объединено с другим сообщением",
}
FOOTERS = {
    "hidden": "Вас видят как «Заявитель». Имя скрыто.",
    "traceless": "Без следа: мы не храним, кто вы. Ответ только по коду.",
    "contact": "Вас видят как «Заявитель». Контакт открывают два сотрудника вместе и с причиной.",
}


def number(year: int, value: int) -> str:
    return f"ГЛ-{year}-{value:05}"


def notice(organiser: str) -> str:
    return (
        "<b>Горячая линия ВПР</b>\n"
        "Это сообщение на горячую линию ВПР, а не официальное обращение по Федеральному закону № 59-ФЗ. "
        "Мы зарегистрируем его, проверим и ответим здесь. Если вам нужен официальный ответ, подайте обращение через "
        f"Госуслуги или официальный сайт: {sentence(organiser)} Не пишите фамилии детей и не присылайте фото детей и заданий.\n\n"
        "Опишите, что случилось, когда и в какой школе. Можно текстом, голосом или фото без детей и заданий."
    )


def official(organiser: str, address: str) -> str:
    return (
        "<b>Официальное обращение</b>\n"
        "Его подают через Госуслуги или официальный сайт органа управления образованием. "
        "Там проверят, кто вы, и ответят письменно в срок до 30 дней.\n"
        f"Кому: {sentence(organiser)}\n{esc(address)}"
    )


def _received(pieces: int, files: int) -> str:
    parts = [counted(pieces, "сообщение", "сообщения", "сообщений")] if pieces else []
    parts += [counted(files, "файл", "файла", "файлов")] if files else []
    return ", ".join(parts)


def section_asked(section: int | None, pieces: int, files: int) -> str:
    topic = f"Похоже на тему: <b>«{SECTIONS[section]}»</b>. Верно?" if section else "О чём это? Выберите тему."
    return f"Записано: {_received(pieces, files)}. Хотите дописать — просто пришлите ещё.\n{topic}"


SECTION_CHOICE = "Выберите тему."
SCHOOL_ASKED = "Какая школа? Напишите номер или название."
SCHOOL_NOT_FOUND = "Не нашли такую школу. Напишите номер или название, как на вывеске."


def school_maybe(name: str) -> str:
    return f"Не нашли точно такую школу. Похоже на: {esc(name)}."


def levels() -> str:
    return (
        "Как с вами связаться?\n"
        "<b>Ответ сюда, имя скрыто</b> — мы ответим в этом чате. Сотрудники и школа не видят, кто вы.\n"
        "<b>Без следа</b> — не храним даже номер чата. Ответ только по коду, напоминаний не будет.\n"
        "<b>Оставить контакт</b> — если нужен звонок. Отдельное согласие.\n"
        "Мессенджер как компания знает ваш аккаунт, это от нас не зависит."
    )


def check(section: int, school: str, text: str, files: int, level: str, found: str, *, documents: bool) -> str:
    lines = [
        "<b>Проверьте</b>",
        f"Тема: {SECTIONS[section]}",
        f"Школа: {esc(school) or 'не указана'}",
        f"Текст: «{esc(text, 1500)}»" if text else "Текст: нет",
    ]
    if files:
        lines.append(f"Файлов: {files}")
    lines.append(f"Как ответить: {LEVELS[level]}")
    if documents:
        lines.append("Файлы Word и PDF, видео могут хранить имя автора и место. Надёжнее фото или текст.")
    if found:
        lines.append(f"\nВ тексте есть {found} — убрать?")
    return "\n".join(lines)


UNFINISHED = (
    "Вы начали сообщение на горячую линию и не закончили. Мы его ещё не получили. "
    "Его можно дописать и отправить; завтра черновик удалится сам."
)
GO_ON = "Продолжить"
DROP = "Удалить черновик"
DROPPED = "Черновик удалён. Мы ничего не получили."

CHANGE_WHAT = "Что изменить?"
WRITE_AGAIN = "Напишите заново. Прежний текст стёрт, ответы на вопросы сохранены."

CONTACT_ASKED = "Напишите телефон или электронную почту. Позвоним в рабочее время, с 9 до 18."
CONTACT_WRONG = "Не похоже на телефон или почту. Пример: +7 913 123-45-67 или имя@почта.рф"


def accepted(number: str, due: date | None, *, contact: bool) -> str:
    until = f" до {day_of_month(due)}" if due else " сегодня"
    call = "\nПозвоним в рабочее время, с 9 до 18." if contact else ""
    return f"<b>Принято. Номер {number}.</b> Проверим и ответим здесь{until}.{call}"


def accepted_traceless(number: str, code: str) -> str:
    return (
        f"<b>Принято. Номер {number}.</b>\n"
        f"Ваш код: <code>{code}</code>\n"
        "Запишите его: без кода ответ не получить, восстановить нельзя. "
        "Зайти можно с любого телефона: «Узнать ответ по коду»."
    )


BANNED = "Сообщения из этого чата временно не принимаем. Подать обращение можно официально: через Госуслуги или сайт управления."


def slower(wait: timedelta) -> str:
    minutes = max(1, math.ceil(wait.total_seconds() / 60))
    return (
        "Слишком много сообщений подряд, последние не записаны. "
        f"Пришлите их через {counted(minutes, 'минуту', 'минуты', 'минут')} одним сообщением."
    )


def tomorrow(at: datetime, zone: tzinfo) -> str:
    return f"Сегодня отправлено 5 сообщений. Следующее можно отправить {day_and_clock(at, zone)}. Написанное сохранено."


NOTHING_BEGUN = "Сообщения ещё нет. Напишите, что случилось, когда и в какой школе."
TOO_MUCH = "В одном сообщении помещается 40 частей и 10 файлов. Отправьте это, остальное можно добавить потом."
NOT_TAKEN = {
    "contact": "Контакты из телефона не принимаем: так видно, кто вы. Напишите текстом.",
    "location": "Место на карте не принимаем: оно выдаёт, где вы. Напишите номер школы.",
    "poll": "Опросы не принимаем. Напишите текстом.",
    "sticker": "Наклейки не принимаем. Напишите текстом или пришлите голос.",
    "other": "Такое сообщение не принимаем. Можно текст, голос, фото, видео или файл.",
    "large": "Файл больше 20 МБ, мессенджер не отдаёт его. Пришлите короче или опишите словами.",
}


def question_back(number: str, text: str, level: str) -> str:
    return f"<b>{number}.</b> Вопрос от горячей линии:\n«{esc(text, 2500)}»\n\n{FOOTERS[level]}"


def answer(number: str, text: str, level: str) -> str:
    return f"<b>{number}.</b> Ответ горячей линии:\n«{esc(text, 2500)}»\nЭто помогло?\n\n{FOOTERS[level]}"


def interim(number: str, text: str, level: str) -> str:
    return f"<b>{number}.</b> Горячая линия пишет:\n«{esc(text, 2500)}»\nЭто ещё не ответ, он придёт сюда же.\n\n{FOOTERS[level]}"


def closed(number: str, outcome: str, level: str) -> str:
    return f"<b>{number}.</b> Проверка закончена: {outcome}.\nЕсли есть что добавить, напишите: мы продолжим.\n\n{FOOTERS[level]}"


def passed_on(number: str, to_whom: str, day: date, level: str) -> str:
    return (
        f"<b>{number}.</b> Это решает другая организация. Обратиться: {esc(to_whom, 1000)}\n"
        f"Мы передали суть без ваших данных {day_of_month(day)}.\n\n{FOOTERS[level]}"
    )


def declined(number: str, reason: str, level: str) -> str:
    return f"<b>{number}.</b> Не можем проверить это сообщение: {esc(reason, 1000)}\n\n{FOOTERS[level]}"


def added(number: str, level: str) -> str:
    return f"Добавлено к {number}. Сотрудник увидит.\n{FOOTERS[level]}"


def add_asked(number: str, level: str) -> str:
    return f"Напишите, что добавить к {number}. Можно текстом, голосом или фото.\n{FOOTERS[level]}"


RATED = "Спасибо. Если что-то изменится, напишите сюда: «Мои сообщения»."
NOT_HELPED_ASKED = "Что осталось нерешённым? Напишите, мы вернёмся к этому."

NO_MESSAGES = "У вас нет сообщений на горячую линию, ответ на которые придёт в этот чат."
MINE_TITLE = "<b>Мои сообщения</b>"


def mine_line(number: str, status: str, due: date | None) -> str:
    until = f", ответим до {day_of_month(due)}" if due else ""
    return f"{number} · {STATUSES[status]}{until}"


def own_case(
    number: str, section: int, school: str, status: str, due: date | None, level: str, operator: str = "", *, owed: bool
) -> str:
    who = f"Отвечает оператор {esc(operator)}" if operator else "Ответит дежурный оператор"
    until = f"\n{who}, срок: {f'до {day_of_month(due)}' if due else 'сегодня'}." if owed else ""
    place = f" · {esc(school)}" if school else ""
    return f"<b>{number}</b>\n{SECTIONS[section]}{place}\nСейчас: {STATUSES[status]}.{until}\n\n{FOOTERS[level]}"


NOT_YOURS = "Это сообщение не из этого чата. Если у вас есть код, выберите «Узнать ответ по коду»."
ALREADY_SENT = "Это сообщение уже отправлено."
