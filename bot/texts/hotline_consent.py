"""The consent of a writer who leaves a contact. A changed text needs a new version."""

from bot.texts.escape import esc

CONTACT_VERSION = "2026-11"


def contact(organiser: str) -> str:
    return (
        "<b>Согласие на контакт</b>\n"
        f"Разрешаю организатору ({esc(organiser)}) хранить мой телефон или почту, чтобы связаться со мной "
        "по этому сообщению.\n"
        "Контакт зашифрован и лежит отдельно от текста. Его открывают два сотрудника вместе, с записью причины. "
        "Школе его не передают.\n"
        "Срок: 30 дней после закрытия сообщения. Отозвать можно раньше: «Мои сообщения»."
    )
