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

# Latin name → what the menu says. At most seven a role (compatibility contract).
MENU: dict[str, dict[str, str]] = {
    "": {"start": "Начать", "hotline": "Сообщить о нарушении", "help": "Помощь", "cancel": "Отмена"},
    "observer": {
        "menu": "Главная",
        "otchet": "Мой отчёт",
        "srochno": "Срочно: нарушение",
        "help": "Помощь",
        "cancel": "Отмена",
    },
    "coordinator": {
        "menu": "Главная",
        "svodka": "Сводка дня",
        "excel": "Выгрузить Excel",
        "import": "Загрузить Excel",
        "help": "Помощь",
        "cancel": "Отмена",
    },
}

_WORDS = {
    "observer": ["«отчёт» — ваш отчёт", "«срочно» — сообщить координатору сразу", "«памятка», «мои даты»"],
    "coordinator": ["«сводка» — день в цифрах", "«эксель» — файл с отчётами", "Файл Excel — загрузить график"],
    "": ["«горячая линия» — сообщить о нарушении"],
}


def help_text(roles: list[str]) -> str:
    """What can be written in words, for these roles."""
    lines = [line for role in dict.fromkeys([*roles, ""]) for line in _WORDS.get(role, [])]
    names = ", ".join(ROLES[role] for role in dict.fromkeys(roles))
    head = f"<b>Помощь</b>\nВаша роль: {names}." if names else "<b>Помощь</b>"
    return head + "\nМожно нажимать кнопки или писать слова:\n" + "\n".join(lines) + "\n«главная» — начать сначала"
