"""Invitations that wait to be used, and for whom a sheet is printed."""

from collections.abc import Sequence

from bot.texts.escape import esc
from bot.texts.plural import plural

COMMAND_WORDS = ("неиспользованные приглашения", "лист приглашений")
PAPER = "Лист с QR-кодами"
WAITING = "Ждут входа"
FOR_WHOM = "<b>Лист приглашений</b>\nДля кого напечатать? На листе только те, кто ещё не вошёл в бот."
MAKING = "Готовлю приглашения… Пришлю файлом."
REVOKE_ALL = "Отозвать все"
REVOKE_ALL_YES = "Да, отозвать все"
KEEP = "Оставить"
ASK_ALL = "<b>Отозвать все неиспользованные приглашения?</b>\nРозданные листы и ссылки перестанут действовать."


def revoke(code: str) -> str:
    return f"Отозвать {code}"[:24]


def waiting(total: int, lines: Sequence[str]) -> str:
    if not total:
        return "<b>Приглашения</b>\nНеиспользованных приглашений нет."
    return f"<b>Приглашения ждут входа: {total}</b>\n" + "\n".join(lines)


def line(code: str, role: str, until: str) -> str:
    return f"{esc(code)}, {role}, до {until}"


def revoked(count: int) -> str:
    if not count:
        return "Отзывать нечего: приглашение уже использовано или отозвано."
    return f"{plural(count, 'Отозвано', 'Отозваны', 'Отозвано')} {count}."
