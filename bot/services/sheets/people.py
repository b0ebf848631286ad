"""Observers by name: only in the copy that never leaves the server by itself."""

from bot.domain.table import Chunks, Column, Kind, Table
from bot.services.sheets.source import Source
from bot.texts import workbook as words
from storage import export_rows


def observers(source: Source) -> Table:
    """A row an observer: the code that all other sheets use, and who it is."""
    columns = (
        Column(words.OBSERVER, Kind.TEXT, 14),
        Column(words.FULL_NAME, Kind.TEXT, 36),
        Column(words.PHONE, Kind.TEXT, 18),
        Column(words.SENT_BY, Kind.LONG, 30),
        Column(words.ORDER_REF, Kind.LONG, 26),
        Column(words.TRAINED, Kind.MOMENT, 16),
        Column(words.WORKS, Kind.NUMBER, 8),
    )

    async def rows() -> Chunks:
        yield [
            [
                row["code"],
                row["full_name"],
                row["phone"],
                row["sent_by"],
                row["order_ref"],
                source.local(row["trained_at"]),
                row["works"],
            ]
            for row in await export_rows.observers_by_name(source.reader, source.period, source.scope)
        ]

    return Table(words.OBSERVERS, columns, rows, source.caption(words.OBSERVERS))
