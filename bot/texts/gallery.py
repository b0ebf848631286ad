"""The gallery of screens: what is typed to reach them, and the words of its page."""

from typing import Final

TITLE: Final = "Экраны бота ВПР"
INTRO: Final = (
    "Все экраны, до которых доходят кнопки и слова каждой роли, в выдуманном городе из демо. "
    "Сделано настоящим ботом: python -m bot screens"
)
NEWCOMER: Final = "Приглашённый наблюдатель"
GROUP: Final = "Группа горячей линии"
WAIT: Final = "Обхожу экраны, это займёт минуту-две…"
PHOTO: Final = "картинка"
FILE: Final = "файл"

ANY_TEXT: Final = "В классе шумно, дети отвлекаются"
# What is typed in each role, besides the menu of commands; «отмена» in between, so that nothing waits for it.
PHRASES: Final = {
    "": ("/start", "просто слова", "помощь", "график впр"),
    "observer": ("/start", "отчёт", "срочно", "памятка", "мои даты", "обучение", "мои данные", "что-то непонятное"),
    "school_coordinator": ("/start", "сводка", "график", "мои данные"),
    "principal": ("/start", "сводка", "мои данные"),
    "coordinator": (
        "/start",
        "сводка",
        "график",
        "люди",
        "найти 5",
        "картинка",
        "эксель",
        "загрузить",
        "жеребьёвка",
        "журнал",
        "показатели",
        "горячая линия",
    ),
    "operator": ("/start", "горячая линия", "мои данные"),
}
CANCEL: Final = "отмена"
# Buttons that end somebody's access or data: pressed after all others of the role.
LAST: Final = ("Удалить", "Это не я", "Отозвать", "Закрыть день", "Закрыть и стереть", "Не даю")


def made(roles: int, screens: int, file: str) -> str:
    return f"{file}: ролей {roles}, экранов {screens}"
