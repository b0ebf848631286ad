"""Лист ознакомления: who read which instruction and when, as a document to sign and as rows of a table."""

import asyncio
from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from bot.domain.document import Block, Grid, Paragraph, PrintedDocument, Section, Title
from bot.domain.people import Actor
from bot.services.instructing import Instructing
from bot.texts import instructing as words
from bot.texts.time import day, day_and_clock
from storage.clock import from_text

WIDTHS = (1.0, 2.4, 5.2, 3.4, 3.2, 2.3)


class Acquaintance:
    def __init__(self, instructing: Instructing, zone: ZoneInfo, organiser: str) -> None:
        self._instructing = instructing
        self._zone = zone
        self._organiser = organiser

    async def document(self, actor: Actor, on: date) -> bytes | None:
        """The .docx for the works of a day; None when nothing was sent about them. For coordinators."""
        from bot.documents.docx import write_docx

        rows = await self._instructing.signed(actor, on)
        if not rows:
            return None
        return await asyncio.to_thread(write_docx, self._printed(rows, on))

    def _printed(self, rows: Sequence[tuple[str, ...]], on: date) -> PrintedDocument:
        titles = dict.fromkeys(row[0] for row in rows)
        blocks: list[Block] = [Title(words.SHEET_TITLE, day(on)), Paragraph(self._organiser)]
        for title in titles:
            lines = [row for row in rows if row[0] == title]
            table = tuple(self._line(number, row) for number, row in enumerate(lines, 1))
            blocks += [Section(title), Grid(words.SHEET_HEADER, table, WIDTHS)]
        blocks.append(Paragraph(words.SHEET_FOOTER))
        return PrintedDocument(blocks, words.SHEET_TITLE)

    def _line(self, number: int, row: tuple[str, ...]) -> tuple[str, ...]:
        _, _, code, name, school, version, read_at, _ = row
        when = day_and_clock(from_text(read_at), self._zone) if read_at and version != "0" else words.NOT_READ
        return (str(number), code, name, school, when, "")
