"""What the running program says to the administrator: console and log."""

LINK_RESTORED = "Связь с Telegram восстановлена, сообщения не потеряны."
STORAGE_PROBLEM = "Не получается записать в базу: проверьте место на диске. Сообщения ждут в Telegram и не потеряны."


def link_problem(code: int | None) -> str:
    if code == 401:
        return "Telegram не принимает токен. Проверьте BOT_TOKEN: возможно, его отозвали в @BotFather."
    if code == 409:
        return "Бот уже запущен на другом компьютере, или включён вебхук. Остановите вторую копию."
    if code == 429:
        return "Telegram просит подождать."
    return "Нет связи с Telegram. Бот ждёт и попробует снова; сообщения не потеряны."
