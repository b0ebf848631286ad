"""Reminders and the morning card, in words."""

from datetime import date

from bot.texts.escape import esc
from bot.texts.time import day

COMING = "Буду"
LATE = "Опаздываю"
CANNOT = "Не смогу"
CONTINUE = "Продолжить"
CANNOT_FINISH = "Не могу закончить"
MEMO = "Памятка"
HOME = "Главная"
CONTINUE_FOR_STAFF = "Что сделать"
COMING_SAID = "Хорошо, ждём вас. Координатору отвечать не нужно."
LATE_SAID = "Координатор предупреждён, что вы опаздываете."
TOLD = "Координатор предупреждён и позвонит вам. Ответы сохранены."
WHICH_CANNOT = "На какую работу вы не сможете прийти?"
AFTER_ALL_SAID = "Хорошо, ждём вас. Координатор знает, что замена не нужна."
REPLACED = "На эту работу уже назначен другой наблюдатель."
NO_WORKS = "На этот день у вас работ нет."

RULES_OF_CONDUCT = (
    "Возьмите паспорт и удостоверение или копию приказа. Вы смотрите и записываете, но не вмешиваетесь: "
    "не помогаете детям, не делаете замечаний учителю при детях, не пользуетесь телефоном в аудитории, "
    "не снимаете детей и задания. О серьёзном нарушении сразу скажите ответственному организатору школы и нажмите «Срочно»."
)


def eve(on: date, lines: list[str], due: str) -> str:
    return (
        f"<b>Завтра вы наблюдаете: {day(on)}</b>\n" + "\n".join(lines) + "\nПридите за 20 минут до звонка.\n"
        f"{RULES_OF_CONDUCT}\nОтчёт заполните в коридоре или в Штабе до {due}."
    )


def morning(lines: list[str], come_at: str) -> str:
    come = f" Приходите к {come_at}." if come_at else " Время уточните в школе."
    return (
        "<b>Сегодня ВПР</b>\n" + "\n".join(lines) + f"\n{come.strip()} В аудитории телефон не доставайте, "
        "отчёт заполняйте в коридоре."
    )


def work(school: str, class_name: str, subject: str, starts: str, room: str) -> str:
    begins = f", начало {starts}" if starts else ""
    place = f", каб. {esc(room)}" if room else ""
    return f"{esc(school)}, {esc(class_name)}, {esc(subject)}{begins}{place}"


def _left(questions: int) -> str:
    return f"Осталось вопросов: {questions}." if questions else "Осталось проверить и отправить."


def awaited(number: int, class_name: str, due: str, left: int) -> str:
    return f"Ждём отчёт {number} по {esc(class_name)} до {due}. {_left(left)}"


def overdue(number: int, class_name: str, due: str, left: int) -> str:
    return f"Срок отчёта {number} по {esc(class_name)} прошёл в {due}, но его можно сдать. {_left(left)}"


def returned(number: int, class_name: str) -> str:
    return f"Отчёт {number} по {esc(class_name)} вернули: нужно исправить и отправить снова."


def late_for_staff(code: str, lines: list[str], time: str) -> str:
    return f"<b>{esc(code)} опаздывает</b> (сообщил в {time})\n" + "\n".join(lines)


def comes_after_all(code: str, lines: list[str]) -> str:
    return f"<b>{esc(code)} всё-таки придёт</b>\n" + "\n".join(lines) + "\nЗамену искать не нужно."


def after_all(said: str, lines: list[str]) -> str:
    return f"{said}\nРаньше вы сказали «{CANNOT}», и вам ищут замену:\n".lstrip() + "\n".join(lines) + "\nПридёте?"


def cannot_finish(number: int, school: str, class_name: str, code: str, answered: int, total: int) -> str:
    return (
        f"<b>{esc(code)} не может закончить отчёт {number}</b>\n{esc(school)}, {esc(class_name)}. "
        f"Отвечено {answered} из {total}. Позвоните и внесите со слов или назначьте замену."
    )
