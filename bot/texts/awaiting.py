"""«Ждём отчёты»: what a coordinator does about each."""

from collections.abc import Sequence

from bot.texts.escape import esc, sentence

REMIND_ALL = "Напомнить всем ({count})"
ONE_BY_ONE = "По одному"
REMIND = "Напомнить"
REPLACE = "Назначить замену"
EXCUSE = "Отчёта не будет"
BY_PHONE = "Внести со слов"
REFRESH = "Обновить"
RESULT = "Кому дошло"
BACK = "Назад"
HOME = "Главная"
UNDO = "Вернуть в ожидание"
OTHER = "Другая причина"
REASONS = {
    "ill": "Наблюдатель заболел",
    "not_held": "Работа не проводилась",
    "not_admitted": "Не допустили в школу",
}
WHY = "Почему отчёта не будет? Причина попадёт в сводку и журнал."
WRITE_WHY = "Напишите причину одним сообщением."
EXCUSED = "Отмечено: отчёта не будет. Наблюдателю сообщили, если он в боте."
REINSTATED = "Отчёт снова ждём."
NOBODY_TO_REMIND = "Напоминать некому: отчёты получены или людей нет в боте. Остальным позвоните."
JUST_REMINDED = "Всем уже напомнили несколько минут назад. Подождите четверть часа."


def nobody_is_woken(morning: str) -> str:
    return f"Ночью никого не будим: напоминание не отправлено. Напомнить можно с {morning}."


def reminded(time: str, delivered: int, waiting: int, undelivered: Sequence[str], again_at: str) -> str:
    lines = [f"Напомнили в {time}. Доставлено: {delivered}. Снова можно с {again_at}."]
    if waiting:
        lines.append(f"Ещё отправляется: {waiting}.")
    if undelivered:
        lines.append(f"Не дошло, позвоните: {esc(', '.join(undelivered))}.")
    return "\n".join(lines)


def too_soon(time: str, again_at: str) -> str:
    return f"Уже напомнили в {time}. Снова можно с {again_at}."


def card(title: str, who: str, phone: str, state: str, due: str) -> str:
    call = f", телефон {esc(phone)}" if phone else ""
    return f"{title}\n{esc(who) or 'Никто не назначен'}{call}\n{state}. Срок {due}."


def not_expected(number: int, school: str, class_name: str, why: str) -> str:
    return f"Отчёт {number} ({esc(school)}, {esc(class_name)}) больше не нужен. Причина: {sentence(why, 300)}"


def expected_again(number: int, school: str, class_name: str) -> str:
    return f"Отчёт {number} ({esc(school)}, {esc(class_name)}) снова ждём."


NOBODY_TO_AWAIT = "Ждать некого: работа отменена или наблюдатель с неё снят. Назначьте наблюдателя в графике."


def one_reminded(code: str) -> str:
    return f"Напоминание для {esc(code)} отправлено."


def line(number: int, school: str, class_name: str, code: str) -> str:
    return f"{number}: {esc(school)}, {esc(class_name)}, {esc(code)}"


def listed(lines: Sequence[str]) -> str:
    return "<b>Ждём отчёты. Выберите, по какому действовать</b>\n" + ("\n".join(lines) or "Все отчёты получены.")
