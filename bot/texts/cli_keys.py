"""What `python -m bot keys …` says."""

from typing import Final

from bot.texts.plural import counted

TITLE: Final = "Ключи сообщений горячей линии"
ACTION: Final = (
    "list — какие ключи есть; rotate — новый главный ключ; "
    "custodian — сделать ключ хранителя контактов; open — открыть контакт."
)
FILE: Final = "Файл с закрытым ключом хранителя."

NO_DATABASE: Final = "Базы ещё нет: ключ появится при первом запуске (python -m bot run)."


def line(version: int, file: str, sealed: int, *, newest: bool) -> str:
    use = "им шифруются новые сообщения" if newest else "основной, нужен всегда" if version == 1 else "старый"
    gone = "" if newest or version == 1 or sealed else ", через 14 дней после смены уничтожьте файл и его копии"
    return f"  {version}. {file}: зашифровано {counted(sealed, 'ключ', 'ключа', 'ключей')}; {use}{gone}"


def rotated(version: int, file: str, keys: int, seconds: float) -> str:
    return (
        f"Готово за {seconds:.1f} с: новый главный ключ № {version}, под ним "
        f"{counted(keys, 'ключ', 'ключа', 'ключей')} сообщений.\n"
        f"1. Сохраните копию файла {file} отдельно от копий базы. Без него сообщения не прочесть.\n"
        "2. Перезапустите бота, чтобы и новые сообщения шифровались новым ключом.\n"
        "3. Основной файл ключа нужен всегда. Промежуточные не удаляйте 14 дней: столько живут копии базы, сделанные до смены.\n"
        "   Если прежний ключ украли — удалите старые копии vault-*.db прямо сейчас и сделайте новую: python -m bot backup"
    )


LOCK: Final = "Пароль к файлу ключа (пусто — без пароля)"
ONCE_MORE: Final = "Ещё раз"
UNLOCK: Final = "Пароль к файлу ключа"
NOT_THE_SAME: Final = "Пароли не совпали, ничего не записано."
SEALED: Final = "Знаки, которые показал бот"
FILE_EXISTS: Final = "Такой файл уже есть, он не изменён. Другое имя: --key ФАЙЛ"
NO_FILE: Final = "Нет такого файла. Где закрытый ключ: --key ФАЙЛ"
NOT_OPENED: Final = "Файл ключа этим паролем не открывается."
NOT_SEALED: Final = "Это не зашитый контакт. Скопируйте все знаки, они начинаются с vprc1."
OTHER_KEY: Final = "Этот контакт зашит другим ключом, или в нём потерян знак."


def custodian_made(file: str, public: str) -> str:
    return (
        f"Закрытый ключ записан: {file}. Храните его на этом компьютере и на флешке в сейфе; на сервер не переносите.\n"
        "Потеряете — зашитые контакты не откроет никто.\n"
        "На сервере впишите в .env и перезапустите бота:\n"
        f"CUSTODIAN_KEY={public}"
    )


def contact(text: str) -> str:
    return f"Контакт: {text}"
