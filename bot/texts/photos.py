"""What is said about photos."""

from bot.texts.escape import esc
from bot.texts.plural import plural

NOT_ALLOWED = "Нельзя снимать детей, задания, ответы, списки с кодами."

SUBJECTS = {
    "notice": "Объявление, стенд",
    "room": "Пустая аудитория",
    "package": "Пакет, сейф без заданий",
    "log": "Журнал инструктажа",
    "other": "Другое",
}

REFUSED = {
    "kind": "Файл, который вы прислали, не похож на фото. Пришлите снимок в формате JPEG, PNG, WEBP или HEIC.",
    "pixels": "Фото слишком большое: больше 40 мегапикселей. Пришлите его обычным фото, не файлом.",
    "broken": "Фото пришло повреждённым. Ответы сохранены. Пришлите его ещё раз.",
    "size": "Файл больше 20 МБ, такой не загрузить. Пришлите его обычным фото, не файлом.",
}

PLACE_CUT = "Убрал из файла координаты и данные телефона."
CONFIRMS = "Подтверждает"
NOT_CONFIRMS = "Не подтверждает"
DELETE = "Удалить"
DELETE_REASONS = {"children": "Дети на фото", "tasks": "Задания, коды", "other": "Другое"}
WHY_DELETE = "Почему удалить? Наблюдатель получит спокойное сообщение."
DELETED = "Фото удалено, наблюдателю сообщили."
JUDGED = "Отмечено."
NO_PHOTO = "Этого фото уже нет."
NO_PHOTOS = "Фото нет или они ещё загружаются."
SHOW_AGAIN = "Показать ещё раз"
BUTTON_DONE = "Готово"
BUTTON_WITHOUT = "Без фото"
BUTTON_TO_REPORT = "Отчёт {number} · {class_name}"
BUTTON_TO_ITEM = "К пункту {item}"
BUTTON_DROP = "Случайно, удалить"
DROPPED = "Удалено. Отчёт не изменился."


def what_is_on_it(item: str) -> str:
    where = f"Фото к пункту {esc(item)}" if item else "Фото к отчёту"
    return f"{where}. Что на нём?\n{NOT_ALLOWED}"


def send_up_to(most: int, deadline: str) -> str:
    return (
        f"Пришлите фото, до {most} на отчёт. Можно сразу несколько.\n"
        f"Связь плохая? Отправьте отчёт без фото и дошлите до {esc(deadline)}."
    )


def received(count: int, item: str, refused: int = 0) -> str:
    where = f" Пункт {esc(item)}." if item else ""
    lost = f" Не подошло: {refused}, причина выше." if refused else ""
    return f"Получено фото: {count}.{lost}{where}\nФайл загружается сам, ничего делать не нужно."


def to_alert(number: int) -> str:
    return f"Фото приложено к сигналу № {number}, координатор его видит. Можно прислать ещё.\n{NOT_ALLOWED}"


def alert_caption(number: int, near: bool) -> str:
    same = "\nПохоже на уже присланное фото." if near else ""
    return f"Сигнал № {number}.{same}"


def where_from(count: int) -> str:
    return (
        f"К чему {plural(count, 'относится это фото', 'относятся эти фото', 'относятся эти фото')}? Сохранено: {count}.\n"
        f"{NOT_ALLOWED}"
    )


def attached(count: int, number: int) -> str:
    return f"Фото приложены к отчёту {number}: {count}."


def asked_after(text: str) -> str:
    return f"{text}\nЧто на фото? {NOT_ALLOWED}"


def placed(number: int, item: str) -> str:
    return f"Фото приложены к пункту {esc(item)} отчёта {number}."


def described(subject: str) -> str:
    return f"Отмечено: {SUBJECTS[subject].lower()}."


def too_many(most: int) -> str:
    return f"К отчёту можно приложить до {most} фото. Это фото не сохранено."


def caption(number: int, item: str, subject: str, near: bool) -> str:
    about = f", пункт {esc(item)}" if item else ""
    what = f"\n{esc(SUBJECTS[subject])}." if subject in SUBJECTS else ""
    same = "\nПохоже на уже присланное фото." if near else ""
    return f"Отчёт {number}{about}.{what}{same}"


def not_shown(count: int, of: int) -> str:
    which = f": {count} из {of}" if of > 1 else ""
    return f"Не удалось показать фото{which}. Попробуйте ещё раз чуть позже."


def deleted(number: int | None, reason: str) -> str:
    why = {"children": "на нём видны дети", "tasks": "на нём видны задания или коды"}.get(reason, "оно не подошло")
    where = f" к отчёту {number}" if number else ""
    return f"Фото{where} удалили: {why}. Это бывает, отчёт не изменился. Снимайте пустую аудиторию и объявления."
