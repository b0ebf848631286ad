"""Words inside pictures: few, at least 22 pixels high, every sign in our font."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, tzinfo
from typing import Final

from bot.texts.escape import esc
from bot.texts.plural import counted, plural
from bot.texts.summary import AWAITED
from bot.texts.time import WEEKDAYS, day_of_month

# Signs in the cells of a grid, by what the cell says.
SIGNS: Final = {"fine": "✓", "minor": "•", "major": "!", "critical": "К", "unseen": "–", "unasked": "", "none": ""}
LEGEND: Final = (
    ("fine", "норма"),
    ("minor", "замечание"),
    ("major", "существенно"),
    ("critical", "критично"),
    ("unseen", "не наблюдали"),
    ("unasked", "не спрашивали"),
    ("none", "нет отчёта"),
)

HELD: Final = "работ проведено"
RECEIVED: Final = "отчётов получено"
ATTENTION: Final = "Школы, где нужно внимание"
REPORTS_COLUMN: Final = "отчёты"
NOT_ALL: Final = "не все"  # reports of a school, where there is no room for how many
ALL_WELL: Final = "Нарушений нет, все отчёты получены."
NO_ATTENTION_YET: Final = "Школ, требующих внимания, нет."
ARRIVALS: Final = "Когда приходили отчёты"
STATES: Final = {
    "received": "получены",
    "waiting": AWAITED["expected"],
    "missed": "срок прошёл",
    "excused": "не будет",
}
BEGUN: Final = {key: word for key, word in AWAITED.items() if key != "expected"}
BY_ITEM: Final = "Нарушения по пунктам"
PUNCTUALITY: Final = "Отчёты наблюдателей: в срок и с опозданием"
ON_TIME: Final = "в срок"
LATE: Final = "с опозданием"
GRID: Final = "Школы и пункты"
NO_VIOLATIONS: Final = "Нарушений нет."
CRITICAL_SIGN: Final = f"{SIGNS['critical']} — критично"
CAME: Final = "пришёл наблюдатель"
REPORT_CAME: Final = "отчёт получен"
PLAN: Final = "план"
FACT: Final = "факт"
EVERY_SIGN: Final = "".join(chr(code) for code in range(0x410, 0x450)) + "Ёё№✓•!–—«»…/%()0123456789:;,.+-·−ABCabcИКС×"


COMMAND_WORDS: Final = ("картинка", "картинку", "карточка дня")
DRAWING: Final = "Рисую…"
CHOOSE: Final = "Какую картинку прислать?"
DAY_CARD: Final = "Карточка дня"
HEATMAP: Final = "Все школы"
BY_ITEM_SHORT: Final = "По пунктам"
PUNCTUALITY_SHORT: Final = "В срок и нет"
TO_SUMMARY: Final = "К сводке"
REST_IN_EXCEL: Final = "Остальное в Excel."
PICTURE_LATER: Final = "Картинку прислать не получилось, вот те же числа текстом."


PICTURE_BY_BUTTON: Final = "Картинку можно получить словом «картинка»."


def digest_title(period: str, at: str) -> str:
    return f"<b>Итоги ВПР: {period}</b> · на {at}"


def caption_title(what: str, period: str) -> str:
    return f"<b>{what}</b> · {period}"


def item_count(code: str, label: str, count: int) -> str:
    return f"{code} {esc(label)}: {count}"


def day_count(day: date, on_time: int, late: int) -> str:
    """Short: two dozen of them stand in a caption."""
    return f"{day:%d.%m}: в срок {on_time}" + (f", позже {late}" if late else "")


def heatmap_caption(sheet: int, sheets: int, schools: int, reports: Sequence[str]) -> str:
    page = f", {sheet_of(sheet, sheets)}" if sheets > 1 else ""
    return f"{GRID}{page}, школ: {schools}.\nОтчёты наблюдателей: {', '.join(reports)}."


def of_reports(received: int, plan: int) -> str:
    """Of observers; «–», as for an item that was not observed, where none is assigned: the answers are the school's."""
    return f"{received}/{plan}" if plan else "–"


def school_reports(name: str, received: int, plan: int) -> str:
    return f"{esc(name)} {of_reports(received, plan)}"


def attention_line(shown: int, total: int, reports: Sequence[str]) -> str:
    """`reports` of the schools that are shown, none when there is no room for them."""
    told = f". Отчёты: {', '.join(reports)}" if reports else ""
    return f"{attention(shown, total)}{told}"


def hours(arrivals: Sequence[tuple[int, int]]) -> str:
    return f"{ARRIVALS}: {', '.join(f'{hour(at)} — {count}' for at, count in arrivals)}"


def title(first: date, last: date) -> str:
    if first == last:
        return f"ВПР {day_of_month(first)} {first.year}, {WEEKDAYS[first.weekday()]}"
    return f"ВПР {first:%d.%m}–{last:%d.%m.%Y}"


def subtitle(municipality: str, at: datetime, zone: tzinfo) -> str:
    local = at.astimezone(zone)
    return f"{municipality} · данные на {local:%H:%M} {local:%d.%m} (местное время)"


def part_of(part: int, whole: int) -> str:
    return f"{part} из {whole}"


def awaited(count: int) -> str:
    return plural(count, "отчёт ждём", "отчёта ждём", "отчётов ждём")


def violations(count: int) -> str:
    return plural(count, "нарушение", "нарушения", "нарушений")


def critical(count: int) -> str:
    return f"критичных {count}" if count else ""


def worst_of(shown: int, items: int, violations: int, total: int) -> str:
    """What the bars are of, when there is no room for every item."""
    return f"Показаны пункты: {shown} из {items}, нарушений в них: {violations} из {total}"


def reports_title(received: int, plan: int) -> str:
    return f"Отчёты наблюдателей: {received} из {plan}"


def state(name: str, count: int, states: Mapping[str, int]) -> str:
    """A part of the bar in the caption's words: what is begun by its `states`."""
    begun = [f"{word} {states[key]}" for key, word in BEGUN.items() if states[key]]
    return ", ".join(begun) if name == "begun" else f"{STATES[name]} {count}"


def attention(shown: int, total: int) -> str:
    limited = f", показаны {shown}" if shown < total else ""
    return f"{ATTENTION}: {total}{limited}"


MORE_ITEMS: Final = "Поместились не все пункты с нарушениями, остальные в Excel"


def hour(value: int) -> str:
    return f"{value}:00"


def work_line(name: str, note: str, times: Sequence[tuple[str, str]]) -> str:
    """A work of a school's day under its picture; `times` with what happened then."""
    told = [f"{what} {when}" for what, when in times if when]
    return ", ".join([f"{esc(name)}: {esc(note)}", *told])


def from_to(first: str, last: str) -> str:
    return f"{first}–{last}" if last else f"с {first}"


def school_title(school: str, day: date) -> str:
    return f"{school}, {day_of_month(day)}"


NO_OBSERVER: Final = "наблюдателя нет"
TOLD_BY_SCHOOL: Final = "со слов школы"


def works(count: int) -> str:
    return f"{counted(count, 'работа', 'работы', 'работ')} · местное время"


def observed_by(code: str | None, present: int | None, listed: int | None) -> str:
    wrote = f", писали {present} из {listed}" if present is not None and listed is not None else ""
    return f"{code or ''}{wrote}"


def short_day(day: date) -> str:
    return f"{day:%d.%m}, {('пн', 'вт', 'ср', 'чт', 'пт', 'сб', 'вс')[day.weekday()]}"


def in_time_and_late(on_time: int, late: int) -> str:
    return f"{on_time} + {late}" if late else str(on_time)


def sheet_of(number: int, total: int) -> str:
    return f"лист {number} из {total}" if total > 1 else ""


def heatmap_name(period: str, number: int) -> str:
    return f"ВПР_{period}_школы_{number}.png"
