"""The invented municipality of the demo: its people, schools, works of today, and what to try there."""

from typing import Final, NamedTuple

from bot.texts import hotline, report, summary
from bot.texts.plural import NBSP

MUNICIPALITY: Final = "Город Н"
ORGANISER: Final = "Управление образования города Н"
BOT_NAME: Final = "ВПР, город Н"
GROUP: Final = "Горячая линия ВПР"
TIMEZONE: Final = "Asia/Novosibirsk"
PHONE: Final = "+7 383 000-00-00"


class Resident(NamedTuple):
    """Somebody with a phone on the page. `role` is '' for a parent, `school` '' for a role without one."""

    key: str
    name: str
    label: str
    role: str = ""
    school: str = ""


def _school(kind: str, number: int) -> str:
    return f"{kind} №{NBSP}{number}"


OUR_SCHOOL: Final = _school("СОШ", 5)
SCHOOLS: Final = (
    *(_school("СОШ", number) for number in (1, 2, 3)),
    OUR_SCHOOL,
    *(_school("СОШ", number) for number in (7, 9, 11, 12, 14)),
    _school("Гимназия", 4),
    _school("Лицей", 6),
    _school("СОШ", 20),
)
RESIDENTS: Final = (
    Resident("observer", "Анна Ветрова", "Наблюдатель", "observer"),
    Resident("school", "Ольга Липова", "Школьный координатор", "school_coordinator", OUR_SCHOOL),
    Resident("parent", "Сергей", "Родитель"),
    Resident("coordinator", "Марина Ясная", "Муниципальный координатор", "coordinator"),
    Resident("operator", "Дарья Речная", "Оператор горячей линии", "operator"),
    Resident("principal", "Павел Кедров", "Директор школы", "principal", OUR_SCHOOL),
)
# Observers without a phone on the page: their reports are already there, or awaited.
OTHER_OBSERVERS: Final = (
    "Вера Полевая",
    "Игорь Снегов",
    "Нина Озёрная",
    "Роман Каменев",
    "Лидия Берёзкина",
    "Олег Морской",
    "Тамара Лугова",
    "Юрий Северный",
    "Зоя Светлова",
    "Антон Горный",
    "Раиса Садовая",
)
# They answer for the own day of their schools; two schools have nobody yet.
OTHER_SCHOOL_COORDINATORS: Final = dict(
    zip(
        (name for name in SCHOOLS if name != OUR_SCHOOL),
        (
            "Елена Травина",
            "Инна Рощина",
            "Глеб Ручьёв",
            "Майя Зимина",
            "Вадим Холмов",
            "Нелли Полянская",
            "Артур Сосновый",
            "Галина Вешняя",
            "Кира Заречная",
        ),
        strict=False,
    )
)


class Said(NamedTuple):
    """An answer other than «Да»."""

    code: str
    value: str
    comment: str = ""


class Work(NamedTuple):
    """A sitting and what is known of it: `observer` is a place in the list (0 is the one with a phone, None is nobody);
    `report` is sent, half, opened or none; `urgent` is what this observer signalled at once."""

    school: str
    class_name: str
    subject: str
    lesson: int
    room: str
    observer: int | None
    report: str = "none"
    said: tuple[Said, ...] = ()
    urgent: str = ""


_RUSSIAN, _MATHS, _HISTORY, _BIOLOGY = "Русский язык", "Математика", "История", "Биология"
_GEOGRAPHY, _PHYSICS, _ENGLISH = "География", "Физика", "Английский язык"

TODAY: Final = (
    Work(SCHOOLS[0], "5 «А»", _RUSSIAN, 1, "201", 1, "sent"),
    Work(SCHOOLS[1], "6 «Б»", _MATHS, 1, "105", 2, "sent", (Said("Г4", "na"),)),
    Work(SCHOOLS[2], "7 «А»", _HISTORY, 1, "310", 3, "half", (Said("Б2", "na"),)),
    Work(SCHOOLS[4], "5 «В»", _RUSSIAN, 1, "117", 4, "sent", (Said("В3", "no", "Учитель подсказывал у доски."),)),
    Work(SCHOOLS[9], "8 «А»", _PHYSICS, 1, "402", 5, "sent"),
    Work(SCHOOLS[0], "4 «Б»", _MATHS, 2, "112", 1, "sent", (Said("А12", "no", "На стене висела таблица умножения."),)),
    Work(SCHOOLS[5], "6 «А»", _BIOLOGY, 2, "208", 6, "sent"),
    Work(SCHOOLS[6], "7 «В»", _RUSSIAN, 2, "315", 7, "opened"),
    Work(SCHOOLS[10], "5 «А»", _MATHS, 2, "27", 8, "sent", (Said("Г2", "na"),)),
    Work(OUR_SCHOOL, "6 «Б»", _RUSSIAN, 3, "214", 0),
    Work(SCHOOLS[7], "4 «А»", _RUSSIAN, 3, "103", 9, "half", urgent="В коридоре громкая музыка, детям мешает."),
    Work(SCHOOLS[8], "8 «Б»", _GEOGRAPHY, 3, "301", 10, "opened"),
    Work(SCHOOLS[2], "5 «Б»", _ENGLISH, 3, "311", 3),
    Work(OUR_SCHOOL, "7 «А»", _MATHS, 4, "220", 0),
    Work(SCHOOLS[11], "5 «Г»", _RUSSIAN, 4, "120", 11),
    Work(SCHOOLS[9], "6 «А»", _HISTORY, 4, "405", 5),
    Work(SCHOOLS[1], "8 «В»", _PHYSICS, 5, "107", 2),
    Work(SCHOOLS[6], "6 «В»", _GEOGRAPHY, 5, "316", None),
)
YESTERDAY: Final = (
    Work(OUR_SCHOOL, "5 «А»", _MATHS, 2, "210", 0, "sent"),
    Work(SCHOOLS[0], "6 «В»", _RUSSIAN, 2, "204", 1, "sent"),
    Work(SCHOOLS[4], "7 «Б»", _MATHS, 2, "118", 4, "sent", (Said("Б6", "no", "У двух учеников на партах телефоны."),)),
    Work(SCHOOLS[5], "5 «Б»", _RUSSIAN, 3, "209", 6, "sent"),
    Work(SCHOOLS[10], "4 «А»", _RUSSIAN, 3, "21", 8, "sent"),
)
TOMORROW: Final = (
    Work(OUR_SCHOOL, "8 «А»", _PHYSICS, 2, "301", 0),
    Work(SCHOOLS[1], "5 «Б»", _HISTORY, 2, "212", 1),
    Work(SCHOOLS[7], "7 «А»", _MATHS, 2, "104", 9),
    Work(SCHOOLS[8], "6 «Б»", _RUSSIAN, 3, "303", None),
)


class Call(NamedTuple):
    """What somebody told the hotline by phone this morning; `category` is its number in the journal."""

    school: str
    category: int
    text: str


CALLS: Final = (
    Call(SCHOOLS[4], 1, "В 5 «В» на русском языке учитель подсказывал, дети рассказали дома."),
    Call("", 15, "Будут ли оценки за ВПР в журнале?"),
)

GUIDE: Final = (
    f"Наблюдатель: «{report.START}», дальше отвечайте. Попробуйте «Нет», фото и «Срочно».",
    "Муниципальный координатор: срочное и критичное приходит само. Напишите «сводка», откройте «Ждём отчёты».",
    f"Муниципальный координатор: «{summary.PICTURE}» и «{summary.EXCEL}» — итоги дня; «люди», «график» — кто и где.",
    f"Родитель: «{hotline.START}», напишите, что случилось. Имя можно скрыть.",
    "Оператор горячей линии: возьмите обращение в группе и ответьте. Родитель увидит ответ у себя.",
    "Школьный координатор и директор: свой день и свои отчёты, чужих не видно.",
    "Вместо кнопок можно писать: «отчёт», «помощь», «найти 5», «отмена».",
)


def ready(address: str) -> str:
    return f"\nДемо готово. Откройте в браузере:  {address}\nТокен и интернет не нужны. Остановить: Ctrl-C."


STOPPED: Final = "Демо остановлено, его данные удалены."
