"""What is said about settings that cannot be used."""

from typing import Final

from bot.texts.zones import zone_of

EXPECTED: Final = {
    "bot_token": "токен от @BotFather вида 123456789:AAF…",
    "municipality": "название муниципалитета, от 2 до 80 знаков",
    "timezone": "имя зоны из базы IANA, например Asia/Novosibirsk",
    "bot_api_root": "адрес вида https://api.telegram.org",
    "bot_proxy_url": "адрес вида socks5://имя:пароль@адрес:порт",
    "data_dir": "папка для данных",
    "database_url": "sqlite:///путь/к/файлу.db",
    "webhook_url": "адрес вида https://bot.example.ru/telegram",
    "webhook_secret": "от 1 до 256 знаков: латиница, цифры, _ и -",
    "webhook_port": "номер порта от 1 до 65535",
    "custodian_key": "открытый ключ хранителя из 48 знаков (его печатает python -m bot keys custodian)",
    "report_form": "short или full",
    "report_mode": "forced или fast",
    "personal_data": "true или false",
    "untrained_observers": "warn или forbid",
    "observer_day_load": "число от 1 до 6",
    "schedule_approval": "true или false",
    "report_deadline_hours": "часы от 1 до 48",
    "report_addons": "буквы этапов через запятую, например Д,Е",
    "schools_see_reports": "true или false",
    "corrections_until": "время вида 20:00",
    "hotline_group_id": "число, номер группы вида -1001234567890",
    "messages_per_second": "число от 1 до 25 или 0 (не ограничивать)",
    "disk_reserve_mb": "число мегабайт, от 0",
    "health_port": "номер порта от 1 до 65535",
    "log_level": "DEBUG, INFO, WARNING или ERROR",
    "official_appeal_url": "адрес вида https://www.gosuslugi.ru",
}

NOT_UTF8: Final = "Файл .env сохранён не в UTF-8. Откройте его в редакторе и сохраните в кодировке UTF-8."


def missing(name: str, expected: str) -> str:
    return f"{name}: не задано, ожидается {expected} (впишите в .env или ответьте: python -m bot init)"


def unknown(name: str, line: int, meant: str) -> str:
    return f".env, строка {line}: {name}: такой настройки нет, похоже на {meant}"


def wrong(name: str, line: int | None, value: str | None, expected: str) -> str:
    """`value` is None for a secret; `line` is None when the value came from the environment."""
    where = "переменная окружения" if line is None else f".env, строка {line}"
    said = f"{name}={value}" if value is not None else f"{name}: значение не подходит"
    return f"{where}: {said}, ожидается {expected}"


def expected_for(name: str, value: str) -> str:
    """What would be right, as near as possible to what was written."""
    if name == "timezone" and (zone := zone_of(value)):
        return zone
    return EXPECTED.get(name, "значение другого вида")
