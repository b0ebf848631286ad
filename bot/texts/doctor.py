"""What `doctor` reports: one line a check, and under it what to do."""

from collections.abc import Sequence
from typing import Final

from bot.texts.plural import counted
from bot.texts.size import size

TITLE_WIDTH: Final = 20

SETTINGS: Final = "Файл .env"
TOKEN: Final = "Токен бота"  # noqa: S105 - the name of a check
REACH: Final = "Доступ к Telegram"
CLOCK: Final = "Часы компьютера"
ZONE: Final = "Часовой пояс"
DATABASE: Final = "База данных"
DISK: Final = "Место на диске"
FONT: Final = "Шрифт для картинок"
BACKUPS: Final = "Резервные копии"
SCHEDULE: Final = "Расписание"


def line(number: int, title: str, *, ok: bool, said: str) -> str:
    return f"{number:>2} {f'{title} ':.<{TITLE_WIDTH}} {'OK ' if ok else 'FIX'} {said}".rstrip()


def remedy(text: str) -> str:
    return f"     {text}"


def total(good: int, bad: int) -> str:
    return f"Итог: {good} OK" + (f", {bad} исправить" if bad else ". Всё готово: python -m bot run")


# --- settings, token, reach, clock, zone ---

SETTINGS_FIT: Final = "все настройки подходят"
SETTINGS_FIRST: Final = "Остальное проверю, когда настройки станут верными."


def bot_name(username: str) -> str:
    return f"@{username}"


REFUSED: Final = "Telegram его не принимает"
TOKEN_REMEDY: Final = ("Возьмите новый у @BotFather (/mybots → API Token)", "и впишите в .env:   BOT_TOKEN=…")
NOT_TRIED: Final = "не проверить: нет связи"
NOT_TRIED_REMEDY: Final = ("Сначала наладьте доступ к Telegram.",)


def telegram_said(code: int) -> str:
    return f"ответ {code}"


def reached(root: str, seconds: float) -> str:
    return f"{root}, ответ за {f'{seconds:.1f}'.replace('.', ',')} с"


def not_reached(seconds: float, what: str) -> str:
    """`what` is the class of the failure."""
    if "DNS" in what:
        return "адрес не находится (DNS)"
    if "Timeout" in what:
        return f"нет ответа {seconds:.0f} с"
    if "SSL" in what or "Certificate" in what:
        return "сертификат сервера не проходит проверку"
    if "Proxy" in what:
        return "прокси не отвечает или не пускает"
    return "соединение не устанавливается"


REACH_REMEDY: Final = (
    "Прокси в .env:   BOT_PROXY_URL=socks5://адрес:порт",
    "или свой сервер: BOT_API_ROOT=https://…",
)


CLOCK_RIGHT: Final = "идут верно"


def clock_wrong(seconds: float) -> str:
    return f"{'спешат' if seconds > 0 else 'отстают'} на {spoken(abs(seconds))}"


def spoken(seconds: float) -> str:
    if seconds < 120:
        return f"{seconds:.0f} с"
    if seconds < 7200:
        return f"{seconds / 60:.0f} мин"
    return f"{seconds / 3600:.0f} ч"


CLOCK_REMEDY: Final = ("Включите сверку времени:   sudo timedatectl set-ntp true",)
CLOCK_NOT_TRIED: Final = "не сверить: нет связи"


def zone(name: str, clock: str) -> str:
    return f"{name} (сейчас {clock})"


# --- database, disk ---


def database(path: str, bytes_: int) -> str:
    return f"{path}, {size(bytes_)}"


def database_to_be(path: str) -> str:
    return f"{path} появится при первом запуске"


def database_older(path: str) -> str:
    return f"{path}, обновится при запуске (копия делается сама)"


DATABASE_TOO_NEW: Final = "создана более новой версией бота"
DATABASE_TOO_NEW_REMEDY: Final = ("Обновите программу: git pull", "или верните копию: python -m bot restore ФАЙЛ")
DATABASE_DAMAGED: Final = "повреждена"
DATABASE_DAMAGED_REMEDY: Final = ("Остановите бота и верните последнюю копию: python -m bot restore ФАЙЛ",)
DATABASE_UNREADABLE: Final = "не открывается"


def folder_closed(path: str) -> str:
    return f"в папку {path} нельзя писать"


def folder_remedy(path: str) -> tuple[str, ...]:
    return (f"Дайте права: sudo chown -R $USER {path}", "или другая папка в .env:   DATA_DIR=…")


def free(bytes_: int) -> str:
    return f"свободно {size(bytes_)}"


def disk_remedy(path: str) -> tuple[str, ...]:
    return (f"Нужен хотя бы 1 ГБ. Освободите место там, где {path},", "или другая папка в .env:   DATA_DIR=…")


# --- font, backups, schedule ---

FONT_RIGHT: Final = "кириллица, № ✓ !"
FONT_SAMPLE: Final = "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдеёжзийклмнопрстуфхцчшщъыьэюя0123456789№✓!«»—–…"


def font_lacks(signs: Sequence[str]) -> str:
    return f"нет знаков: {' '.join(signs)}"


FONT_MISSING: Final = "файл шрифта не читается"
FONT_REMEDY: Final = ("Шрифт лежит рядом с программой. Верните файлы: git checkout -- bot",)


def backups(count: int, newest: str) -> str:
    return f"{counted(count, 'копия', 'копии', 'копий')}, последняя {newest}"


NO_BACKUPS: Final = "пока ни одной"


def backup_old(newest: str) -> str:
    return f"последняя {newest}"


BACKUP_REMEDY: Final = ("Сделать сейчас:   python -m bot backup",)


def schedule(sittings: int, schools: int) -> str:
    return (
        f"впереди {counted(sittings, 'работа', 'работы', 'работ')}, {counted(schools, 'школа', 'школы', 'школ')} всего"
    )


SCHEDULE_EMPTY: Final = "впереди ни одной работы"
SCHEDULE_REMEDY: Final = ("Пришлите файл боту или:   python -m bot import schedule график.xlsx",)
