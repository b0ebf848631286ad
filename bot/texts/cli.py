"""What `python -m bot` says: help, questions of `init`, outcomes of commands."""

import re
import shlex
from datetime import datetime, tzinfo
from typing import Final

from bot.texts.plural import plural
from bot.texts.size import size
from bot.texts.time import clock

PROGRAM: Final = "Бот мониторинга ВПР. Настройки — в файле .env, всё о них — в .env.example."

# The first sentence of each stands in the list of commands: keep it under 60 characters.
HELP: Final = {
    "run": "Запустить бота. Остановить: Ctrl-C.",
    "demo": "Показать бота на странице с телефонами. Без токена и Telegram.",
    "screens": "Показать все экраны всех ролей на одной странице. Без токена.",
    "init": "Ответить на четыре вопроса и получить файл .env.",
    "coordinator": "Выдать код ещё одному координатору. Двое с такими кодами вместе открывают контакты.",
    "doctor": "Проверить, всё ли готово к работе. Код выхода 0 — всё.",
    "load": "Загрузить школы или график из файлов CSV любого размера, частями.",
    "draw": "Повторить жеребьёвку по её файлу и сверить результат.",
    "backup": "Сделать проверенную копию баз. Бот может работать.",
    "restore": "Вернуть копию на место базы. Бот должен быть остановлен.",
    "keys": "Ключи горячей линии: посмотреть, сменить, хранитель контактов.",
    "export": "Выгрузить книгу Excel: сводка, отчёты, ответы, нарушения.",
    "import": "Загрузить таблицу Excel. Без --apply — только проверка, ничего не меняется.",
}
METAVAR: Final = {"days": "ДНИ", "file": "ФАЙЛ", "kind": "ЧТО", "port": "ПОРТ", "folder": "ПАПКА", "date": "ДАТА"}
TODAY: Final = "сегодня"
OPTION: Final = {
    "env": "Файл с настройками.",
    "port": "Порт страницы; 0 — любой свободный.",
    "days": "За какие дни: сегодня, вчера, «23 апреля», «с 20 по 24.04», неделя, всё.",
    "files": "Файлы CSV: сначала школы, потом график.",
    "draw": "Файл, который бот прислал вместе с протоколом жеребьёвки.",
    "to": "Куда положить книгу; по умолчанию — в текущую папку.",
    "page": "Куда положить страницу.",
    "copy": "Какую копию вернуть. Без имени — показать список копий.",
    "kind": "Что в таблице: schools (школы), schedule (график) или observers (наблюдатели).",
    "table": "Файл .xlsx или .csv.",
    "apply": "Записать верные строки.",
    "marked": "Куда положить тот же файл с пометками у неверных ячеек.",
}

# The command line library speaks English; these are all its sentences that can appear.
_RUSSIAN: Final = tuple(
    (re.compile(pattern, re.MULTILINE), said)
    for pattern, said in (
        (r"^Usage: ", "Как вызвать: "),
        (r"^Commands:$", "Команды:"),
        (r"^Options:$", "Ключи:"),
        (r"^Arguments:$", "Что указать:"),
        (r"\[OPTIONS\]", "[КЛЮЧИ]"),
        (r"COMMAND \[ARGS\]\.\.\.", "КОМАНДА …"),
        (r"Show this message and exit\.", "Показать эту справку."),
        (r"\[default: ([^\]]*)\]", r"[по умолчанию: \1]"),
        (r" +\[required\]", ""),
        (r" <[a-z|]+>(?=  |$)", lambda match: " " * len(match[0])),
        (r"\{([^{}]*)\}", r"\1"),
        (r"Value error, ", ""),
        (r"\bPATH\b", "ПУТЬ"),
        (r"\bTEXT\b", "ТЕКСТ"),
        (r"^Missing command\.", "Не указана команда."),
        (r"^No such command ('[^']*')\.", r"Нет команды \1."),
        (r"^No such option: (\S+)", r"Нет ключа \1"),
        (r"Did you mean (.*)\?", r"Может быть, \1?"),
        (r"\(Possible options: (.*)\)", r"(есть: \1)"),
        (r"^Missing argument ", "Не указано: "),
        (r"^Missing option ", "Не указан ключ "),
        (r"^Missing parameter: ", "Не указано: "),
        (r"^Invalid value for ", "Не подходит значение "),
        (r"^Got unexpected extra argument\S* \((.*)\)", r"Лишнее: \1"),
        (r"^Option (\S+) requires an argument\.", r"\1: не указано значение."),
        (r"Input should be a valid integer.*", "нужно целое число."),
        (r"Input should be (?:less|greater) than or equal to (\d+)", r"предел — \1."),
        (r"\d+<=x<=(\d+)", r"до \1"),
        (r"'([^']*)' is not one of (.*)\.", r"«\1», а можно: \2."),
        (r"(\w+) ('[^']*') does not exist\.", r"нет такого файла: \2."),
        (r"(\w+) ('[^']*') is a directory\.", r"это папка: \2."),
    )
)

STOPPED: Final = "Остановлено."
SEE_HELP: Final = "Справка: python -m bot --help"


def loading(name: str, number: int, files: int, rows: int) -> str:
    return f"Файл {number} из {files}, {name}. Строк всего: {rows}."


def loaded(new: int, changed: int, unchanged: int, wrong: int) -> str:
    return f"Новых: {new}. Изменено: {changed}. Без изменений: {unchanged}. С ошибками: {wrong}."


def in_russian(text: str) -> str:
    """The library's help or refusal, its own words replaced."""
    for pattern, said in _RUSSIAN:
        text = pattern.sub(said, text)
    return text


# --- init ---

INIT_WELCOME: Final = "Четыре вопроса. В скобках — то, что будет записано, если просто нажать Enter."
INIT_NO_TTY: Final = "Ответы кончились, файл не записан."
QUESTIONS: Final = {
    "bot_token": "1. Токен бота от @BotFather (при вводе не виден)",
    "municipality": "2. Как называется муниципалитет, например «Город Н»",
    "timezone": "3. Часовой пояс: город, «МСК+4» или имя вида Asia/Novosibirsk",
    "organiser": "4. Кто проводит мониторинг (орган управления образованием; будет стоять в согласиях)",
}
AS_BEFORE: Final = "прежний"


def wants(expected: str) -> str:
    return f"   Не подходит. Ожидается {expected.rstrip('…')}."


def zone_taken(name: str, clock: str) -> str:
    return f"   {name}, там сейчас {clock}."


def init_done(path: str) -> str:
    return (
        f"\nЗаписано: {path} (читать может только владелец).\n"
        "Остальные настройки — там же, с пояснениями.\n"
        "Проверить:  python -m bot doctor\n"
        "Запустить:  python -m bot run"
    )


# --- run ---

DATABASE_TOO_NEW: Final = (
    "База создана более новой версией бота. Обновите программу или верните копию: python -m bot restore ФАЙЛ"
)
DATABASE_DAMAGED: Final = "База повреждена, бот не запущен. Верните последнюю копию: python -m bot restore ФАЙЛ"
KEY_MISSING: Final = "Нет файла ключа (KEY_FILE). Верните его из отдельной копии: без него сообщения не прочесть."
KEY_BROKEN: Final = (
    "Файл ключа (KEY_FILE) испорчен: в нём должны быть 64 знака 0–9 и a–f. Верните его из отдельной копии."
)


def database_trouble(what: str) -> str:
    return f"База не открывается ({what}). Проверьте папку данных, права и место: python -m bot doctor"


def system_trouble(what: str, file: str) -> str:
    return f"Не получилось: {what}{f' ({file})' if file else ''}. Проверить всё: python -m bot doctor"


def first_coordinator(code: str, expires_at: datetime, zone: tzinfo) -> str:
    return f"Первый вход: отправьте боту «старт {code}» (действует до {clock(expires_at, zone)})"


def further_coordinator(code: str, expires_at: datetime, zone: tzinfo) -> str:
    return (
        f"Ещё один координатор отправляет боту «старт {code}» (действует до {clock(expires_at, zone)}). Если он уже координатор, "
        "роль останется, а поручится за него сервер. Отдайте код лично тому, кого знаете."
    )


# --- import ---


def to_apply(kind: str, file: str, count: int) -> str:
    written = plural(
        count, "Верная строка ещё не записана", "Верные строки ещё не записаны", "Верные строки ещё не записаны"
    )
    return f"{written} ({count}). Записать:  python -m bot import {kind} {shlex.quote(file)} --apply"


def marked_written(file: str) -> str:
    return f"Файл с пометками: {file}"


# --- export ---

MADE_IN_SHELL: Final = "администратор (консоль)"
PERIOD_UNCLEAR: Final = "Не понял, за какие дни. Например: сегодня, вчера, 23.04, «с 20 по 24.04», неделя, всё."


def exported(file: str, caption: str) -> str:
    return f"{file}: {caption}"


# --- backup, restore ---

NOTHING_TO_COPY: Final = "Копировать нечего: базы ещё нет, она появится при первом запуске."
NO_COPIES: Final = "Копий нет. Бот делает их каждую ночь, сделать сейчас:  python -m bot backup"


def copied(file: str, bytes_: int, rows: int) -> str:
    return f"Копия создана, {size(bytes_)}, проверена (строк: {rows}): {file}"


def keep_key_apart(key: str) -> str:
    return f"Ключ {key} в копию не входит: храните его копию отдельно, без него тексты горячей линии не прочесть."


def copy_line(file: str, bytes_: int) -> str:
    return f"{file}  {size(bytes_)}"


def how_to_restore(file: str) -> str:
    return f"Вернуть:  python -m bot restore {shlex.quote(file)}"


def restored(database: str, rows: int, kept: str, uncertain: int) -> str:
    lines = [f"{database}: копия на месте (строк: {rows})."]
    if kept:
        lines.append(f"Прежняя база сохранена: {kept}")
    if uncertain:
        lines.append(f"Сообщений, которые могли уже уйти: {uncertain}. Повторены будут только срочные, с пометкой.")
    return "\n".join(lines)


def left_as_it_is(database: str) -> str:
    return f"{database}: копии того же времени нет, оставлена как есть."


COPY_UNUSABLE: Final = "Эту копию вернуть нельзя: она повреждена или это не база бота. База осталась как была."
