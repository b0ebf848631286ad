"""The printed sheet of invitations."""

from bot.texts.escape import ended

TITLE = "Приглашения в бот ВПР"
CODE = "Код для входа:"
FILE_NAME = "приглашения.pdf"


def head(organiser: str) -> str:
    return f"{ended(organiser)} Разрежьте по линиям и передайте каждому лично: по карточке входит один человек."


def invites(role: str) -> str:
    return f"Приглашение: {role}"


def until(day: str) -> str:
    return f"Действует до {day}, на один вход"


def how(bot_name: str, phone: str) -> list[str]:
    lines = [
        "Наведите камеру телефона на квадрат и откройте Telegram.",
        f"Или найдите в Telegram @{bot_name} и пришлите код.",
    ]
    return [*lines, f"Не получается — позвоните: {phone}."] if phone else lines


def caption(count: int, skipped: int) -> str:
    text = f"Приглашений на листе: {count}. Прежние неиспользованные коды этих людей больше не действуют."
    return f"{text} Уже в боте: {skipped}." if skipped else text


NOBODY = "Все уже в боте: приглашать некого."
NOT_SENT = "Лист готов, но не отправился: медленная связь. Нажмите ещё раз — коды будут новые."
