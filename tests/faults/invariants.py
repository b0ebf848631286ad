"""I1–I12 of the reliability design, checked against the messenger's journal: what was promised is there, once."""

import hashlib
import io
import sqlite3
from collections import Counter
from collections.abc import Iterable
from itertools import combinations
from pathlib import Path

from openpyxl import load_workbook

from bot.sandbox.journal import Call
from tests.faults.boundaries import MARK
from tests.faults.expected import Deed
from tests.faults.findings import Findings, connect
from tests.faults.parent import COMPLAINT
from tests.faults.promised_cases import check_cases
from tests.faults.promised_reports import check_alerts, check_photos, check_reports
from tests.faults.staff import Coordinator
from tests.faults.town import SCHOOL, Town


async def check(town: Town, data: Path, temporary: Path) -> Findings:
    """After everything came to rest and the bot was stopped."""
    found = Findings()
    connection = connect(data)
    try:
        gone = _inbox(found, town, connection)
        found.take(_effects(town, connection, data, gone))
        _exports(found, town, connection)
        _messages(found, town, connection)
        _structure(found, connection)
        _orphans(found, connection, data, temporary)
        check_canary(found, data)
        _strangers(found, town)
    finally:
        connection.close()
    await check_cases(found, town, data, gone)
    return found


def _inbox(found: Findings, town: Town, connection: sqlite3.Connection) -> set[int]:
    """I1. Returns the updates that were set aside."""
    stored = {row[0]: row[1] for row in connection.execute("SELECT update_id, state FROM inbox")}
    for update in town.sandbox.world.updates.ledger:
        found.updates += 1
        if update.fate in ("confirmed", "expired", "dropped") and update.id not in stored:
            found.add("lost", f"update {update.id} ({update.kind}) was {update.fate} and is in no inbox")
        elif update.fate == "pending":
            found.add("", f"update {update.id} was never fetched")
    waiting = [number for number, state in stored.items() if state == "new"]
    if waiting:
        found.add("", f"updates still wait: {waiting}")
    aside = {number for number, state in stored.items() if state == "quarantined"}
    found.quarantined = len(aside)
    return aside


def _effects(town: Town, connection: sqlite3.Connection, data: Path, gone: set[int]) -> Findings:
    """What people did is there, once.

    An update is set aside when the process died over it again and again. Whether its effect was stored before one of
    those deaths cannot be known from outside, so either is right: of all such readings the best one counts.
    """
    deeds = [deed for actor in town.everybody for deed in actor.deeds]
    best = None
    for count in range(len(gone) + 1):
        for handled in combinations(sorted(gone), count):
            counted = [deed for deed in deeds if deed.update_id not in gone or deed.update_id in handled]
            expected = town.expected.after(counted)
            found = Findings()
            check_reports(found, town, connection, expected)
            check_photos(found, town, connection, expected, data)
            check_alerts(found, town, connection, expected)
            _imports(found, town, connection, counted)
            if not found.faults:
                return found
            if best is None or len(found.faults) < len(best.faults):
                best = found
    assert best is not None
    return best


def _imports(found: Findings, town: Town, connection: sqlite3.Connection, deeds: Iterable[Deed]) -> None:
    """Every confirmed file is in the plan, all its rows, once; an unconfirmed one is not."""
    applied = sum(deed.what == "apply" for deed in deeds)
    done = connection.execute("SELECT COUNT(*) FROM import_run WHERE state = 'applied'").fetchone()[0]
    if done > applied:
        found.add("doubled", f"{done} imports, {applied} were confirmed")
    if done < applied:
        found.add("lost", f"{done} imports, {applied} were confirmed")
    for actor in town.coordinators:
        assert isinstance(actor, Coordinator)
        for rows in actor.loaded:
            stored = sum(
                connection.execute(
                    "SELECT COUNT(*) FROM sitting WHERE date = ? AND class_name = ? AND subject = 'Математика'", row
                ).fetchone()[0]
                for row in rows
            )
            if stored not in (0, len(rows), 2 * len(rows)):  # two coordinators may load the same day
                found.add("lost", f"{stored} rows of {rows}")


def _exports(found: Findings, town: Town, connection: sqlite3.Connection) -> None:
    """Every order ended, with a file or a word; every workbook that reached somebody opens and is what was said of it."""
    for row in connection.execute(
        "SELECT id, state, error FROM export_job WHERE state NOT IN ('sent', 'failed', 'cancelled')"
    ):
        found.add("lost", f"order {row['id']} is {row['state']}")
    for row in connection.execute(
        "SELECT id, error FROM export_job j WHERE state = 'failed'"
        " AND NOT EXISTS (SELECT 1 FROM outbox WHERE dedupe_key = 'export:' || j.id)"
    ):
        found.add("lost", f"order {row['id']} failed ({row['error']}) without a word")
    files = town.sandbox.world.files
    documents = [
        message["document"]
        for actor in town.coordinators
        for message in town.sandbox.world.chats[actor.phone.id].messages.values()
        if "document" in message and message["from"]["is_bot"]
    ]
    for document in documents:
        try:
            load_workbook(io.BytesIO(files.content(files.need(document["file_id"]))), read_only=True).close()
        except Exception as error:
            found.add("", f"{document['file_name']} does not open: {error!r}")
    sent = connection.execute("SELECT COUNT(*) FROM export_job WHERE state = 'sent'").fetchone()[0]
    if len(documents) < sent:
        found.add("lost", f"{sent} files are marked as sent, {len(documents)} arrived")


def _messages(found: Findings, town: Town, connection: sqlite3.Connection) -> None:
    """I5, I6: copies are bounded by uncertain outcomes; nothing is sent without its cause."""
    copies = Counter(str(call.params[MARK]) for call in town.sandbox.journal if MARK in call.params and _arrived(call))
    rows = {row["dedupe_key"]: row for row in connection.execute("SELECT * FROM outbox")}
    for key, count in copies.items():
        row = rows.get(key)
        if row is None:
            found.add("", f"{key} was sent without a cause")
            continue
        repeat = row["repeat_class"]
        found.copies[repeat] = max(found.copies[repeat], count)
        if count > 1 + row["uncertain"]:
            found.add("doubled", f"{key}: {count} copies, {row['uncertain']} uncertain outcomes")
        if repeat == "ordinary" and count > 2:
            found.add("doubled", f"{key}: {count} copies of an ordinary message")
    for key, row in rows.items():
        if row["state"] == "sent" and not copies[key]:
            found.add("lost", f"{key} is marked as sent and was not")
        if row["state"] in ("uncertain", "failed", "unreachable"):
            found.listed += 1
        if row["state"] == "failed":
            found.add("", f"{key} failed: {row['error']}")


def _arrived(call: Call) -> bool:
    """A card that says it already has it as well."""
    return call.executed or "message is not modified" in call.description


def _structure(found: Findings, connection: sqlite3.Connection) -> None:
    """I10."""
    if (said_ := connection.execute("PRAGMA integrity_check").fetchone()[0]) != "ok":
        found.add("", f"integrity_check: {said_}")
    for row in connection.execute("PRAGMA foreign_key_check"):
        found.add("", f"foreign key: {tuple(row)}")
    for row in connection.execute("SELECT report_number, version, content, sha256 FROM report_version"):
        if hashlib.sha256(row["content"].encode()).hexdigest() != row["sha256"]:
            found.add("", f"report {row['report_number']} version {row['version']}: fingerprint")
    for row in connection.execute(
        "SELECT number, version FROM report r WHERE version > 0 AND NOT EXISTS"
        " (SELECT 1 FROM report_version v WHERE v.report_number = r.number AND v.version = r.version)"
    ):
        found.add("lost", f"version {row['version']} of report {row['number']} was not kept")


def check_canary(found: Findings, data: Path) -> None:
    """I9: what parents wrote stands in no file in clear."""
    for path in (path for path in data.rglob("*") if path.is_file()):
        if COMPLAINT.encode() in path.read_bytes():
            found.add("", f"words of a complaint in clear in {path.relative_to(data)}")


def _strangers(found: Findings, town: Town) -> None:
    """I12, beside what nobody expects of them: they are given no file and shown nothing of the school."""
    for stranger in town.strangers:
        for message in town.sandbox.world.chats[stranger.phone.id].messages.values():
            if message["from"]["is_bot"] and ("document" in message or SCHOOL in message.get("text", "")):
                found.add("", f"a stranger was shown {message.get('text', 'a file')!r}")


def _orphans(found: Findings, connection: sqlite3.Connection, data: Path, temporary: Path) -> None:
    """I11."""
    known = {row[0] for row in connection.execute("SELECT path FROM photo WHERE path <> ''")}
    photos, stems = data / "photos", {Path(one).stem for one in known}
    for path in (path for path in photos.rglob("*") if path.is_file()):
        # beside a photo lies its copy without metadata, by the same name
        if path.relative_to(photos).as_posix() not in known and path.name.split(".")[0] not in stems:
            found.add("", f"orphan photo {path.relative_to(data)}")
    kept = {row[0] for row in connection.execute("SELECT file_path FROM import_run")}
    for path in (data / "imports").glob("*"):
        if path.name not in kept:
            found.add("", f"orphan import {path.name}")
    for path in (data / "exports").glob("*"):
        found.add("", f"orphan export {path.name}")
    for path in temporary.rglob("*"):
        if path.is_file():
            found.add("", f"orphan temporary file {path.relative_to(temporary)}")
    for path in data.rglob("*.part"):
        found.add("", f"half a file {path.relative_to(data)}")
