"""People and invitations in chat."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.plan import Sitting
from bot.texts.escape import esc
from bot.texts.interest import CONFLICTS
from bot.texts.people import ROLES
from bot.texts.time import day

ROLE_LISTS = {
    "observer": "Наблюдатели",
    "school_coordinator": "Координаторы школ",
    "principal": "Руководители школ",
    "coordinator": "Координаторы",
    "operator": "Операторы линии",
    "head": "Руководство",
    "regional": "Регион",
}
SHORT = {
    "observer": "наблюдатель",
    "school_coordinator": "коорд. школы",
    "principal": "рук. школы",
    "coordinator": "координатор",
    "operator": "оператор",
    "head": "руководство",
    "regional": "регион",
}
INVITE = "Пригласить"
INVITE_AGAIN = "Вход с другого телефона"
ADD_ROLE = "Ещё роль"
INVITE_NEW = "Добавить человека"
WHICH_ROLE = "Кого добавить?"
WHICH_SCHOOL = "В какую школу?"
ASK_NAME = (
    "Напишите фамилию, имя и отчество одним сообщением, после них можно телефон. Например: Белова Анна Петровна "
    "+7 912 345-67-89. Если имена хранить нельзя, отправьте «-»."
)
NOT_A_NAME = "Имя или телефон не понял."
NO_NAME = "-"
APPROVE = "Подтвердить роль"
REVOKE = "Отозвать роль"
COPY_CODE = "Скопировать код"
COPY_LINK = "Скопировать ссылку"
ROLE_TAKEN = "роль отозвана"
OWN_INTEREST = "личный интерес"
ADD_TO_ME = "Добавить мне роль"
NOT_FOR_ME = "Это не мне"
GIVEN_BACK = "Хорошо. Приглашение снова ждёт того, кому его выдали. У вас ничего не изменилось."
APPROVED = "Роль подтверждена, человеку сообщили."
NOTHING_TO_APPROVE = "Эту роль уже подтвердили или отозвали."
GRANTED = "Роль добавлена."
REVOKED = "Роль отозвана. Следующее нажатие её уже не увидит."
NOT_YOURSELF = "Свою роль отозвать нельзя: попросите другого координатора."
INVITED_BY_YOU = "Этого человека пригласили вы. Подтвердить его роль должен другой координатор: попросите его."


def overview(counts: list[tuple[str, int, int]]) -> str:
    lines = [f"{ROLE_LISTS[role]}: {total}, в боте {linked}" for role, total, linked in counts]
    return "<b>Люди и приглашения</b>\n" + "\n".join(lines)


def listed(role: str, total: int) -> str:
    return f"<b>{ROLE_LISTS[role]}</b>: {total}.\n✓ — уже в боте."


def role_approved(role: str) -> str:
    return f"Ваша роль подтверждена: <b>{ROLES[role]}</b>. Нажмите «Главная»."


def approve(role: str) -> str:
    return f"Подтвердить: {SHORT[role]}"


def revoke(role: str) -> str:
    return f"Отозвать: {SHORT[role]}"


def which_further_role(code: str) -> str:
    return f"<b>Ещё роль: {esc(code)}</b>\nОстальные роли человека сохранятся."


def role_added(role: str) -> str:
    return f"Вам добавлена роль: <b>{ROLES[role]}</b>. Нажмите «Главная» или напишите «сменить роль»."


def card(
    code: str, name: str, roles: list[str], linked: bool, unreachable: str, pending: list[str], invited: list[str]
) -> str:
    lines = [f"<b>{esc(code)}</b>" + (f" {esc(name, 80)}" if name else "")]
    lines.append("Роли: " + (", ".join(ROLES[role] for role in roles) or "нет") + ".")
    if invited:
        lines.append("Приглашение ждёт: " + ", ".join(ROLES[role] for role in invited) + ".")
    lines.append("В боте." if linked else "Ещё не вошёл в бот: отправьте приглашение.")
    if unreachable:
        lines.append("Сообщения не доходят, позвоните.")
    if pending:
        waiting = ", ".join(ROLES[role] for role in pending)
        lines.append(f"{'Ждёт' if len(pending) == 1 else 'Ждут'} подтверждения: {waiting}.")
    return "\n".join(lines)


def invitation(code: str, role: str, typed: str, link: str, expires_at: datetime, zone: ZoneInfo) -> str:
    return (
        f"<b>Приглашение: {esc(code)}, {ROLES[role]}</b>\n"
        f"Ссылка: {esc(link)}\nКод: <code>{typed}</code>\n"
        f"Действует до {day(expires_at.astimezone(zone).date())}, на один вход. Передайте лично, не в общий чат.\n"
        "Новое приглашение отменит это."
    )


def further_role(code: str, role: str, mine: str) -> str:
    return (
        f"Вы уже в боте: <b>{esc(mine)}</b>.\nЭто приглашение {esc(code)}, роль: {ROLES[role]}.\n"
        "Если оно для вас, эта роль добавится к вашим. Если вы открыли его случайно или для проверки, "
        "оно останется тому, кому выдано."
    )


def replace_at(sitting: Sitting) -> str:
    return f"Замена: {sitting.date:%d.%m} {sitting.class_name}"[:24]


def conflict_declared(code: str, school: str, reason: str, affected: int) -> str:
    why = CONFLICTS.get(reason, CONFLICTS["declared"])
    text = f"{esc(code)}: {why}, {esc(school)}. Туда больше не назначим."
    return f"{text}\nУже назначен там, работ: {affected}. Подберите замену." if affected else text


def approval_wanted(code: str, role: str) -> str:
    return f"{esc(code)} принял приглашение. Роль: {ROLES[role]}. Подтвердите, что это тот человек."
