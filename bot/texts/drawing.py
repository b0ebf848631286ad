"""Жеребьёвка: in chat, in the protocol, on the command line."""

from collections.abc import Sequence
from datetime import date

from bot.domain.plan import Sitting
from bot.texts.assigning import UNFIT
from bot.texts.escape import esc
from bot.texts.periods import said
from bot.texts.plan import about

COMMAND_WORDS = ("жеребьёвка", "жеребьевка", "предложить назначения")
BUTTON = "Жеребьёвка"
WEEK = "Ближайшие 7 дней"
EVERYTHING = "Все дни графика"
APPLY = "Назначить всех"
PROTOCOL = "Протокол"
AGAIN = "Новая жеребьёвка"
ASK = (
    "<b>Жеребьёвка</b>\nПредложу наблюдателей на работы, где их ещё нет: сначала школы из списка риска, "
    "потом остальные в случайном порядке. Учту личный интерес, занятость и пожелания. Пока ничего не назначаю.\n"
    "Своё число для жеребьёвки: «жеребьёвка 12345»."
)
PROTOCOL_NAME = "протокол_жеребьёвки.docx"
RECORD_NAME = "жеребьёвка_для_проверки.json"
PROTOCOL_CAPTION = "Протокол. Распечатайте и подпишите."
RECORD_CAPTION = "По этому файлу жеребьёвку повторит кто угодно: python -m bot draw файл.json"


def proposal(
    number: int,
    first: date,
    last: date,
    seed: str,
    sittings: int,
    placed: int,
    schools: int,
    obligatory: Sequence[str],
    short: Sequence[tuple[str, int]],
    *,
    applied: bool,
) -> str:
    lines = [
        f"<b>Жеребьёвка № {number}</b>, {said(first, last)}",
        f"Работ без наблюдателя: {sittings}. Предложено назначений: {placed}, школ: {schools}.",
    ]
    if obligatory:
        lines.append("Обязательные: " + ", ".join(map(esc, obligatory[:8])) + ("…" if len(obligatory) > 8 else "."))
    lines += [f"Не хватило: {count} ({UNFIT.get(why, esc(why))})." for why, count in short]
    lines.append(f"Число жеребьёвки: <code>{esc(seed)}</code>. Оно, список и результат сохранены.")
    lines.append("<b>Назначено.</b>" if applied else "Назначений пока нет.")
    return "\n".join(lines)


NOTHING = "<b>Жеребьёвка</b>\nНа эти дни наблюдатели уже есть на всех работах."
NO_WORKS = "<b>Жеребьёвка</b>\nНа эти дни работ в графике нет."


APPLIED_BEFORE = "По этой жеребьёвке уже назначили. Сейчас ничего не изменилось."


def applied(done: int, left: int) -> str:
    text = f"Назначено: {done}. Каждому наблюдателю ушёл список его работ."
    return f"{text}\nНе подошли, пока вы решали: {left}. Повторите жеребьёвку для остальных." if left else text


def assigned(mine: Sequence[Sitting]) -> str:
    lines = [about(sitting) for sitting in mine[:12]]
    more = f"\nИ ещё: {len(mine) - 12}, см. «Мои даты»." if len(mine) > 12 else ""
    return "<b>Вас назначили наблюдателем</b>\n" + "\n".join(lines) + more


# --- the protocol

TITLE = "ПРОТОКОЛ\nжеребьёвки общественных наблюдателей"
DRAWN_AT = "Проведена"
PERIOD = "Дни работ"
SEED = "Число жеребьёвки"
OBSERVERS = "Наблюдателей в списке"
SITTINGS = "Работ без наблюдателя"
DRAWN_BY = "Провёл (код)"
HOW = "1. Как проведена"
ALGORITHM = (
    "Школы из списка ОО с признаками необъективных результатов обязательны и идут первыми. Внутри обеих групп школы "
    "стоят по возрастанию SHA-256 от строки «число|school|название».",
    "Работы школы стоят по дням, внутри дня по SHA-256 от «число|sitting|дата класс предмет». Сначала берётся по одной "
    "работе каждой школы, потом вторые и так далее.",
    "Работе достаётся подходящий наблюдатель с наименьшим числом работ, при равенстве — с наименьшим SHA-256 от "
    "«число|observer|код». Не подходит тот, у кого в школе личный интерес, кто занят в это время, в этот день не может "
    "или уже набрал предел работ за день; если так настроено, то и тот, кто не прошёл обучение. На одну работу один наблюдатель.",
    "Повторить: python -m bot draw и файл, сохранённый вместе с протоколом. Список тот же, число то же — результат тот же.",
)
ORDER = "2. Порядок школ"
ORDER_HEADER = ("№", "Школа", "Обязательная")
RESULT = "3. Результат"
RESULT_HEADER = ("№", "Школа", "Дата, класс, предмет", "Обязат.", "Наблюдатель")
YES = "да"
CHAIR = "Муниципальный координатор"
MEMBER = "Присутствовали"


def label(text: str) -> str:
    """`2027-04-15 6Б Физика` as people write it."""
    day, _, rest = text.partition(" ")
    return f"{date.fromisoformat(day):%d.%m.%Y}, {rest}"


def nobody(why: str) -> str:
    return f"— ({UNFIT.get(why, esc(why))})"


def footer(number: int, seed: str) -> str:
    return f"Жеребьёвка № {number}, число {seed}"


# --- the command line

SAME = "Совпадает: из того же списка и числа получается тот же результат. Работ: {sittings}, назначений: {placed}."
DIFFERENT = "НЕ СОВПАДАЕТ: результат в файле не получается из списка и числа. Первое расхождение: строка {line}."
UNREADABLE = "Это не файл жеребьёвки. Возьмите файл, который бот прислал вместе с протоколом."
