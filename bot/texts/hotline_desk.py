"""What the hotline's staff reads. No word of a case and nothing of its writer outside an opened text."""

from collections.abc import Sequence
from datetime import datetime, tzinfo

from bot.texts import hotline_ties
from bot.texts.escape import esc, split_text, utf16_length
from bot.texts.hotline import SECTIONS
from bot.texts.plural import counted
from bot.texts.time import day_and_clock, day_of_month

NUMBER = r"(?i)^\s*(?:гл\s*[-–—]?\s*(\d{4})\s*[-–—]\s*)?(0\d{4}|(?<=[-–—])\d{1,6})\s*$"
SEARCH_WORDS = ("искать", "поиск")
WORDS = ("обращения", "дела", "дежурство", "очередь")

OPEN = "Открыть"
TAKE = "Взять"
ASK = "Спросить"
ANSWER = "Ответить"
READY = "Готовые ответы"
NOTE = "Заметка для своих"
HAND_OVER = "Передать"
CLOSE = "Закрыть"
SEND = "Отправить"
AGAIN = "Изменить"
CANCEL = "Отмена"
CARD = "К карточке"
MAIN_CARD = "К общей карточке"
QUEUE = "К очереди"
REOPEN = "Вернуть в работу"
NEXT = "Дальше"
NO_SCHOOL = "Школа неизвестна"
HOLD = "Хранить дольше"
MORE = "Ещё"
MEASURES = "Меры приняты"
HISTORY = "История"
MERGE = "Объединить"
TIE = "Связать"
RESECTION = "Сменить тему"
REVEAL = "Открыть контакт"
BAN = "Не принимать от него"
ENTER_PHONE = "Внести звонок"
ENTER_VISIT = "Внести визит"

STATUSES = {
    "accepted": "принято",
    "registered": "зарегистрировано",
    "in_work": "в работе",
    "clarifying": "ждём заявителя",
    "answered": "ответ дан",
    "closed": "закрыто",
    "passed_on": "передано",
    "declined": "отклонено",
    "repeated": "объединено",
}
OUTCOMES = {
    "confirmed": "подтвердилось",
    "not_confirmed": "не подтвердилось",
    "not_enough": "недостаточно данных",
    "passed_on": "передано",
    "not_ours": "не по адресу",
}
OUTCOME_BUTTONS = {
    "confirmed": "Подтвердилось",
    "not_confirmed": "Не подтвердилось",
    "not_enough": "Недостаточно данных",
    "passed_on": "Передано другим",
    "not_ours": "Не по адресу",
}
RATINGS = {"helped": "помогло", "partly": "помогло отчасти", "not": "не помогло"}
LEVELS = {"hidden": "имя скрыто", "traceless": "без следа", "contact": "есть контакт"}
MOST_NEW = 20
SHORT_SECTIONS = {
    1: "порядок",
    2: "утечка",
    3: "время",
    4: "деньги",
    5: "график",
    6: "отметки",
    7: "проверка",
    8: "ОВЗ",
    9: "принуждение",
    10: "перегрузка",
    11: "сбой",
    12: "давление",
    13: "съёмка",
    14: "наблюдатель",
    15: "вопрос",
    16: "другое",
}
DIRECTIONS = {
    "in": "Заявитель",
    "out": "Горячая линия",
    "interim": "Горячая линия, ответ ещё впереди",
    "question": "Вопрос заявителю",
    "note": "Заметка",
    "measures": "Меры",
}
FILES = {"photo": "фото", "voice": "голос", "video": "видео", "document": "файл"}


def hour(moment: datetime, zone: tzinfo) -> str:
    """«22 апреля, 12 ч»: minutes would help to guess who it was."""
    local = moment.astimezone(zone)
    return f"{day_of_month(local)}, {local.hour} ч"


def topic_title(number: int, section: int, school: str) -> str:
    """«00042 · отметки · СОШ № 5», no person."""
    return " · ".join(part for part in (f"{number:05}", SHORT_SECTIONS[section], school) if part)


def news(number: str, section: int, *, critical: bool, again: str = "") -> str:
    sign = "Срочно. " if critical else ""
    what = again or "Новое сообщение"
    return f"{sign}{what} {number} ({SECTIONS[section].lower()})."


def new_one(number: str, section: int) -> str:
    return f"{number} ({SECTIONS[section].lower()})"


def several_new(lines: Sequence[str]) -> str:
    rest = [f"и ещё {len(lines) - MOST_NEW}"] if len(lines) > MOST_NEW else []
    return "\n".join([f"<b>Новых сообщений: {len(lines)}</b>", *lines[:MOST_NEW], *rest])


ADDED = "Дополнение к"
SCHOOL_REPLIED = "Школа ответила:"
RETURNED = "Возвращено заявителем:"
RATED = {"helped": "Заявитель: помогло.", "partly": "Заявитель: помогло отчасти."}


def due(number: str, section: int, stage: str, at: datetime, zone: tzinfo) -> str:
    head = {"soon": "Скоро срок", "now": "Срок настал", "overdue": "Просрочено"}[stage]
    return f"<b>{head}.</b> {number} ({SECTIONS[section].lower()}): ответить до {day_and_clock(at, zone)}."


def before_deletion(number: str) -> str:
    return (
        f"Через 7 дней будет удалён текст {number}: проверка закончена, срок хранения вышел. "
        "В журнале останется строка. Если текст ещё нужен, нажмите «Хранить дольше» и напишите причину."
    )


def card(
    number: str,
    section: int,
    school: str,
    status: str,
    level: str,
    due: datetime,
    now: datetime,
    zone: tzinfo,
    operator: str,
    *,
    critical: bool,
    waits: bool,
    files: int,
    outcome: str,
    rating: str,
    similar: int,
    ties: list[str],
) -> str:
    if not waits:
        term = ""
    elif now > due:
        term = f"<b>Просрочено. Срок был {day_and_clock(due, zone)}.</b>\n"
    else:
        term = f"Срок: {day_and_clock(due, zone)}.\n"
    lines = [
        term + f"<b>{number}</b> · {SECTIONS[section]}" + (f" · {esc(school)}" if school else ""),
        f"{STATUSES[status]}" + (f" · {OUTCOMES[outcome]}" if outcome else "") + f" · {LEVELS[level]}",
        f"Ведёт: {esc(operator) if operator else 'никто'}",
    ]
    if critical:
        lines.insert(0, "<b>Срочно: идёт ВПР.</b>")
    if files:
        lines.append(f"Приложено: {counted(files, 'файл', 'файла', 'файлов')}")
    if rating:
        lines.append(f"Оценка заявителя: {RATINGS[rating]}")
    lines += ties
    if similar:
        lines.append(f"Сегодня о той же школе ещё: {similar}")
    return "\n".join(lines)


TOPIC_HINT = "Сообщения в этой теме заявителю не уходят. Чтобы ответить, нажмите кнопку."


MARKS = {"threat": "В тексте есть угроза. Прочитайте сразу.", "obscene": "В тексте есть брань."}
FILE_ONLY = "(файл)"
FILE_NOT_HERE = "Файл ещё загружается или не принят. Попробуйте через минуту."
PAGE = 2800  # characters of a page of texts, before escaping
LONGEST = 2500  # of what is written to a writer
TOO_LONG = f"Длиннее {LONGEST} знаков заявитель не увидит целиком. Сократите или отправьте двумя сообщениями."


def opened(number: str, lines: list[tuple[str, str, str]], marks: tuple[str, ...], minutes: int) -> list[str]:
    """Pages with all of the texts. `lines`: (when, who, text) with texts already masked."""
    head = "".join(f"\n<b>{MARKS[mark]}</b>" for mark in marks)
    foot = f"<i>Исчезнет через {counted(minutes, 'минуту', 'минуты', 'минут')}.</i>"
    pages: list[list[str]] = [[]]
    room = PAGE
    for when, who, text in lines:
        for piece in split_text(text, PAGE - 200) or [""]:
            length = utf16_length(piece) + len(when) + len(who) + 10
            if length > room and pages[-1]:
                pages.append([])
                room = PAGE
            room -= length
            pages[-1].append(f"{esc(when)} · <i>{esc(who)}</i>\n{esc(piece)}")
    texts = ["\n\n".join(page) for page in pages]
    of = [f" · {place} из {len(texts)}" if len(texts) > 1 else "" for place in range(1, len(texts) + 1)]
    return [f"<b>{number}{part}</b>{head}\n\n{text}\n\n{foot}" for part, text in zip(of, texts, strict=True)]


START_ME_FIRST = "Не получилось открыть в личном чате. Откройте бота, нажмите «Старт» и попробуйте ещё раз."
OPENING = "Открываю…"
OPENED_IN_PRIVATE = "Открыто в личном чате с ботом."
TAKEN = "Взято."
WRITE = {
    "out": "Напишите ответ заявителю по {number}.",
    "interim": "Напишите заявителю по {number}, что будет дальше. Сообщение останется в работе: ответ ещё впереди.",
    "question": "Напишите вопрос заявителю по {number}.",
    "note": "Напишите заметку для своих по {number}. Заявитель её не увидит.",
    "measures": "Напишите, какие меры приняты по {number}. Для журнала.",
    "passed_on": "Кому передано по {number} и как туда обратиться? Заявитель это увидит.",
    "not_ours": "Куда обратиться по {number}? Заявитель это увидит.",
    "tie": hotline_ties.ASK,
    "hold": "Почему хранить {number} дольше?",
    "reveal": "Зачем нужен контакт по {number}? Решит другой координатор.",
    "declined": "Почему не можем проверить {number}? Заявитель это увидит.",
}
BY_REPLY = "Ответьте на это сообщение (свайп влево или «Ответить»)."


def hold_note(reason: str) -> str:
    return f"Храним дольше: {reason}"


def write(kind: str, number: str, *, by_reply: bool) -> str:
    text = WRITE[kind].format(number=number)
    return f"{text}\n{BY_REPLY}" if by_reply else text


def preview(number: str, kind: str, text: str, warnings: str, others: int) -> str:
    heads = {"out": "Ответ заявителю", "interim": "Пока не ответ, останется в работе", "question": "Вопрос заявителю"}
    head = heads.get(kind, "Заявитель увидит")
    warn = f"\n\n<b>Проверьте:</b> в тексте есть {warnings}." if warnings else ""
    if others:
        warn += (
            f"\n\n<b>Прочитают и авторы объединённых сообщений: {others}.</b> "
            "Не пишите того, что рассказал только один из них."
        )
    return f"<b>{number}</b>. {head}:\n«{esc(text, 2500)}»{warn}\n\nОтправить?"


SENT = "Отправлено заявителю."
SENT_TRACELESS = "Записано. Заявитель увидит по коду."
NOTED = "Заметка сохранена."
CLOSE_WITH = "Чем закончилась проверка?"
READY_CHOICE = "Выберите готовый ответ, перед отправкой его видно целиком."
GIVE_TO = "Кому передать?"
EMPTY_QUEUE = "Новых сообщений на горячей линии нет."
QUEUE_TITLE = "<b>Горячая линия</b>"
UNHOLD = "Не хранить дольше"
UNHELD = "Причины хранить больше нет, сроки идут дальше."
KEEPING_WORDS = ("сроки хранения",)
KEEPING = "<b>Сроки хранения</b>\nЧто будет удалено за 30 дней. Сейчас ничего не удалено."
KEEPING_NOTHING = "За 30 дней ничего удалять не нужно."
FATES = {
    "forget_route": "забыть обратный адрес",
    "forget_contact": "забыть контакт",
    "warn": "предупредить об удалении текста",
    "shred": "удалить текст",
}
GROUP_FAULTS = {
    "no_access": "бот не состоит в группе горячей линии или группа удалена",
    "no_forum": "в группе выключены темы",
    "no_topics": "у бота нет права управлять темами: сделайте его администратором с этим правом",
    "unknown": "не получилось спросить Telegram о группе",
}


def group_faults(faults: list[str]) -> str:
    found = "; ".join(GROUP_FAULTS[fault] for fault in faults)
    return f"Группа горячей линии: {found}. Пока сообщения идут в общую тему или в личные чаты, ничего не потеряно."


HELD = "Храним, пока есть причина. Отменить: «Ещё» в карточке."
BANNED = "30 дней ничего не примем из этого чата. Кто это, по-прежнему неизвестно."
NOT_BANNED = "Не получится: обратного адреса у этого сообщения нет."
TO_BE_CALLED = "Записано в журнал. Заявитель обращался не через бота: позвоните ему сами."
ENTER_WHAT = {
    "phone": "Запишите звонок: что случилось, когда, в какой школе. Имена детей не нужны.",
    "visit": "Запишите визит: что случилось, когда, в какой школе. Имена детей не нужны.",
}
ENTER_AGAIN = "Запись не сохранилась. Начните заново: «Внести звонок»."
ENTER_CONTACT = "Нужен ли ответ? Пришлите телефон или почту заявителя (он согласен?) или нажмите кнопку."
WITHOUT_CONTACT = "Без контакта"
FOUND = "Нашлось: "
NOTHING_FOUND = "Ничего не нашлось. Имена и телефоны в поиске скрыты."
NO_SIMILAR = "Похожих сообщений об этой школе за неделю нет."
SIMILAR = "Сообщения об этой школе за неделю. Чтобы ответить всем сразу, объедините."
JOIN_WITH = "Объединить с"
SECTION_CHOICE = "Выберите тему."
EVENTS = {
    "open": "открыто",
    "take": "взято",
    "hand_over": "передано коллеге",
    "ask": "задан вопрос",
    "write": "написал заявитель",
    "answer": "дан ответ",
    "interim": "заявителю сказано, что ответ будет",
    "close": "закрыто",
    "refer": "передано другим",
    "decline": "отклонено",
    "merge": "объединено",
    "enlarge": "присоединено другое сообщение",
    "satisfied": "заявитель: помогло",
    "unsatisfied": "заявитель: не помогло",
}
NOT_TEXT = "Здесь нужен текст. Файлы заявителю не отправляются."
NO_LONGER = "Пока вы писали, это уже изменилось. Вот карточка."
GONE = "Текст удалён по сроку хранения. Осталась запись в журнале."
HIDDEN_FROM_YOU = "Это сообщение закрыто для вас: оно может касаться вас или вашей школы."


def queue_line(number: str, section: int, school: str, status: str, *, critical: bool, overdue: bool) -> str:
    marks = ("срочно · " if critical else "") + ("просрочено · " if overdue else "")
    place = f" · {esc(school)}" if school else ""
    return f"{number} · {SHORT_SECTIONS[section]}{place} · {marks}{STATUSES[status]}"


PROMISE_AN_ANSWER = frozenset({"checking", "marks", "anonymous"})  # the case stays in work
READY_ANSWERS: dict[str, tuple[str, str]] = {
    "checking": (
        "Проверяем",
        "Ваше сообщение принято в работу. Запросили сведения у школы и ответим до указанного срока.",
    ),
    "marks": (
        "Отметки за ВПР",
        "Решение о том, ставить ли отметки за ВПР и как, школа принимает своим локальным актом. Порядок можно узнать у "
        "классного руководителя или на сайте школы. Мы проверим, соблюдён ли этот порядок.",
    ),
    "results": (
        "Когда результаты",
        "Результаты ВПР школы получают в личных кабинетах в течение двух месяцев. О своём ребёнке спросите "
        "классного руководителя.",
    ),
    "order": (
        "Порядок проверен",
        "Проверили порядок проведения: побеседовали с ответственным организатором, посмотрели отчёт наблюдателя. "
        "О мерах сообщили руководителю школы.",
    ),
    "anonymous": (
        "Анонимное сообщение",
        "Анонимное сообщение мы проверим, но официальный ответ по 59-ФЗ на него не направляется.",
    ),
}
