"""Indicators М1–М20: the list, and one with what it is made of."""

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from bot.domain.indicators import COUNTED, PER_HUNDRED, Indicator
from bot.domain.period import Period
from bot.domain.screen import Button, Screen, row, rows
from bot.screens.summary import said
from bot.texts import indicators as words
from bot.texts.time import day_and_clock

HOME = Button(words.HOME, "home")
A_PAGE = 10


def value(code: str, number: float | None, *, measurable: bool = True) -> str:
    return words.value(number, code, per_hundred=code in PER_HUNDRED, counted=code in COUNTED, measurable=measurable)


def listed(indicators: Sequence[Indicator], period: Period, today: date, page: int = 0) -> Screen:
    """Ten a page, in the order of their codes."""
    pages = max(1, -(-len(indicators) // A_PAGE))
    page = min(max(page, 0), pages - 1)
    shown = indicators[page * A_PAGE : (page + 1) * A_PAGE]
    lines = [words.title(said(period, today)), *(_line(each) for each in shown)]
    buttons = [Button(each.code, f"in:o:{period.code}:{each.code[1:]}") for each in shown]
    return Screen(
        "\n".join(lines),
        rows(
            *(tuple(buttons[at : at + 5]) for at in range(0, len(buttons), 5)),
            row(
                Button(words.EARLIER, f"in:l:{period.code}:{page - 1}") if page else None,
                Button(words.MORE, f"in:l:{period.code}:{page + 1}") if page + 1 < pages else None,
            ),
            (HOME,),
        ),
    )


def _line(each: Indicator) -> str:
    target = value(each.code, each.target.value) if each.target and each.target.value is not None else ""
    shown = value(each.code, each.value, measurable=each.parts is not None)
    return words.line(each.code, shown, target, words.reached(each.reached))


def card(each: Indicator, period: Period, zone: ZoneInfo, *, editable: bool) -> Screen:
    """Formula, numerator, denominator, where the rows are, and the target with its version."""
    target, version, set_at = "", 0, ""
    if each.target is not None and each.target.value is not None:
        target, version = value(each.code, each.target.value), each.target.version
        set_at = day_and_clock(each.target.set_at, zone)
    shown = value(each.code, each.value, measurable=each.parts is not None)
    number = each.code[1:]
    return Screen(
        words.card(each.code, shown, each.parts, target, version, set_at),
        rows(
            row(
                Button(words.SET_TARGET, f"in:t:{period.code}:{number}") if editable else None,
                Button(words.REMOVE_TARGET, f"in:r:{period.code}:{number}") if editable and target else None,
            ),
            (Button(words.BACK, f"in:l:{period.code}"), HOME),
        ),
    )


def ask_target(code: str, period: Period) -> Screen:
    return Screen(words.ask_target(code), ((Button(words.BACK, f"in:o:{period.code}:{code[1:]}"), HOME),))


def bad_target() -> Screen:
    return Screen(words.BAD_TARGET, ((HOME,),))
