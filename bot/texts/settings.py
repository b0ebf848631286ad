"""What is said about settings that cannot be used."""

EXPECTED = {
    "bot_token": "токен от @BotFather вида 123456789:AAF…",
    "municipality": "название муниципалитета, от 2 до 80 знаков",
    "timezone": "имя зоны из базы IANA, например Asia/Novosibirsk",
    "bot_api_root": "адрес вида https://api.telegram.org",
    "bot_proxy_url": "адрес вида socks5://имя:пароль@адрес:порт",
    "data_dir": "папка для данных",
    "database_url": "sqlite:///путь/к/файлу.db",
    "webhook_secret": "от 1 до 256 знаков: латиница, цифры, _ и -",
    "webhook_port": "номер порта",
    "report_form": "short или full",
    "report_mode": "forced или fast",
    "report_deadline_hours": "часы от 1 до 48",
    "hotline_group_id": "число, номер группы вида -1001234567890",
    "health_port": "номер порта",
    "log_level": "DEBUG, INFO, WARNING или ERROR",
    "official_appeal_url": "адрес вида https://www.gosuslugi.ru",
}

NOT_UTF8 = "Файл .env сохранён не в UTF-8. Откройте его в редакторе и сохраните в кодировке UTF-8."


def wrong(name: str, line: int | None, *, missing: bool) -> str:
    where = f".env, строка {line}: {name}" if line else name
    expected = EXPECTED.get(name.lower(), "значение другого вида")
    if missing:
        return f"{name}: не задано. Ожидается {expected}. Впишите в файл .env (образец: .env.example)."
    return f"{where}: значение не подходит. Ожидается {expected}."
