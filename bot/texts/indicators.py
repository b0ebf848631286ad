"""Indicators М1–М20 in words: name, formula, and from which rows the figures come."""

from typing import Final

from bot.texts.escape import esc
from bot.texts.plural import NBSP

# code: name, formula, source rows
INDICATORS: Final = {
    "М1": (
        "ОО с наблюдением",
        "школы с отчётом наблюдателя / школы с работами",
        "Школы: «Получено» больше 0, не все работы отменены",
    ),
    "М2": ("Работы с наблюдением", "работы с отчётом наблюдателя / работы по графику без отменённых", "График"),
    "М3": ("ОО группы риска с наблюдением", "школы риска с отчётом / школы риска с работами", "Школы: «Группа риска»"),
    "М4": ("Обученные наблюдатели", "прошли проверку знаний / наблюдатели в реестре", "реестр наблюдателей"),
    "М5": (
        "Инструктаж школ в срок",
        "работы школ, прочитавших его в срок / работы без отменённых",
        "Инструктаж, График",
    ),
    "М6": ("Без нарушений", "отчёты без «Нет» / отчёты", "Наблюдения: «Нарушений» равно 0"),
    "М7": (
        "Нарушений на 100 наблюдений",
        "«Нет» в отчётах наблюдателей / эти отчёты × 100",
        "Наблюдения: «Нарушений», итого",
    ),
    "М8": ("Загрузка в срок", "школы с «Да» и без «Нет» по Е2 / школы с работами", "Ответы по пунктам: Е2"),
    "М9": (
        "Видеонаблюдение",
        "А13 «Да» / А13 «Да» и «Нет»; отдельно так же Д3, проверка работ",
        "Ответы по пунктам: А13, Д3",
    ),
    "М10": ("График опубликован", "школы с «Да» и без «Нет» по А1 / школы с работами", "Ответы по пунктам: А1"),
    "М11": (
        "Без конфликта интересов",
        "заполнили заявление, и интерес не известен / заполнили заявление",
        "заявления наблюдателей",
    ),
    "М12": ("Перепроверка", "перепроверено / написано", "протоколы перепроверки"),
    "М13": ("Подтверждено перепроверкой", "совпало / перепроверено", "протоколы перепроверки"),
    "М14": (
        "Горячая линия в срок",
        "ответ дан в срок или срок не прошёл / принято, с объединёнными",
        "Горячая линия: все строки, «В срок»",
    ),
    "М15": (
        "Подтвердившиеся сообщения",
        "подтвердилось / закрыто, передано, отклонено; объединённые один раз",
        "Горячая линия: «Итог», без «объединено»",
    ),
    "М16": ("ОО с признаками", "число школ в последнем списке; рядом прошлый список", "Школы: «Группа риска»"),
    "М17": ("Решения в срок", "исполнено в срок / все решения", "решения"),
    "М18": ("Родительские собрания", "школы с отметкой / все школы", "отметки школ"),
    "М19": ("Не родители данной ОО", "наблюдатели, чьи дети в школе не учатся / назначенные", "Назначения"),
    "М20": ("План в срок", "исполнено в срок / всё по плану", "план мер"),
}

COMMAND_WORDS: Final = ("показатели", "показатель", "цель")
NOT_YET: Final = "пока не измеряется"
NOTHING: Final = "нечего измерять"
SET_TARGET: Final = "Задать цель"
REMOVE_TARGET: Final = "Убрать цель"
BACK: Final = "Назад"
HOME: Final = "Главная"
MORE: Final = "Дальше"
EARLIER: Final = "Раньше"
BAD_TARGET: Final = "Нужно число от 0 до 100, например 95."


def value(number: float | None, code: str, *, per_hundred: bool, counted: bool, measurable: bool = True) -> str:
    if number is None:
        return NOTHING if measurable else NOT_YET
    told = f"{number:.0f}" if abs(number - round(number)) < 0.05 else f"{number:.1f}".replace(".", ",")
    return told if per_hundred or counted else f"{told}{NBSP}%"


def beside(code: str, first: int, second: int) -> str:
    """The two more numbers of `Measured.beside`, in words."""
    match code:
        case "М9":
            share = value(100 * first / second if second else None, code, per_hundred=False, counted=False)
            return f"Д3: {share}, {first} из {second}" if second else f"Д3: {share}"
        case "М16":
            return f"в прошлом списке {first}, изменение {second:+d}".replace("-", "−")
        case _:
            return f"ответ есть по {first} из {second} школ"


def title(period: str) -> str:
    return f"<b>Показатели</b> · {period}"


def line(code: str, shown: str, target: str, mark: str, more: str) -> str:
    aim = f", цель {target}{mark}" if target else ""
    return f"{code} {INDICATORS[code][0]}: {shown}{aim}" + (f" ({more})" if more else "")


def reached(state: bool | None) -> str:
    return "" if state is None else (", достигнута" if state else ", не достигнута")


def card(
    code: str, shown: str, parts: tuple[int, int] | None, more: str, target: str, version: int, set_at: str
) -> str:
    """`parts` of a share, none of a plain number."""
    name, formula, source = INDICATORS[code]
    lines = [f"<b>{code}. {name}: {shown}</b>", f"Формула: {esc(formula)}"]
    if parts is not None:
        lines.append(f"Числитель: {parts[0]}. Знаменатель: {parts[1]}.")
    if more:
        lines.append(f"Рядом: {more}.")
    lines.append(f"Откуда: {esc(source)}.")
    lines.append(f"Цель: {target} (версия {version}, {set_at})" if target else "Цель не задана.")
    return "\n".join(lines)


def ask_target(code: str) -> str:
    return f"Напишите цель для {code} числом, например 95."


def target_set(code: str, target: str, version: int) -> str:
    return f"Цель {code}: {target}. Версия {version}, прежние сохранены."
