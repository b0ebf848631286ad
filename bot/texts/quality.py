"""What the rules of quality found, in words."""

from bot.texts.escape import esc

STATES = {"missing": "отчёта нет", "flagged": "стоит проверить", "ok": "замечаний нет", "verified": "принят"}
RULES = {
    "impossible_times": "указано время, которого не может быть",
    "too_many_present": "присутствовало больше, чем в списке",
    "answered_ahead": "ответы о работе даны до её начала",
    "preparation_unseen": "пришёл после начала, но ответил о подготовке",
    "duration": "длительность не совпадает с графиком",
    "too_fast": "ответы даны очень быстро",
    "little_seen": "больше половины пунктов не наблюдали",
    "observers_disagree": "наблюдатели одной работы расходятся",
    "school_says_otherwise": "время расходится с отметками школы",
}


def flag(rule: str, codes: tuple[str, ...], minutes: int) -> str:
    tail = f" ({esc(', '.join(codes[:8]))})" if codes else f" (на {minutes} мин)" if minutes else ""
    return f"Проверить: {RULES[rule]}{tail}."
