"""Photos and the journal of the hotline: what there is, never who is behind it."""

from datetime import datetime

from bot.domain.drill_words import photo_payload
from bot.domain.hotline.case import Case
from bot.domain.table import Chunks, Column, Kind, Link, Table, Tone, Value
from bot.services.sheets.source import PLACE, Source, moments, place
from bot.texts import drill as drill_words
from bot.texts import hotline as hotline_words
from bot.texts import hotline_desk as desk_words
from bot.texts import photos as photo_words
from bot.texts import workbook as words
from storage import export_rows
from storage.hotline import cases
from storage.sqlite import Row


def photos(source: Source) -> Table:
    """A row a photo of the ledger's reports, by the number under which the bot keeps it; a copy sent twice is marked.

    With a link that opens the photo in the bot, for whoever may see it; with what to write to the bot while its address
    is not known.
    """
    columns = (
        *PLACE,
        Column(words.REPORT, Kind.TEXT, 9),
        Column(words.PHOTO, Kind.TEXT, 9),
        Column(words.ITEM, Kind.TEXT, 7),
        Column(words.ON_PHOTO, Kind.LONG, 20),
        Column(words.PHOTO_CAME, Kind.MOMENT, 16),
        Column(words.PHOTO_STATE, Kind.TEXT, 14),
        Column(words.PIXELS, Kind.TEXT, 15),
        Column(words.KILOBYTES, Kind.NUMBER, 9),
        Column(words.SAME_AS, Kind.TEXT, 9),
        Column(words.FINGERPRINT, Kind.TEXT, 18),
        Column(words.OPEN_PHOTO, Kind.LINK, 12) if source.link else Column(words.OPEN_PHOTO, Kind.TEXT, 20),
    )

    async def rows() -> Chunks:
        first_of: dict[str, int] = {}
        async for chunk in source.reports():
            of = {row["number"]: row["sitting_id"] for row in chunk}
            yield [
                _photo(source, row, of[row["report_number"]], first_of)
                for row in await export_rows.photos_of(source.reader, list(of))
            ]

    return Table(words.PHOTOS_SHEET, columns, rows, source.caption(words.PHOTOS_SHEET), frozen=2)


def _photo(source: Source, row: Row, sitting_id: int, first_of: dict[str, int]) -> list[Value]:
    same = first_of.setdefault(row["sha256"], row["id"]) if row["sha256"] else row["id"]
    report, photo = row["report_number"], row["id"]
    address = source.link + photo_payload(report, photo)
    opened = Link(words.OPEN, address) if source.link else drill_words.one_photo(report, photo)
    return [
        *place(source.sitting[sitting_id]),
        str(row["report_number"]),
        words.photo_name(row["id"]),
        row["item"],
        photo_words.SUBJECTS.get(row["subject"], row["subject"]),
        source.local(row["received_at"]),
        words.PHOTO_STATES[row["state"]],
        f"{row['width']}×{row['height']}" if row["width"] else "",
        round(row["size"] / 1024) if row["size"] else None,
        words.photo_name(same) if same != row["id"] else "",
        row["sha256"][:16],
        opened,
    ]


def hotline(source: Source) -> Table:
    """The journal: number, section, state and times of a message; no text, no contact, nobody's name.

    A row each accepted message, joined ones too: what the chat calls new, and the denominator of М14; not those
    about a school in which whoever ordered the file has an interest.
    """
    columns = (
        Column(words.CASE, Kind.TEXT, 16),
        Column(words.ACCEPTED, Kind.MOMENT, 16),
        Column(words.CHANNEL, Kind.TEXT, 12),
        Column(words.SECTION, Kind.LONG, 24),
        Column(words.SCHOOL, Kind.TEXT, 20),
        Column(words.URGENCY, Kind.TEXT, 11, ((words.URGENCIES["critical"], Tone.BAD),)),
        Column(words.HOW_ANSWERED, Kind.TEXT, 14),
        Column(words.CASE_STATE, Kind.TEXT, 16),
        Column(words.DUE, Kind.MOMENT, 16),
        Column(words.ANSWERED_AT, Kind.MOMENT, 16),
        Column(words.LATE, Kind.TEXT, 9, ((words.NO, Tone.BAD),)),
        Column(words.CASE_OUTCOME, Kind.TEXT, 18),
        Column(words.RATING, Kind.TEXT, 16),
    )

    async def rows() -> Chunks:
        names = await export_rows.school_names(source.reader)
        days = moments(source.period, source.zone)
        answered = await cases.answered(source.reader, *days)
        found = await cases.accepted_between(source.reader, *days)
        shown = [case for case in found if case.school_id is None or case.school_id not in source.hidden_schools]
        yield [_case(source, case, names, answered.get(case.id)) for case in shown]

    return Table(words.HOTLINE, columns, rows, source.caption(words.HOTLINE))


def _case(source: Source, case: Case, names: dict[int, str], answered: datetime | None) -> list[Value]:
    in_time = (answered or source.summary.at) <= case.due_at
    return [
        hotline_words.number(case.year, case.number),
        source.moment(case.accepted_at),
        words.CHANNELS[case.channel.value],
        hotline_words.SECTIONS[case.category.value],
        names.get(case.school_id or 0, ""),
        words.URGENCIES[case.urgency.value],
        desk_words.LEVELS[case.level.value],
        desk_words.STATUSES[case.status.value],
        source.moment(case.due_at),
        source.moment(answered),
        "" if answered is None and in_time else (words.YES if in_time else words.NO),
        desk_words.OUTCOMES[case.outcome.value] if case.outcome else "",
        desk_words.RATINGS[case.rating.value] if case.rating else "",
    ]
