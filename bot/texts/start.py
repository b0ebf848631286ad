"""The first screens: strangers, invitations, the card of the day."""

from bot.texts.escape import esc, sentence

URGENT = "Срочно: нарушение"
REPORT_VIOLATION = "Сообщить о нарушении"
TO_MY_MESSAGE = "К моему сообщению"
SIGNED_OR_NOT = (
    "У вас есть неотправленное сообщение на горячую линию. Этот текст никуда не ушёл.\n"
    "«Срочно» — сигнал координатору под вашим кодом. Или вернитесь к сообщению на горячую линию: "
    "там ваш код не виден."
)
HAVE_CODE = "У меня есть код"
OPEN_SCHEDULE = "График ВПР в школах"
MY_SCHEDULE = "График школы"
QUESTIONS = "Вопросы о ВПР"
ABOUT = "О боте и моих данных"
MEMO = "Памятка"
COURSE = "Обучение"
CANNOT_COME = "Не смогу прийти"
MY_DATES = "Мои даты"
MORE = "Ещё"
BACK = "Назад"
HOME = "Главная"
WHERE_IS_CODE = "Где взять код?"
BEGIN = "Начать"
NOT_ME = "Это не я"
AGREE = "Даю согласие"
DISAGREE = "Не даю"
BACK_TO_CONSENT = "Вернуться к согласию"
ALL_TRUE = "Всё верно"
HAVE_INTEREST = "Есть совпадение"
WORKED = "Получилось"
NEED_HELP = "Нужна помощь"
CHANGE_CLASS = "Сменить класс"
HOTLINE = "Горячая линия"
SUMMARY = "Сводка"
SCHEDULE = "График"
IMPORT = "Загрузить Excel"
EXPORT = "Выгрузить Excel"
PEOPLE = "Люди и приглашения"
DONE_CHOOSING = "Готово"


def stranger(municipality: str) -> str:
    return (
        f"<b>Бот ВПР. {sentence(municipality)}</b>\n"
        "Здесь наблюдатели сдают отчёты, а родители сообщают о нарушениях на ВПР.\nКто вы?"
    )


ASK_CODE = "Пришлите код из приглашения. Он выглядит так: 7315-4482."


HOTLINE_CODE = (
    "Это похоже на код ответа горячей линии, а здесь ждут код приглашения. Нажмите «Узнать ответ по коду» и пришлите "
    "код ещё раз."
)


def where_is_code(phone: str) -> str:
    call = f" Телефон: {esc(phone)}." if phone else ""
    return f"Код даёт муниципальный координатор: в письме, на листе с QR-кодом или по телефону.{call}"


def invited(role: str, organiser: str, code: str) -> str:
    steps = "Займёт 2 минуты, 3 шага." if role == "наблюдатель" else "Займёт минуту."
    return f"Вас приглашают: <b>{esc(role)}</b>.\nОрганизатор: {sentence(organiser)}\nВаш номер в боте: {esc(code)}.\n{steps}"


def consent(step: str, text: str) -> str:
    return f"<b>{step}Согласие</b>\n\n{text}"


STEP_1 = "Шаг 1 из 3. "
NO_CONSENT = "Без согласия работать с ботом нельзя. Приглашение остаётся в силе, можно вернуться."


def interest(schools: str) -> str:
    where = f"про {esc(schools)}" if schools else "про все школы, куда вас назначат"
    return (
        f"<b>Шаг 2 из 3. Личный интерес</b>\nПодтвердите {where}:\n"
        "1. Там не учатся мои дети и близкие родственники.\n"
        "2. Я там не работаю, близкие родственники тоже.\n"
        "3. Мне есть 18 лет."
    )


ASK_AGE = "<b>Ещё один вопрос</b>\nВам есть 18 лет?"
OF_AGE = "Да, мне есть 18"
NOT_OF_AGE = "Мне нет 18"
UNDER_AGE = (
    "<b>Спасибо, что сказали</b>\nНаблюдать на ВПР можно с 18 лет, поэтому роль наблюдателя закрыта. "
    "Приходить не нужно. Если вы ошиблись кнопкой, попросите у координатора новое приглашение."
)
WHICH_SCHOOLS = "Отметьте школы, с которыми вы связаны. Координатор подберёт другую школу."


def which_interest(school: str) -> str:
    return f"<b>{esc(school)}</b>\nЧто вас связывает с этой школой?"


THANKS_FOR_TELLING = "Спасибо, что сказали. Координатор подберёт другую школу."

REHEARSAL = (
    "<b>Шаг 3 из 3. Проба</b>\n"
    "Пришлите любое слово, потом нажмите «Получилось». Так вы увидите, как работает отчёт. Это никуда не отправляется."
)
REHEARSAL_HEARD = "Вижу ваше сообщение. Так же бот увидит ответы отчёта. Теперь нажмите «Получилось»."
REHEARSAL_HELP = "Напишите любое слово в поле внизу экрана и отправьте. Если не выходит, позвоните координатору."


def ready(code: str) -> str:
    return f"Готово. Вы — наблюдатель <b>{esc(code)}</b>.\nНакануне пришлём памятку, утром — напоминание."


def waiting_for_approval(role: str) -> str:
    return f"Готово. Роль «{esc(role)}» должен подтвердить другой координатор. Как подтвердит, напишем сюда."


def observer_nothing(code: str) -> str:
    return f"<b>Вы — наблюдатель {esc(code)}</b>\nНа сегодня работ нет. Назначат — напишем."


def observer_today(code: str, lines: list[str]) -> str:
    return f"<b>Вы — наблюдатель {esc(code)}</b>\nСегодня:\n" + "\n\n".join(lines)


def sitting_line(school: str, class_name: str, subject: str, lesson: str, room: str) -> str:
    place = f", каб. {esc(room)}" if room else ""
    return f"{esc(school)}, {esc(class_name)}, {esc(subject)}, {lesson}{place}"


def lesson(number: int | None, starts: str) -> str:
    if number and starts:
        return f"{number}-й урок ({starts})"
    return starts or (f"{number}-й урок" if number else "время уточните в школе")


def report_state(state: str, answered: int, total: int) -> str:
    return {
        "expected": "Отчёт: не начат",
        "opened": "Отчёт: начат",
        "partial": f"Отчёт не отправлен: {answered} из {total}",
        "submitted": "Отчёт принят",
        "verified": "Отчёт проверен",
        "returned": "Отчёт вернули: нужно исправить",
        "missed": "Срок отчёта прошёл, но его можно сдать",
    }.get(state, "Отчёт не нужен")


# As it stands on a button, so short.
AS_ROLE = {
    "observer": "Я наблюдатель",
    "school_coordinator": "Я координатор школы",
    "principal": "Я руководитель школы",
    "coordinator": "Я координатор",
    "operator": "Я оператор линии",
    "head": "Я руководство",
    "regional": "Я из региона",
}


def also(roles: list[str]) -> str:
    return "Вы также: " + ", ".join(roles) + "."


def your_roles(roles: list[str]) -> str:
    return ("Ваши роли: " + ", ".join(roles) + ".") if roles else "Ролей у вас пока нет. Введите код из приглашения."


def dates(lines: list[str]) -> str:
    return "<b>Мои даты</b>\n" + ("\n".join(lines) if lines else "Пока назначений нет.")


def coordinator(code: str, name: str) -> str:
    return f"<b>Вы — муниципальный координатор {esc(code)}</b>\n{esc(name)}"


def school_coordinator(code: str, schools: str, lines: list[str]) -> str:
    today = "Сегодня:\n" + "\n".join(lines) if lines else "Сегодня работ ВПР нет."
    return f"<b>Вы — школьный координатор {esc(code)}</b>\n{esc(schools)}\n{today}"


def other_role(role: str, code: str) -> str:
    return f"<b>Вы — {esc(role)} {esc(code)}</b>"


MEMO_TEXT = (
    "<b>Памятка наблюдателя</b>\n"
    "Придите за 20 минут до звонка. Возьмите паспорт и удостоверение или копию приказа.\n"
    "Вы смотрите и записываете, но не вмешиваетесь: не помогаете детям, не делаете замечаний учителю при детях, "
    "не пользуетесь телефоном в аудитории, не снимаете детей и задания.\n"
    "О серьёзном нарушении сразу скажите ответственному организатору школы и нажмите «Срочно».\n"
    "Отчёт заполните в коридоре или в Штабе."
)


def about(municipality: str, organiser: str) -> str:
    return (
        f"<b>О боте</b>\nБот помогает следить за порядком на ВПР. {sentence(municipality)} Организатор: {sentence(organiser)}\n"
        "Бот хранит: ваш номер в мессенджере, роль, согласие, отчёты и фото. Имён детей и работ не хранит.\n"
        "Посмотреть, исправить, отозвать согласие, удалить: напишите «мои данные»."
    )


ADMINISTRATOR_ONLY_ONCE = "Код принят. Вы — муниципальный координатор."
