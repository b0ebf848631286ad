"""What the day itself remembers: stages filled in afterwards, messages behind answers, days closed for corrections."""

from datetime import date, datetime

from bot.domain.people import Account
from storage.clock import from_text_or_none, to_text
from storage.database import Reader, Transaction

AFTERWARDS = ""  # the mark of a report that is filled in after the lesson


async def tell_stage(tx: Transaction, number: int, stage: str, happened_at: datetime | None, now: datetime) -> None:
    """When a stage was; told again, the last word counts."""
    await tx.execute(
        "INSERT INTO report_stage (report_number, stage, happened_at, told_at) VALUES (:number, :stage, :at, :now)"
        " ON CONFLICT (report_number, stage) DO UPDATE SET happened_at = :at, told_at = :now",
        number=number,
        stage=stage,
        at=to_text(happened_at) if happened_at else None,
        now=to_text(now),
    )


async def stages(reader: Reader, number: int) -> dict[str, datetime | None]:
    """Stage -> when it was. The key `AFTERWARDS` is there when the report is filled in after the lesson."""
    rows = await reader.fetch_all(
        "SELECT stage, happened_at FROM report_stage WHERE report_number = :number", number=number
    )
    return {row["stage"]: from_text_or_none(row["happened_at"]) for row in rows}


async def remember_message(tx: Transaction, account: Account, message_id: int, number: int, item: str) -> None:
    """This message said what `item` is about ('' = a whole dictated report)."""
    await tx.execute(
        "INSERT INTO typed_answer (platform, chat_id, message_id, report_number, item)"
        " VALUES (:platform, :chat, :message, :number, :item)"
        " ON CONFLICT (platform, chat_id, message_id) DO UPDATE SET report_number = :number, item = :item",
        platform=account.platform,
        chat=account.chat_id,
        message=message_id,
        number=number,
        item=item,
    )


async def said_by_message(reader: Reader, account: Account, message_id: int) -> tuple[int, str] | None:
    """(report, item) of a message that was an answer, or None."""
    row = await reader.fetch_one(
        "SELECT report_number, item FROM typed_answer"
        " WHERE platform = :platform AND chat_id = :chat AND message_id = :message",
        platform=account.platform,
        chat=account.chat_id,
        message=message_id,
    )
    return None if row is None else (row["report_number"], row["item"])


async def closing(reader: Reader, municipality_id: int, day: date) -> bool | None:
    """True: closed by hand, False: opened again by hand, None: only the clock decides."""
    value = await reader.fetch_value(
        "SELECT closed FROM day_closing WHERE municipality_id = :municipality AND day = :day",
        municipality=municipality_id,
        day=day.isoformat(),
    )
    return None if value is None else bool(value)


async def set_closing(
    tx: Transaction, municipality_id: int, day: date, *, closed: bool, by: int, now: datetime
) -> bool:
    """False when it was so already."""
    return bool(
        await tx.execute(
            "INSERT INTO day_closing (municipality_id, day, closed, changed_at, changed_by)"
            " VALUES (:municipality, :day, :closed, :at, :by)"
            " ON CONFLICT (municipality_id, day) DO UPDATE SET closed = :closed, changed_at = :at, changed_by = :by"
            " WHERE day_closing.closed <> :closed",
            municipality=municipality_id,
            day=day.isoformat(),
            closed=int(closed),
            at=to_text(now),
            by=by,
        )
    )
