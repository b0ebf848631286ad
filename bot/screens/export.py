"""What to export, and what came of it."""

from collections.abc import Sequence
from datetime import date, timedelta

from bot.domain.period import Period
from bot.domain.screen import Button, Screen, row, rows
from bot.texts import export as words
from bot.texts.time import day_of_month

HOME = Button(words.HOME, "home")


def choice(today: date, days: Sequence[date], whole: Period | None) -> Screen:
    """E2: a period, or one of the days that have sittings."""
    if whole is None:
        return Screen(words.NO_DAYS, ((HOME,),))
    yesterday = today - timedelta(days=1)
    others = [Button(day_of_month(day), _data(Period.day(day))) for day in days if day not in (today, yesterday)]
    return Screen(
        f"{words.ASK}\n{words.NAMES_LEFT_OUT}",
        rows(
            row(Button(words.TODAY, _data(Period.day(today))), Button(words.YESTERDAY, _data(Period.day(yesterday)))),
            row(Button(words.WEEK, _data(Period.week_of(today))), Button(words.WHOLE, _data(whole))),
            *(row(*others[at : at + 3]) for at in range(0, min(len(others), 9), 3)),
            (HOME,),
        ),
    )


def _data(period: Period) -> str:
    return f"ex:d:{period.code}"
