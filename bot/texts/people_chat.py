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
}
INVITE = "Пригласить"
INVITE_NEW = "Добавить человека"
WHICH_ROLE = "Кого добавить?"
WHICH_SCHOOL = "В какую школу?"
ASK_NAME = "Напишите фамилию, имя и отчество одним сообщением. Если имена хранить нельзя, отправьте «-»."
NO_NAME = "-"
APPROVE = "Подтвердить роль"
REVOKE = "Отозвать роль"
COPY_CODE = "Скопировать код"
COPY_LINK = "Скопировать ссылку"
ROLE_TAKEN = "роль отозвана"
APPROVED = "Роль подтверждена, человеку сообщили."
REVOKED = "Роль отозвана. Следующее нажатие её уже не увидит."
NOT_YOURSELF = "Свою роль отозвать нельзя: попросите другого координатора."
ROLE_APPROVED = "Ваша роль подтверждена. Нажмите «Главная»."


def overview(counts: list[tuple[str, int, int]]) -> str:
    lines = [f"{ROLE_LISTS[role]}: {total}, в боте {linked}" for role, total, linked in counts]
    return "<b>Люди и приглашения</b>\n" + "\n".join(lines)


def listed(role: str, total: int) -> str:
    return f"<b>{ROLE_LISTS[role]}</b>: {total}.\n✓ — уже в боте."


def card(code: str, name: str, roles: list[str], linked: bool, unreachable: str, pending: bool) -> str:
    lines = [f"<b>{esc(code)}</b>" + (f" {esc(name, 80)}" if name else "")]
    lines.append("Роли: " + (", ".join(ROLES[role] for role in roles) or "нет") + ".")
    lines.append("В боте." if linked else "Ещё не вошёл в бот: отправьте приглашение.")
    if unreachable:
        lines.append("Сообщения не доходят, позвоните.")
    if pending:
        lines.append("Роль ждёт подтверждения.")
    return "\n".join(lines)


def invitation(code: str, role: str, typed: str, link: str, expires_at: datetime, zone: ZoneInfo) -> str:
    return (
        f"<b>Приглашение: {esc(code)}, {ROLES[role]}</b>\n"
        f"Ссылка: {esc(link)}\nКод: <code>{typed}</code>\n"
        f"Действует до {day(expires_at.astimezone(zone).date())}, на один вход. Передайте лично, не в общий чат.\n"
        "Новое приглашение отменит это."
    )


def replace_at(sitting: Sitting) -> str:
    return f"Замена: {sitting.date:%d.%m} {sitting.class_name}"[:24]


def conflict_declared(code: str, school: str, reason: str, affected: int) -> str:
    why = CONFLICTS.get(reason, CONFLICTS["declared"])
    text = f"{esc(code)}: {why}, {esc(school)}. Туда больше не назначим."
    return f"{text}\nУже назначен там, работ: {affected}. Подберите замену." if affected else text


def approval_wanted(code: str, role: str) -> str:
    return f"{esc(code)} принял приглашение. Роль: {ROLES[role]}. Подтвердите, что это тот человек."
