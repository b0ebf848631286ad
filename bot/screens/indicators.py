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
    here = indicators[page * A_PAGE : (page + 1) * A_PAGE]
    lines = [words.title(said(period, today)), *(_line(each) for each in here)]
    buttons = [Button(each.code, f"in:o:{period.code}:{each.code[1:]}") for each in here]
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
    return words.line(each.code, shown(each), aim(each), words.reached(each.reached), beside(each))


def shown(each: Indicator) -> str:
    return value(each.code, each.value, measurable=each.measured is not None)


def aim(each: Indicator) -> str:
    """The target, «» when none is set."""
    return value(each.code, each.target.value) if each.target and each.target.value is not None else ""


def beside(each: Indicator) -> str:
    """In words, «» when there is nothing beside the value."""
    if each.measured is None or each.measured.beside is None:
        return ""
    return words.beside(each.code, *each.measured.beside)


def card(each: Indicator, period: Period, zone: ZoneInfo, *, editable: bool) -> Screen:
    """Formula, numerator, denominator, where the rows are, and the target with its version."""
    target, version, set_at = aim(each), 0, ""
    if each.target is not None and target:
        version, set_at = each.target.version, day_and_clock(each.target.set_at, zone)
    measured, number = each.measured, each.code[1:]
    parts = None if measured is None or each.code in COUNTED else (measured.numerator, measured.denominator)
    return Screen(
        words.card(each.code, shown(each), parts, beside(each), target, version, set_at),
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
