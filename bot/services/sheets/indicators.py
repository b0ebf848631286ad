"""Indicators М1–М20 with what they are made of."""

from collections import Counter

from bot.domain.indicators import COUNTED, Indicator
from bot.domain.table import Chunks, Column, Kind, Table, Tone, Value
from bot.screens.indicators import aim, beside, shown
from bot.services.sheets.source import Source
from bot.texts import indicators as texts
from bot.texts import workbook as words


def indicators(source: Source) -> Table:
    """A row an indicator; one that lacks its data says so instead of showing a zero."""
    columns = (
        Column(words.INDICATOR, Kind.TEXT, 7),
        Column(words.INDICATOR_NAME, Kind.LONG, 30),
        Column(words.RESULT, Kind.TEXT, 20, ((texts.NOT_YET, Tone.MUTED),)),
        Column(words.NUMERATOR, Kind.NUMBER, 11),
        Column(words.DENOMINATOR, Kind.NUMBER, 13),
        Column(words.BESIDE, Kind.LONG, 22),
        Column(words.TARGET, Kind.TEXT, 10),
        Column(words.REACHED, Kind.TEXT, 12, ((words.NO, Tone.WARNING),)),
        Column(words.FORMULA, Kind.LONG, 46),
        Column(words.SOURCE_ROWS, Kind.LONG, 30),
    )

    async def rows() -> Chunks:
        yield [_line(each, source.tallies[words.INDICATORS]) for each in source.indicators]

    return Table(words.INDICATORS, columns, rows, source.caption(words.INDICATORS), frozen=2)


def _line(each: Indicator, tally: Counter[str]) -> list[Value]:
    name, formula, rows = texts.INDICATORS[each.code]
    measured = each.measured
    if measured is not None:
        tally[words.numerator_of(each.code)] = measured.numerator
        tally[words.denominator_of(each.code)] = measured.denominator
    return [
        each.code,
        name,
        shown(each),
        measured.numerator if measured else None,
        measured.denominator if measured and each.code not in COUNTED else None,
        beside(each),
        aim(each),
        {True: words.YES, False: words.NO, None: ""}[each.reached],
        formula,
        rows,
    ]
