"""The printed sheet of invitations."""

from bot.texts.escape import ended

TITLE = "Приглашения в бот ВПР"
CODE = "Код для входа:"


def file_name(part: int, parts: int) -> str:
    return "приглашения.pdf" if parts == 1 else f"приглашения_{part}_из_{parts}.pdf"


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


def caption(count: int, skipped: int, part: int, parts: int) -> str:
    which = f"Файл {part} из {parts}. Приглашений в нём" if parts > 1 else "Приглашений на листе"
    text = f"{which}: {count}. Прежние неиспользованные коды этих людей больше не действуют."
    return f"{text} Уже в боте: {skipped}." if skipped else text


def not_sent(part: int, parts: int) -> str:
    if parts == 1:
        return NOT_SENT
    return (
        f"Файл {part} из {parts} не отправился: медленная связь. Нажмите ещё раз — коды во всех файлах будут новые, "
        "полученные сейчас не печатайте."
    )


NOBODY = "Все уже в боте: приглашать некого."
NOT_SENT = "Лист готов, но не отправился: медленная связь. Нажмите ещё раз — коды будут новые."
