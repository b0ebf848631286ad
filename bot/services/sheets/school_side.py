"""What schools did: steps of each work up to the upload of its results, and who has read their instruction."""

from datetime import datetime

from bot.domain.instruction import InstructionKind
from bot.domain.plan import Sitting
from bot.domain.school_day import SchoolStep, due_after
from bot.domain.table import Chunks, Column, Kind, Table, Tone, Value
from bot.services.sheets.source import PLACE, Source, place
from bot.texts import workbook as words
from bot.texts.natural import by_name
from storage import export_rows, school_steps
from storage.school_steps import Step


def uploads(source: Source) -> Table:
    """A row a work that was not cancelled: when the school says each step was done."""
    columns = (
        *PLACE,
        *(Column(title, Kind.MOMENT, 16) for title in words.STEPS.values()),
        Column(words.VIDEO, Kind.TEXT, 11, ((words.VIDEO_VALUES["no"], Tone.WARNING),)),
        Column(words.UPLOADED, Kind.MOMENT, 16),
        Column(words.DUE, Kind.DATE, 11),
        Column(words.UPLOAD_STATE, Kind.TEXT, 12, ((words.NOT_UPLOADED, Tone.MUTED), (words.UPLOAD_OVERDUE, Tone.BAD))),
    )

    async def rows() -> Chunks:
        planned = [sitting for sitting in source.sittings if not sitting.cancelled]
        for start in range(0, len(planned), export_rows.CHUNK):
            part = planned[start : start + export_rows.CHUNK]
            steps = await school_steps.of_sittings(source.reader, [sitting.id for sitting in part])
            yield [
                [
                    *place(sitting),
                    *(source.moment(_at(steps.get(sitting.id, {}).get(step))) for step in words.STEPS),
                    words.VIDEO_VALUES[found.value] if (found := steps.get(sitting.id, {}).get("video")) else "",
                    *_upload(source, sitting, steps.get(sitting.id, {}).get("uploaded")),
                ]
                for sitting in part
            ]

    return Table(words.UPLOADS, columns, rows, source.caption(words.UPLOADS), frozen=2)


def _upload(source: Source, sitting: Sitting, step: Step | None) -> list[Value]:
    due = due_after(SchoolStep.UPLOADED, sitting.date, source.days, source.zone)
    late = words.UPLOAD_OVERDUE if due <= source.summary.at else words.NOT_UPLOADED
    state = words.DONE if step else late
    source.tallies[words.UPLOADS][state] += 1
    return [source.moment(_at(step)), due.date(), state]


def _at(step: Step | None) -> datetime | None:
    return None if step is None else step.happened_at


def instructions(source: Source) -> Table:
    """Лист ознакомления: a row a reader of an instruction about a day of the period; the fingerprint is of what was read.

    «В сводке»: of a briefing about works of that school, which are what the chat counts.
    """
    columns = (
        Column(words.DATE, Kind.DATE, 11),
        Column(words.INSTRUCTION, Kind.LONG, 34),
        Column(words.INSTRUCTION_KIND, Kind.TEXT, 14),
        Column(words.SCHOOL, Kind.TEXT, 20),
        Column(words.READER, Kind.TEXT, 10),
        Column(words.READ_BY, Kind.MOMENT, 16),
        Column(words.READ_AT, Kind.MOMENT, 16),
        Column(words.LATE, Kind.TEXT, 9, ((words.NO, Tone.BAD),)),
        Column(words.IN_SUMMARY, Kind.TEXT, 9),
        Column(words.VERSION, Kind.NUMBER, 8),
        Column(words.FINGERPRINT, Kind.TEXT, 20),
    )

    async def rows() -> Chunks:
        lines = []
        planned = {(sitting.date, sitting.school_id) for sitting in source.sittings if not sitting.cancelled}
        tally = source.tallies[words.INSTRUCTIONS]
        readers = by_name(
            await export_rows.readers_within(source.reader, source.period, source.scope),
            lambda reader: reader["short_name"] or "",
        )
        for row in sorted(readers, key=lambda reader: (reader["day"], reader["id"])):
            in_time = row["read_at"] is not None and row["read_at"] <= row["read_by"]
            overdue = row["read_at"] is None and row["read_by"] < source.now_text
            counted = row["kind"] == InstructionKind.BRIEFING and (row["day"], row["school_id"]) in planned
            if counted:
                told = {words.IN_SUMMARY: True, words.READ_AT: row["read_at"] is not None, words.LATE: in_time}
                tally.update(name for name, holds in told.items() if holds)
            lines.append(
                [
                    row["day"],
                    row["title"],
                    words.INSTRUCTION_KINDS.get(row["kind"], row["kind"]),
                    row["short_name"] or "",
                    row["code"],
                    source.local(row["read_by"]),
                    source.local(row["read_at"]),
                    words.YES if in_time else (words.NO if row["read_at"] is not None or overdue else ""),
                    words.YES if counted else words.NO,
                    row["read_version"] or None,
                    (row["text_sha256"] or "")[:16],
                ]
            )
        yield lines

    return Table(words.INSTRUCTIONS, columns, rows, source.caption(words.INSTRUCTIONS))


def draws(source: Source) -> Table:
    """A row a draw about days of the period: with its seed and pool anybody can repeat it."""
    columns = (
        Column(words.DRAW, Kind.TEXT, 8),
        Column(words.FIRST_DAY, Kind.DATE, 11),
        Column(words.LAST_DAY, Kind.DATE, 11),
        Column(words.SEED, Kind.TEXT, 36),
        Column(words.POOL_SITTINGS, Kind.NUMBER, 12),
        Column(words.POOL_OBSERVERS, Kind.NUMBER, 14),
        Column(words.CHOSEN, Kind.NUMBER, 12),
        Column(words.DRAWN_AT, Kind.MOMENT, 16),
        Column(words.ASSIGNED_BY, Kind.TEXT, 12),
        Column(words.APPLIED_AT, Kind.MOMENT, 16),
    )

    async def rows() -> Chunks:
        yield [
            [
                str(row["id"]),
                row["first_day"],
                row["last_day"],
                row["seed"],
                len(row["pool"].get("sittings", ())),
                len(row["pool"].get("observers", ())),
                len(row["result"].get("choices", ())),
                source.local(row["drawn_at"]),
                row["code"] or "",
                source.local(row["applied_at"]),
            ]
            for row in await export_rows.draws_within(source.reader, source.period, source.scope)
        ]

    return Table(words.DRAWS, columns, rows, source.caption(words.DRAWS))
