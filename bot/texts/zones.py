"""How people name a time zone, and the IANA name it has."""

import re
from datetime import timedelta
from typing import Final
from zoneinfo import available_timezones

# In order of the clock; what `init` offers and what an error proposes.
RUSSIAN: Final = (
    ("Europe/Kaliningrad", "МСК−1", "Калининград"),
    ("Europe/Moscow", "МСК", "Москва, Санкт-Петербург, Казань, Краснодар, Нижний Новгород"),
    ("Europe/Samara", "МСК+1", "Самара, Ижевск"),
    ("Asia/Yekaterinburg", "МСК+2", "Екатеринбург, Челябинск, Пермь, Уфа, Тюмень, Оренбург"),
    ("Asia/Omsk", "МСК+3", "Омск"),
    ("Asia/Novosibirsk", "МСК+4", "Новосибирск"),
    ("Asia/Irkutsk", "МСК+5", "Иркутск, Улан-Удэ"),
    ("Asia/Yakutsk", "МСК+6", "Якутск, Благовещенск"),
    ("Asia/Vladivostok", "МСК+7", "Владивосток, Хабаровск"),
    ("Asia/Magadan", "МСК+8", "Магадан"),
    ("Asia/Kamchatka", "МСК+9", "Петропавловск-Камчатский"),
)
# Places whose zone has its own name.
OTHERS: Final = {
    "астрахань": "Europe/Astrakhan",
    "ульяновск": "Europe/Ulyanovsk",
    "саратов": "Europe/Saratov",
    "волгоград": "Europe/Volgograd",
    "киров": "Europe/Kirov",
    "симферополь": "Europe/Simferopol",
    "барнаул": "Asia/Barnaul",
    "томск": "Asia/Tomsk",
    "кемерово": "Asia/Novokuznetsk",
    "новокузнецк": "Asia/Novokuznetsk",
    "красноярск": "Asia/Krasnoyarsk",
    "чита": "Asia/Chita",
    "южно-сахалинск": "Asia/Sakhalin",
    "сахалин": "Asia/Sakhalin",
    "анадырь": "Asia/Anadyr",
}
_MOSCOW_OFFSET = 3
_OFFSET = re.compile(r"(мск|msk|utc|gmt)\s*([+-]\s*\d{1,2})?(?::?00)?", re.IGNORECASE)


def zone_of(said: str) -> str | None:
    """The IANA name meant by a city, «МСК+4», «UTC+7» or a name in the wrong case; None when nobody could tell."""
    folded = said.strip().casefold().replace("ё", "е").replace("−", "-").removeprefix("г.").strip()
    for name in available_timezones():
        if name.casefold() == folded.replace(" ", "_"):
            return name
    for name, _, cities in RUSSIAN:
        if folded in cities.casefold().split(", "):
            return name
    if folded in OTHERS:
        return OTHERS[folded]
    return _by_offset(folded)


def named(zone: str, offset: timedelta) -> str:
    """How a zone is said: «Новосибирск (МСК+4)»; `offset` is its difference from UTC at the moment that matters."""
    hours = round(offset.total_seconds() / 3600) - _MOSCOW_OFFSET
    against = "МСК" if not hours else f"МСК{'+' if hours > 0 else '−'}{abs(hours)}"
    city = next((cities.split(", ")[0] for name, _, cities in RUSSIAN if name == zone), "")
    city = city or next((place.title() for place, name in OTHERS.items() if name == zone), "")
    return f"{city} ({against})" if city else against


def _by_offset(folded: str) -> str | None:
    match = _OFFSET.fullmatch(folded)
    if match is None:
        return None
    hours = int((match[2] or "0").replace(" ", ""))
    place = hours + 1 if match[1] in ("мск", "msk") else hours - _MOSCOW_OFFSET + 1
    return RUSSIAN[place][0] if 0 <= place < len(RUSSIAN) else None
