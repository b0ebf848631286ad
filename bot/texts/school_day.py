"""The school's own day, in words."""

from collections.abc import Sequence

from bot.texts.escape import esc

DOOR = "День школы"
WORDS = ("день школы", "шаги", "отметить")
STEPS = {
    "materials": "Материалы получены",
    "briefing": "Инструктаж проведён",
    "video": "Видеонаблюдение",
    "started": "Началось",
    "ended": "Закончилось",
    "collected": "Работы собраны",
    "checked": "Проверены комиссией",
    "uploaded": "Результаты загружены",
}
MEANING = {
    "briefing": "под подпись",
    "checked": "после общего обсуждения критериев",
    "uploaded": "в ФИС ОКО",
}
VIDEO = {"yes": "Видео работает", "no": "Видео не работает", "none": "Видео не нужно"}
VIDEO_SAID = {"yes": "работает", "no": "не работает", "none": "не предусмотрено"}
FIX_TIME = "Исправить время"
INVITE = "Пригласить"
SCHOOL = "Школа"
MOST_WORKS = 4
REPORTS = "Отчёты наблюдателей"
OBJECT = "Возразить"
BACK = "Назад"
HOME = "Главная"
NO_WORKS = "Сегодня работ ВПР нет. Незакрытых шагов тоже нет."
WHICH_STEP = "Какой шаг исправить?"
TYPE_TIME = "Напишите время этого шага, например 9:05."
NOT_A_TIME = "Это не похоже на время. Напишите часы и минуты, например 9:05."
WRITE_OBJECTION = "Напишите, с чем школа не согласна, одним сообщением. Его увидит координатор."
OBJECTED = "Возражение передано координатору."
NOT_YOURS = "Эта работа другой школы. Вот ваш раздел."
NOT_SHOWN = "Отчёты наблюдателей школе не показывают. Вопросы задайте координатору."
NO_REPORTS = "Отчётов наблюдателей по этой работе ещё нет."
ALL_DONE = "Все шаги отмечены. Спасибо!"


def day(lines: Sequence[str]) -> str:
    return "<b>День школы</b>\n" + "\n".join(lines) + "\nВыберите работу."


def work_line(name: str, subject: str, when: str, done: int, total: int) -> str:
    return f"{esc(name)}, {esc(subject)}, {when}: шагов {done} из {total}"


def card(about: str, lines: Sequence[str], tail: str) -> str:
    return f"<b>{about}</b>\n" + "\n".join(lines) + (f"\n{tail}" if tail else "")


def told(step: str, time: str, value: str) -> str:
    said = f" ({VIDEO_SAID[value]})" if step == "video" else ""
    return f"✓ {STEPS[step]}{said}: {time}"


def overdue(lines: Sequence[str]) -> list[str]:
    return [f"\n<b>Просрочено</b>, отметьте сейчас:\n{chr(10).join(lines)}"] if lines else []


def was_due(step: str, until: str) -> str:
    return f"— {STEPS[step]}{_meaning(step)}: срок был {until}"


def next_one(step: str, until: str) -> str:
    return f"\n<b>Дальше: {STEPS[step]}</b>{_meaning(step)}, до {until}"


def then(steps: Sequence[str]) -> list[str]:
    return [f"Потом: {'; '.join(steps)}."] if steps else []


def later(step: str, until: str) -> str:
    return f"«{STEPS[step]}» до {until}"


def _meaning(step: str) -> str:
    return f" ({MEANING[step]})" if step in MEANING else ""


def reminder(step: str, about: str, until: str) -> str:
    return f"Отметьте шаг «{STEPS[step]}»: {about}. Срок {until}."


def reminders(lines: Sequence[str]) -> str:
    return "<b>Отметьте шаги</b>\n" + "\n".join(lines)


def work_steps(name: str, subject: str, steps: Sequence[str]) -> str:
    return f"{esc(name)}, {esc(subject)}: {'; '.join(steps)}"


def late(step: str, about: str, until: str, phone: str) -> str:
    call = f" Телефон школы: {esc(phone)}." if phone else ""
    return f"<b>Школа не отметила: {STEPS[step]}</b>\n{about}\nСрок был {until}.{call}"


def missed(name: str, subject: str) -> str:
    return f"{esc(name)}, {esc(subject)}"


def nobody_there(step: str, school: str, works: Sequence[str], name: str, phone: str) -> str:
    call = " ".join(filter(None, (esc(name, 80), esc(phone, 40)))) or "телефона школы в боте нет"
    return (
        f"<b>Не отмечено: {STEPS[step]}</b>\n{esc(school)}: {_few(works)}.\n"
        f"От школы в боте никого нет, отметить шаг некому. Позвоните: {call}. Или пригласите координатора школы."
    )


def nobody_in_many(step: str, lines: Sequence[str], total: int) -> str:
    more = [f"и ещё школ: {total - len(lines)}"] if total > len(lines) else []
    tail = "От этих школ в боте никого нет, отметить шаг некому. Позвоните или пригласите координаторов школ."
    return "\n".join([f"<b>Не отмечено: {STEPS[step]}, школ: {total}</b>", *lines, *more, tail])


def deserted(school: str, works: Sequence[str], phone: str) -> str:
    return f"— {esc(school)}: {_few(works)}" + (f". {esc(phone, 40)}" if phone else "")


def _few(works: Sequence[str]) -> str:
    more = [f"и ещё {len(works) - MOST_WORKS}"] if len(works) > MOST_WORKS else []
    return "; ".join([*works[:MOST_WORKS], *more])


def video_fails(about: str, time: str) -> str:
    return f"<b>Видеонаблюдение не работает</b>\n{about}\nШкола сообщила в {time}."


def morning(lines: Sequence[str]) -> str:
    return "<b>Сегодня ВПР в вашей школе</b>\n" + "\n".join(lines) + "\nОтмечайте шаги по мере того, как они сделаны."


def reports(about: str, blocks: Sequence[str]) -> str:
    return f"<b>Отчёты наблюдателей</b>\n{about}\n" + ("\n\n".join(blocks) if blocks else NO_REPORTS)


def report(number: int, kept: int, total: int, violations: Sequence[str]) -> str:
    return "\n".join([f"Отчёт {number}: соблюдено {kept} из {total}.", *violations])


def objection(number: int, school: str, code: str, words: str) -> str:
    return f"<b>Возражение школы по отчёту {number}</b>\n{esc(school)}, {esc(code)}: «{esc(words, 900)}»"
