"""What the codes mean, and how this file came about."""

from collections import Counter

from bot.domain.checklist import Checklist, Item
from bot.domain.checklist_file import load_checklist
from bot.domain.grid import item_place
from bot.domain.table import Bars, Chunks, Column, Kind, Table, Value, fixed
from bot.services.sheets.source import Source
from bot.texts import periods
from bot.texts import summary as summary_words
from bot.texts import workbook as words
from storage import grids

CHECKLIST = "vpr"
MOST_BARS = 10


def items(source: Source) -> Table:
    """Every item with its full wording, its basis, and how often it was violated in the period."""
    columns = (
        Column(words.ITEM, Kind.TEXT, 7),
        Column(words.LABEL, Kind.TEXT, 26),
        Column(words.WORDING, Kind.LONG, 50),
        Column(words.SEVERITY, Kind.TEXT, 13),
        Column(words.SHORT_FORM, Kind.TEXT, 10),
        Column(words.WORK_FORM, Kind.TEXT, 14),
        Column(words.STAGE, Kind.LONG, 24),
        Column(words.BASIS, Kind.LONG, 46),
        Column(words.VIOLATED, Kind.NUMBER, 14, summed=True),
    )

    async def rows() -> Chunks:
        checklist = load_checklist(CHECKLIST)
        found = Counter[str]()
        for _, code, count in await grids.violated_items(source.reader, source.period, source.scope):
            found[code] += count
        yield [_item(checklist, item, found[item.code]) for item in checklist.every_item]

    return Table(words.ITEMS, columns, rows, source.caption(words.ITEMS))


def _item(checklist: Checklist, item: Item, violated: int) -> list[Value]:
    return [
        item.code,
        item.label,
        item.wording,
        summary_words.SEVERITIES[item.severity.value],
        words.YES if item.short else "",
        words.FORMS[item.form.value] if item.form else words.ANY_FORM,
        checklist.stage(item.stage).title,
        "; ".join(checklist.basis_of(item)),
        violated,
    ]


def violated_items(source: Source) -> Table:
    """The items violated in the period, most first, with a chart."""
    columns = (
        Column(words.ITEM, Kind.TEXT, 7),
        Column(words.LABEL, Kind.TEXT, 28),
        Column(words.VIOLATED, Kind.NUMBER, 14, summed=True),
        Column(words.SEVERITY, Kind.TEXT, 13),
        Column(words.NEGATIVE, Kind.LONG, 70),
    )

    async def rows() -> Chunks:
        found = await grids.violated_items(source.reader, source.period, source.scope)
        lines: list[list[Value]] = []
        for checklist, code, count in sorted(found, key=lambda each: (-each[2], item_place(each[1]))):
            item = source.find_item(checklist, code)
            severity = summary_words.SEVERITIES[item.severity.value] if item else ""
            lines.append([code, item.label if item else "", count, severity, item.negative if item else ""])
        yield lines

    chart = Bars(words.CHART_ITEMS, 2, (3,), most=MOST_BARS)
    return Table(words.BY_ITEM, columns, rows, source.caption(words.BY_ITEM), chart=chart)


def about(source: Source) -> Table:
    """Period, filters, time, who, and how to read it."""
    made = source.summary.at.astimezone(source.zone)
    chosen = source.scope.schools
    names = [school.name for school in source.summary.schools if chosen is not None and school.school_id in chosen]
    lines = [
        (words.MUNICIPALITY, source.municipality),
        (words.PERIOD, periods.figures(source.period.first, source.period.last)),
        (words.FILTER, words.WHOLE_MUNICIPALITY if chosen is None else words.schools_chosen(names)),
        (words.MADE_AT, f"{made:%d.%m.%Y %H:%M}"),
        (words.MADE_BY, source.made_by),
        (words.ZONE, source.zone_name),
        *words.ABOUT_LINES,
    ]
    if source.hidden_cases:
        lines.append((words.HOTLINE, words.hidden_cases(source.hidden_cases)))
    columns = (Column(words.QUESTION, Kind.TEXT, 20), Column(words.CONTENTS, Kind.LONG, 90))
    return Table(words.ABOUT, columns, fixed(lines), source.caption(words.ABOUT), filters=False, portrait=True)
