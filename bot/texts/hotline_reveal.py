"""Opening a contact by two people: what they read."""

from bot.texts.escape import esc

LOOK = "Посмотреть причину"
ALLOW = "Разрешить"
REFUSE = "Отказать"
READ = "Открыть контакт"
ASKED = "Запрос отправлен другим координаторам. Один из них решит."
ALLOWED = "Разрешено. Тот, кто просил, откроет контакт один раз."
REFUSED = "Отказано."
NO_CONTACT = "Контакта нет: заявитель его не оставил, или срок хранения вышел."
NOT_POSSIBLE = "Этот запрос уже решён, прочитан или устарел. Решает не тот, кто просил. Можно запросить снова."


def request(number: str, by: str) -> str:
    return f"{esc(by)} просит открыть контакт заявителя по {number}. Решает другой координатор. Запрос живёт 24 часа."


def reason(number: str, by: str, text: str) -> str:
    return f"{number}. {esc(by)} просит открыть контакт.\nПричина: «{esc(text, 1500)}»"


def decided(number: str, *, allowed: bool) -> str:
    return f"{number}: {'можно открыть контакт, один раз.' if allowed else 'в контакте отказано.'}"


def contact(number: str, text: str) -> str:
    return f"{number}. Контакт заявителя: <code>{esc(text)}</code>\n\n<i>Исчезнет через 30 минут. Чтение записано в журнал.</i>"


def sealed_contact(number: str, word: str) -> str:
    return (
        f"{number}. Контакт зашит ключом хранителя, бот прочесть его не может. Передайте хранителю эти знаки:\n"
        f"<code>{esc(word)}</code>\n"
        "Хранитель откроет их на своём компьютере: <code>python -m bot keys open</code>\n\n"
        "<i>Исчезнет через 30 минут. Чтение записано в журнал.</i>"
    )
