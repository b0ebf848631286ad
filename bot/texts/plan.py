"""The plan, as those concerned read of it."""

from collections.abc import Sequence

from bot.domain.plan import Sitting
from bot.texts.escape import esc, sentence
from bot.texts.start import lesson
from bot.texts.time import day


def about(sitting: Sitting) -> str:
    starts = sitting.starts_at.strftime("%H:%M") if sitting.starts_at else ""
    room = f", каб. {esc(sitting.room)}" if sitting.room else ""
    return (
        f"{esc(sitting.school_name)}, {esc(sitting.class_name)}, {esc(sitting.subject)}, "
        f"{day(sitting.date)}, {lesson(sitting.lesson, starts)}{room}"
    )


def within_day(sitting: Sitting, *, school: bool) -> str:
    """Under a heading that names the day, and the school unless `school`."""
    starts = sitting.starts_at.strftime("%H:%M") if sitting.starts_at else ""
    where = f"{esc(sitting.school_name)}, " if school else ""
    room = f", каб. {esc(sitting.room)}" if sitting.room else ""
    return f"{where}{esc(sitting.class_name)}, {esc(sitting.subject)}, {lesson(sitting.lesson, starts)}{room}"


def assigned(sitting: Sitting) -> str:
    return f"<b>Вас назначили наблюдателем</b>\n{about(sitting)}.\nНакануне пришлём памятку, утром — напоминание."


REPLACED = "назначен другой наблюдатель"
NO_LONGER = "больше не может наблюдать в этой школе"
TABLE_TAKEN_BACK = "загрузку таблицы отменили"


def taken_off(sitting: Sitting) -> str:
    return f"<b>Вы больше не назначены</b>\n{about(sitting)}.\nПриходить не нужно, отчёт не нужен. Спасибо!"


def cancelled(sitting: Sitting, why: str) -> str:
    return f"<b>Работа отменена</b>\n{about(sitting)}.\nПричина: {sentence(why)} Отчёт не нужен."


def planned_again(works: Sequence[Sitting], shown: int = 8) -> str:
    """Works that were cancelled and will be written after all."""
    lines = [f"{about(one)}." for one in works[:shown]]
    if len(works) > shown:
        lines.append(f"И ещё работ: {len(works) - shown}.")
    listed = "\n".join(lines)
    return f"<b>Работа снова в графике</b>\n{listed}\nОтмена снята, отчёт снова нужен."


def changed_by_a_table(moved: Sequence[tuple[Sitting, Sitting]], shown: int = 8) -> str:
    """(before, after) of works of one reader."""
    lines = [f"Было: {about(old)}.\n<b>Стало: {about(new)}.</b>" for old, new in moved[:shown]]
    if len(moved) > shown:
        lines.append(f"И ещё работ: {len(moved) - shown}.")
    return "<b>График изменился</b>\n" + "\n\n".join(lines)
