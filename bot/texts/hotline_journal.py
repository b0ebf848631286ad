"""The journal of the hotline as a sheet: titles of its columns and what stands in them."""

TITLE = "Журнал горячей линии"
NUMBER = "Номер"
ACCEPTED = "Поступило"
CHANNEL = "Канал"
KIND = "Вид"
SECTION = "Тема"
SCHOOL = "Школа"
MATTER = "Суть"
FILES = "Приложено"
HOW_ANSWERED = "Способ ответа"
CONTACT = "Контакт"
URGENCY = "Срочность"
OPERATOR = "Ответственный"
DUE = "Срок"
STATUS = "Статус"
MEASURES = "Меры"
ANSWER = "Ответ"
ANSWERED = "Дата ответа"
OUTCOME = "Итог"
RATING = "Оценка заявителя"
TIES = "Связано"

UNKNOWN_SCHOOL = "не указана"
DELETED = "(удалено по сроку хранения)"
YES = "есть"
CHANNELS = {"telegram": "Telegram", "phone": "телефон", "visit": "лично"}
KINDS = {
    "question": "вопрос",
    "violation": "сообщение о нарушении",
    "suggestion": "предложение, другое",
    "thanks": "благодарность",
}
URGENCIES = {"usual": "обычное", "critical": "срочное"}
