"""What the coordinators are told by themselves."""

from bot.texts.escape import esc


def invitation_declined(code: str) -> str:
    return f"Приглашение {esc(code)} отклонено: человек ответил «Это не я». Проверьте, кому его передали."


def not_removed_from_group(code: str) -> str:
    return (
        f"{esc(code)}: роль отозвана, но бот не смог убрать его из группы горячей линии. "
        "Уберите вручную или дайте боту право «Блокировка пользователей»."
    )


def phone_changed(code: str) -> str:
    return (
        f"{esc(code)} вошёл по новому приглашению с другого телефона. Прежний телефон отключён. "
        "Если это не тот человек, отзовите его роль: «люди»."
    )


def observer_ready(code: str) -> str:
    return f"{esc(code)} готов к работе: согласие дано, проба пройдена."


def quarantined(update_id: int) -> str:
    return (
        f"Сообщение {update_id} не удалось обработать с трёх попыток. Оно отложено на 7 дней, остальные обрабатываются. "
        "Передайте администратору."
    )


APOLOGY = (
    "Не получилось обработать ваше сообщение. Оно сохранено и передано координатору. Попробуйте ещё раз или позвоните."
)


def updates_missing(count: int) -> str:
    return (
        f"Telegram не передал боту сообщений: {count}. Так бывает, если бот был выключен больше суток. "
        "Проверьте «Ждём отчёты» и попросите людей прислать ещё раз."
    )
