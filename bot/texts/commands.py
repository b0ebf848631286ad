"""Commands: the words people type instead of them, the menu of each role, the help."""

from bot.texts.people import ROLES

START = ("старт",)
HELP = ("помощь", "справка по боту", "help")
CANCEL = ("отмена", "стоп", "cancel")
HOME = ("главная", "меню", "домой", "назад")
REPORT = ("отчёт", "отчет", "мой отчёт", "мой отчет", "мои отчёты")
MEMO = ("памятка",)
DATES = ("мои даты", "даты")
URGENT = ("срочно",)
IMPORT = ("загрузить", "загрузить excel", "импорт")
PLAN = ("график", "план")
PEOPLE = ("люди", "приглашения", "пригласить")

FIND = ("найти", "поиск")
JOURNAL = ("журнал", "кто что делал")
MY_DATA = ("мои данные", "мои персональные данные")
DELETE_ME = ("удалить мои данные", "удалить меня")
COURSE = ("обучение", "курс", "тест")
CHECK_PLAN = ("проверить график",)
OPEN_SCHEDULE = ("график впр", "расписание впр", "когда впр")
ROLE_SWITCH = ("сменить роль", "роли")

# Latin name → what the menu says. At most seven a role (compatibility contract). Every name is a command of a feature.
MENU: dict[str, dict[str, str]] = {
    "": {
        "start": "Начать",
        "hotline": "Сообщить о нарушении",
        "grafik": "График ВПР в школах",
        "help": "Помощь",
        "cancel": "Отмена",
    },
    "observer": {
        "menu": "Главная",
        "otchet": "Мой отчёт",
        "srochno": "Срочно: нарушение",
        "kurs": "Обучение и тест",
        "moi_dannye": "Мои данные",
        "help": "Помощь",
        "cancel": "Отмена",
    },
    "school_coordinator": {
        "menu": "Главная",
        "svodka": "День школы",
        "plan": "График школы",
        "hotline": "Горячая линия",
        "moi_dannye": "Мои данные",
        "help": "Помощь",
        "cancel": "Отмена",
    },
    "principal": {
        "menu": "Главная",
        "svodka": "День школы",
        "moi_dannye": "Мои данные",
        "help": "Помощь",
        "cancel": "Отмена",
    },
    "coordinator": {
        "menu": "Главная",
        "svodka": "Сводка дня",
        "plan": "График и назначения",
        "people": "Люди и приглашения",
        "find": "Найти школу или человека",
        "help": "Помощь",
        "cancel": "Отмена",
    },
    "operator": {
        "menu": "Главная",
        "desk": "Обращения",
        "moi_dannye": "Мои данные",
        "help": "Помощь",
        "cancel": "Отмена",
    },
    "head": {
        "menu": "Главная",
        "svodka": "Сводка дня",
        "excel": "Выгрузить Excel",
        "moi_dannye": "Мои данные",
        "help": "Помощь",
        "cancel": "Отмена",
    },
    "regional": {
        "menu": "Главная",
        "svodka": "Сводка дня",
        "excel": "Выгрузить Excel",
        "moi_dannye": "Мои данные",
        "help": "Помощь",
        "cancel": "Отмена",
    },
}

_WORDS = {
    "observer": [
        "«отчёт» — ваш отчёт",
        "«срочно» — сообщить координатору сразу",
        "«памятка», «мои даты», «обучение»",
    ],
    "school_coordinator": ["«график» — график вашей школы", "«сводка» — день школы"],
    "principal": ["«сводка» — день вашей школы"],
    "coordinator": [
        "«сводка» — день в цифрах",
        "«график» — работы и назначения",
        "«люди» — приглашения и роли",
        "«найти 5», «сош 5», «Н-017» — школа или человек",
        "«жеребьёвка» — предложить назначения",
        "«журнал» — кто что сделал",
        "«эксель» — файл с отчётами. Файл Excel — загрузить график",
    ],
    "head": ["«сводка» — день в цифрах", "«эксель» — файл с отчётами"],
    "regional": ["«сводка» — день в цифрах", "«эксель» — файл с отчётами"],
    "operator": ["«обращения» — очередь горячей линии"],
    "": ["«горячая линия» — сообщить о нарушении", "«график впр» — когда работы в школе"],
}


def help_text(roles: list[str]) -> str:
    """What can be written in words, for these roles."""
    lines = [line for role in dict.fromkeys([*roles, ""]) for line in _WORDS.get(role, [])]
    names = ", ".join(ROLES[role] for role in dict.fromkeys(roles))
    head = f"<b>Помощь</b>\nВаша роль: {names}." if names else "<b>Помощь</b>"
    return (
        head
        + "\nМожно нажимать кнопки или писать слова:\n"
        + "\n".join(lines)
        + "\n«мои данные» — что хранит бот\n«главная» — начать сначала"
    )
