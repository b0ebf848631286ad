"""Photos: kept by the messenger's id at once, their bytes later."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.people import Account
from bot.domain.photo import look_alike
from storage.clock import to_text
from storage.database import Reader, Transaction
from storage.sqlite import Row


@dataclass(frozen=True, slots=True)
class NewPhoto:
    person_id: int
    account: Account
    message_id: int
    file_id: str
    file_unique_id: str
    as_document: bool
    media_group_id: str = ""
    declared_size: int | None = None
    report_number: int | None = None
    item: str = ""
    subject: str = ""
    alert_number: int | None = None


@dataclass(frozen=True, slots=True)
class StoredPhoto:
    id: int
    report_number: int | None
    item: str
    subject: str
    person_id: int
    file_id: str
    as_document: bool
    state: str
    tries: int
    path: str
    sha256: str
    size: int | None
    received_at: str
    clean_path: str  # of the copy without metadata, '' when there is none


_COLUMNS = (
    "id, report_number, item, subject, person_id, file_id, as_document, state, tries, path, sha256, size, received_at,"
    " clean_path"
)


async def add(tx: Transaction, photo: NewPhoto, now: datetime) -> tuple[int, bool]:
    """Keep it; (id, whether it is new). Idempotent by chat and message."""
    photo_id = await tx.fetch_value(
        "INSERT INTO photo (report_number, alert_number, item, subject, person_id, platform, chat_id, message_id, media_group_id,"
        " file_id, file_unique_id, as_document, declared_size, next_try_at, received_at)"
        " VALUES (:report, :alert, :item, :subject, :person, :platform, :chat, :message, :group, :file, :unique, :document,"
        " :size, :at, :at) ON CONFLICT (platform, chat_id, message_id) DO NOTHING RETURNING id",
        report=photo.report_number,
        alert=photo.alert_number,
        item=photo.item,
        subject=photo.subject,
        person=photo.person_id,
        platform=photo.account.platform,
        chat=photo.account.chat_id,
        message=photo.message_id,
        group=photo.media_group_id,
        file=photo.file_id,
        unique=photo.file_unique_id,
        document=int(photo.as_document),
        size=photo.declared_size,
        at=to_text(now),
    )
    if photo_id is not None:
        return int(photo_id), True
    held = await tx.fetch_value(
        "SELECT id FROM photo WHERE platform = :platform AND chat_id = :chat AND message_id = :message",
        platform=photo.account.platform,
        chat=photo.account.chat_id,
        message=photo.message_id,
    )
    return int(held), False


async def attach(
    tx: Transaction, photo_ids: list[int], person_id: int, report_number: int, item: str, subject: str
) -> int:
    """Say what photos out of nowhere belong to; only this person's."""
    changed = 0
    for photo_id in photo_ids:
        changed += await tx.execute(
            "UPDATE photo SET report_number = :report, item = :item, subject = :subject"
            " WHERE id = :id AND person_id = :person AND state <> 'deleted'",
            id=photo_id,
            person=person_id,
            report=report_number,
            item=item,
            subject=subject,
        )
    return changed


async def place(tx: Transaction, person_id: int, report_number: int, item: str) -> int:
    """This person's photos of a report that belong to no item and show nobody knows what, belong to this item."""
    return await tx.execute(
        "UPDATE photo SET item = :item WHERE report_number = :report AND person_id = :person AND item = '' AND subject = ''"
        " AND state IN ('pending', 'stored')",
        item=item,
        report=report_number,
        person=person_id,
    )


async def describe(tx: Transaction, person_id: int, report_number: int, item: str, subject: str) -> int:
    """What is on this person's photos of the item (or of the whole report) of which it was not said yet."""
    return await tx.execute(
        "UPDATE photo SET subject = :subject WHERE report_number = :report AND person_id = :person AND item = :item"
        " AND subject = '' AND state IN ('pending', 'stored')",
        subject=subject,
        item=item,
        report=report_number,
        person=person_id,
    )


async def loose(reader: Reader, person_id: int) -> list[int]:
    """Photos of a person that belong to nothing yet, oldest first."""
    rows = await reader.fetch_all(
        "SELECT id FROM photo WHERE person_id = :person AND report_number IS NULL AND alert_number IS NULL"
        " AND state IN ('pending', 'stored')"
        " ORDER BY id",
        person=person_id,
    )
    return [row[0] for row in rows]


async def count(reader: Reader, report_number: int) -> int:
    """Photos of a report that were not refused or deleted."""
    return int(
        await reader.fetch_value(
            "SELECT COUNT(*) FROM photo WHERE report_number = :report AND state IN ('pending', 'stored')",
            report=report_number,
        )
    )


async def count_for(reader: Reader, report_number: int, item: str, since: datetime) -> int:
    """Photos to one item that came since a moment: what one confirmation is about."""
    return int(
        await reader.fetch_value(
            "SELECT COUNT(*) FROM photo WHERE report_number = :report AND item = :item AND received_at >= :since"
            " AND state IN ('pending', 'stored')",
            report=report_number,
            item=item,
            since=to_text(since),
        )
    )


async def of_report(reader: Reader, report_number: int) -> list[StoredPhoto]:
    rows = await reader.fetch_all(
        f"SELECT {_COLUMNS} FROM photo WHERE report_number = :report AND state <> 'deleted' ORDER BY id",
        report=report_number,
    )
    return [_photo(row) for row in rows]


async def of_alert(reader: Reader, alert_number: int) -> list[StoredPhoto]:
    rows = await reader.fetch_all(
        f"SELECT {_COLUMNS} FROM photo WHERE alert_number = :alert AND state IN ('pending', 'stored') ORDER BY id",
        alert=alert_number,
    )
    return [_photo(row) for row in rows]


async def pending(reader: Reader, now: datetime, limit: int = 10) -> list[StoredPhoto]:
    """Photos whose bytes are to be fetched now."""
    rows = await reader.fetch_all(
        f"SELECT {_COLUMNS} FROM photo WHERE state = 'pending' AND next_try_at <= :now ORDER BY next_try_at, id LIMIT :limit",
        now=to_text(now),
        limit=limit,
    )
    return [_photo(row) for row in rows]


async def stored(
    tx: Transaction,
    photo_id: int,
    now: datetime,
    *,
    path: str,
    sha256: str,
    size: int,
    mime: str,
    width: int,
    height: int,
    dhash: str,
    clean_path: str,
    had_place: bool,
    near_id: int | None,
) -> bool:
    """Its bytes are on the disk; False when that was known."""
    changed = await tx.execute(
        "UPDATE photo SET state = 'stored', path = :path, sha256 = :sha256, size = :size, mime = :mime, width = :width,"
        " height = :height, dhash = :dhash, stored_at = :at, state_reason = '', clean_path = :clean, had_place = :place,"
        " near_id = :near WHERE id = :id AND state = 'pending'",
        id=photo_id,
        path=path,
        sha256=sha256,
        size=size,
        mime=mime,
        width=width,
        height=height,
        dhash=dhash,
        clean=clean_path,
        place=int(had_place),
        near=near_id,
        at=to_text(now),
    )
    return bool(changed)


async def near(reader: Reader, photo: StoredPhoto, sha256: str, dhash: str) -> int | None:
    """The earliest earlier photo with the same bytes, or one of the same person or report that looks nearly the same."""
    rows = await reader.fetch_all(
        "SELECT id, sha256, dhash FROM photo WHERE id < :id AND state = 'stored'"
        " AND (sha256 = :sha256 OR person_id = :person OR report_number = :report) ORDER BY id LIMIT 2000",
        id=photo.id,
        sha256=sha256,
        person=photo.person_id,
        report=photo.report_number,
    )
    return next((row["id"] for row in rows if row["sha256"] == sha256 or look_alike(row["dhash"], dhash)), None)


async def refused(reader: Reader, media_group_id: str) -> int:
    """How many photos of an album could not be used."""
    return int(
        await reader.fetch_value(
            "SELECT COUNT(*) FROM photo WHERE media_group_id = :group AND state = 'refused'", group=media_group_id
        )
    )


async def judge(tx: Transaction, photo_id: int, verdict: str, by: int) -> bool:
    """What a coordinator says about it, `confirms` or `no`; False when it is gone."""
    return bool(
        await tx.execute(
            "UPDATE photo SET verdict = :verdict, judged_by = :by WHERE id = :id AND state IN ('pending', 'stored')",
            id=photo_id,
            verdict=verdict,
            by=by,
        )
    )


async def one(reader: Reader, photo_id: int) -> StoredPhoto | None:
    row = await reader.fetch_one(f"SELECT {_COLUMNS} FROM photo WHERE id = :id", id=photo_id)
    return None if row is None else _photo(row)


async def near_of(reader: Reader, photo_id: int) -> int | None:
    """The earlier photo it looks like, as it was found when it was stored."""
    value = await reader.fetch_value("SELECT near_id FROM photo WHERE id = :id", id=photo_id)
    return None if value is None else int(value)


async def try_later(tx: Transaction, photo_id: int, at: datetime, why: str) -> None:
    await tx.execute(
        "UPDATE photo SET tries = tries + 1, next_try_at = :at, state_reason = :why WHERE id = :id AND state = 'pending'",
        id=photo_id,
        at=to_text(at),
        why=why,
    )


async def drop(tx: Transaction, photo_id: int, state: str, why: str) -> bool:
    """Refuse it (not a picture, too large) or delete it; False when that was done before."""
    return bool(
        await tx.execute(
            "UPDATE photo SET state = :state, state_reason = :why WHERE id = :id AND state NOT IN ('refused', 'deleted')",
            id=photo_id,
            state=state,
            why=why,
        )
    )


def _photo(row: Row) -> StoredPhoto:
    values = dict(row)
    return StoredPhoto(**values | {"as_document": bool(row["as_document"])})
