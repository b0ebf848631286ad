"""The observer's report, in words."""

from bot.texts.escape import esc

START = "На месте, начать отчёт"
CONTINUE = "Продолжить отчёт"
FILL_LATER = "Заполнить после ВПР"
COMMAND = "отчёт"
TIMES = "Время"
MINE = "Мои отчёты"
SHOW = "Показать отчёт"
FIX = "Исправить"
SEND = "Отправить отчёт"
YES, NO, NA = "Да", "Нет", "Не наблюдал"
ADD_PHOTO = "Добавить фото"
NEXT = "Дальше"
OTHER_ITEM = "Другой пункт"
FIX_ANSWER = "Исправить ответ"
KEEP_COMMENT = "Оставить как есть"
LATER = "Позже"
NOW = "Сейчас"
BACK = "Назад"
HOME = "Главная"
OWN_WORDS = "Напишите одним сообщением, что именно произошло. Имена детей не нужны."
SAVED_TOAST = "Сохранено"
SHORT_VALUES = {"yes": "да", "no": "нет", "na": "не наблюдал", "": "нет ответа"}
REASONS = {"mistake": "Ошибся", "clarified": "Уточнили", "other": "Другое"}
WHY_CORRECT = "Отчёт уже отправлен. Почему меняете ответ?"
ALREADY_SENT = "Отчёт уже отправлен."


def title(number: int, school: str, class_name: str, subject: str) -> str:
    return f"<b>Отчёт {number} · {esc(school)} · {esc(class_name)} · {esc(subject)}</b>"


def saved(time: str) -> str:
    return f"Сохранено {time}"


def progress(stage_title: str, stage: int, stages: int, answered: int, total: int) -> str:
    return f"Этап {stage} из {stages}: {esc(stage_title)}. Отвечено {answered} из {total}."


def one_item(code: str, plain: str) -> str:
    return f"{esc(code)}. {esc(plain)}?"


def several(items: list[tuple[str, str]]) -> str:
    lines = [f"{number}. {esc(plain)}. <i>{esc(code)}</i>" for number, (code, plain) in enumerate(items, 1)]
    return "\n".join(lines) + "\nВсё соблюдено?"


def all_fine(count: int) -> str:
    if count == 1:
        return "Да"
    return "Да, оба пункта" if count == 2 else f"Да, все пункты ({count})"


def not_fine(number: int) -> str:
    return f"Нет: пункт {number}"


def not_seen(number: int) -> str:
    return f"Не видел: {number}"


def what_exactly(code: str, label: str, critical: bool, comment: str = "") -> str:
    told = "\nКоординатор уже получил сигнал." if critical else ""
    known = f"\nСейчас записано: «{esc(comment, 300)}»." if comment else ""
    return f"<b>{esc(code)} · {esc(label)} · нет</b>{told}{known}\nЧто именно? Выберите или напишите своими словами."


def comment_saved(code: str, comment: str) -> str:
    return f"{esc(code)}: «{esc(comment, 300)}»."


def stage_done(number: int, time: str, next_title: str, next_at: str) -> str:
    return f"Этап {number} готов, {time}. Следующий: {esc(next_title)}, {esc(next_at)}."


def to_stage(number: int) -> str:
    return f"К этапу {number}"


def review(
    number: int,
    total: int,
    kept: int,
    violations: list[tuple[str, str, str]],
    unseen: list[str],
    missing: list[str],
    times: str,
    photos: str,
    doubts: list[str],
    sent: bool,
) -> str:
    """`violations`: code, label and comment of each."""
    head = f"<b>Отчёт {number} отправлен</b>" if sent else f"<b>Проверьте отчёт {number}</b>"
    lines = [head, f"Соблюдено: {kept} из {total}."]
    lines += [
        f"Нарушение: {esc(code)} · {esc(label)} — {'«' + esc(comment, 200) + '»' if comment else 'нет пояснения'}"
        for code, label, comment in violations
    ]
    if unseen:
        lines.append(f"Не наблюдали: {esc(', '.join(unseen))}.")
    if missing:
        lines.append(f"Без ответа: {esc(', '.join(missing))}.")
    if photos:
        lines.append(photos)
    if times:
        lines.append(times)
    lines += [f"Проверьте: {doubt}." for doubt in doubts]
    return "\n".join(lines)


def violation(code: str, label: str, comment: str, later: bool) -> str:
    said = f"«{esc(comment, 200)}»" if comment else "нет пояснения"
    return f"Нарушение: {esc(code)} · {esc(label)} — {said}{', внесено позже' if later else ''}"


def kept(count: int, total: int) -> str:
    return f"Соблюдено: {count} из {total}."


def unseen(codes: list[str]) -> str:
    return f"Не наблюдали: {esc(', '.join(codes))}."


def unanswered(codes: list[str]) -> str:
    return f"Без ответа: {esc(', '.join(codes))}."


def photos(count: int, coming: int = 0) -> str:
    """Nothing has to be done about those that are on their way."""
    return f"Фото: {count}{_coming(count, coming)}." if count else ""


def _coming(count: int, coming: int) -> str:
    return f" (загружено {count - coming}, остальное догрузится само)" if coming else ""


def accepted(number: int, time: str, photos: int, coming: int, missing: list[str], violations: int, until: str) -> str:
    lines = [f"<b>Отчёт {number} принят в {time}.</b> Спасибо!"]
    lines.append(f"Сохранено: ответы, нарушений {violations}, фото {photos}{_coming(photos, coming)}.")
    if missing:
        lines.append(f"Без ответа остались: {esc(', '.join(missing))}.")
    lines.append(until)
    return "\n".join(lines)


def gap(code: str, comment: bool) -> str:
    what = "нужно пояснение к ответу «Нет»" if comment else "нужен ответ"
    return f"Чтобы отправить отчёт, {what}: пункт {esc(code)}."


def fix_label(code: str) -> str:
    return f"Исправить: {code}"


def times(arrived: str, started: str, ended: str, left: str) -> str:
    parts = [
        f"пришли {arrived}" if arrived else "",
        f"начало {started}" if started else "",
        f"конец {ended}" if ended else "",
        f"ушли {left}" if left else "",
    ]
    told = ", ".join(part for part in parts if part)
    return f"Время: {told}." if told else ""


DOUBTS = {
    "end_not_after_start": "конец работы раньше начала",
    "left_before_end": "вы ушли раньше конца работы",
    "preparation_unseen": "вы пришли после начала, но ответили о подготовке",
    "present_over_listed": "присутствовало больше, чем в списке",
    "time_ahead": "указано время, которое ещё не наступило",
    "another_day": "указано время другого дня",
    "duration_differs": "длительность не совпадает с графиком",
    "answered_ahead": "вы ответили о ходе работы до её начала",
    "too_fast": "ответы даны очень быстро",
    "little_seen": "больше половины пунктов не наблюдали",
}


def critical(
    number: int, school: str, class_name: str, code: str, label: str, comment: str, who: str, time: str
) -> str:
    said = f"\n«{esc(comment, 500)}»" if comment else ""
    return (
        f"<b>Критично · {esc(school)} · {esc(class_name)} · {time}</b>\n"
        f"{esc(code)}: {esc(label)} — нет.{said}\nОтчёт {number}, {esc(who)}."
    )


def critical_words(number: int, code: str, comment: str) -> str:
    return f"Критично, отчёт {number}, {esc(code)}: «{esc(comment, 500)}»"


def to_correct(comment: str) -> str:
    """What the coordinator wrote when the report was returned."""
    return f"Координатор пишет: «{esc(comment, 600)}»\n"


def now_answered(value: str, comment: str) -> str:
    said = f" («{esc(comment, 300)}»)" if comment else ""
    return f"Сейчас: <b>{SHORT_VALUES[value]}</b>{said}."


NEW_WORDS = "Чтобы изменить пояснение, напишите новое."
