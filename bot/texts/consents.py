"""Texts of consents. A changed text needs a new version: the version and the hash are stored with each consent."""

from bot.texts.escape import esc

WORK_VERSION = "2026-11"


def work(organiser: str) -> str:
    """For those who work with the bot: observers, school coordinators, operators."""
    return (
        f"Даю организатору ({esc(organiser)}) согласие на обработку моих персональных данных: фамилия, имя, отчество, "
        "телефон, место работы (статус), номер в мессенджере, сведения о наблюдениях.\n"
        "Цель: организация общественного наблюдения за проведением ВПР.\n"
        "Действия: сбор, запись, хранение, использование, передача в орган управления образованием и в школу "
        "в части назначения, удаление.\n"
        "Срок: до конца учебного года или до отзыва. Отозвать: «Мои данные» или письменно."
    )
