"""I2–I4, I7, I11: reports, photos and alerts are what their people said, once."""

import hashlib
import re
import sqlite3
from pathlib import Path

from bot.domain.report import ReportState
from tests.faults.expected import Expected, said
from tests.faults.findings import Findings
from tests.faults.town import Town

RECEIPT = re.compile(r"Отчёт (\d+) принят")


def check_reports(found: Findings, town: Town, connection: sqlite3.Connection, expected: Expected) -> None:
    """I2, I3, I7: each report is what its owner said last, sent as often as they sent it; a receipt is never a lie."""
    acked = _acked(town)
    for number, report in expected.reports.items():
        row = connection.execute("SELECT state, version FROM report WHERE number = ?", (number,)).fetchone()
        answers = {
            one["item"]: (one["value"], one["comment"])
            for one in connection.execute("SELECT item, value, comment FROM answer WHERE report_number = ?", (number,))
        }
        if answers != said(report):
            wrong = {
                code: (answers.get(code), want) for code, want in said(report).items() if answers.get(code) != want
            }
            extra = {code: got for code, got in answers.items() if code not in report.answers}
            found.add("lost", f"report {number}: item → (stored, said) {wrong}, never said {extra}")
        if row["state"] != report.state.value:
            found.add("lost", f"report {number} is {row['state']}, should be {report.state}")
        if row["version"] != report.version:
            kind = "doubled" if row["version"] > report.version else "lost"
            found.add(kind, f"report {number} has version {row['version']}, was sent {report.version} times")
        complete = row["state"] in (ReportState.SUBMITTED, ReportState.VERIFIED)
        if number in acked and not complete:
            found.add("acked_missing", f"report {number} has a receipt and is {row['state']}")
        if report.sent and number not in acked and not _listed(connection, town, report.person_id or 0):
            found.add("unacked", f"report {number} is stored and nobody was told")
    twice = connection.execute(
        "SELECT sitting_id, person_id, kind FROM report GROUP BY 1, 2, 3 HAVING COUNT(*) > 1"
    ).fetchall()
    for row in twice:
        found.add("doubled", f"two reports of {tuple(row)}")


def _acked(town: Town) -> set[int]:
    calls = town.sandbox.journal.of("sendMessage", "editMessageText", executed=True)
    return {int(match[1]) for call in calls if (match := RECEIPT.search(str(call.params.get("text", ""))))}


def _listed(connection: sqlite3.Connection, town: Town, person_id: int) -> bool:
    """Whether an answer to this person is on the list of uncertain or undelivered messages."""
    phones = [phone for phone, person in town.people.items() if person == person_id]
    return bool(
        connection.execute(
            f"SELECT 1 FROM outbox WHERE state IN ('uncertain', 'unreachable', 'failed') AND recipient = 'chat:{phones[0]}'"
        ).fetchone()
    )


def check_photos(found: Findings, town: Town, connection: sqlite3.Connection, expected: Expected, data: Path) -> None:
    """(c) of "lost", I11: every photo sent is on the disk, byte by byte."""
    rows = {(row["chat_id"], row["message_id"]): row for row in connection.execute("SELECT * FROM photo")}
    for (chat_id, message_id), number in expected.photos.items():
        row = rows.pop((chat_id, message_id), None)
        if row is None:
            found.add("lost", f"photo {message_id} of {chat_id} is not stored")
            continue
        message = town.sandbox.world.chats[chat_id].messages[message_id]
        files = town.sandbox.world.files
        sent = files.content(files.need(message["photo"][-1]["file_id"]))
        path = data / "photos" / row["path"]
        if row["state"] != "stored" or not path.is_file():
            found.add("lost", f"photo {message_id} of {chat_id} is {row['state']}, file {path.is_file()}")
        elif path.read_bytes() != sent or row["sha256"] != hashlib.sha256(sent).hexdigest():
            found.add("lost", f"photo {message_id} of {chat_id} has other bytes")
        if row["report_number"] != number:
            found.add("", f"photo {message_id} of {chat_id} belongs to {row['report_number']}, should be {number}")
    for place in rows:
        found.add("doubled", f"photo {place} was never sent")


def check_alerts(found: Findings, town: Town, connection: sqlite3.Connection, expected: Expected) -> None:
    """I4, I7: each signal once, with all its words in order; each due notice has its one row."""
    for (phone, number), lines in expected.alerts.items():
        rows = connection.execute(
            "SELECT number, text FROM alert WHERE person_id = ? AND report_number = ?", (town.people[phone], number)
        ).fetchall()
        if len(rows) != 1:
            found.add("lost" if not rows else "doubled", f"{len(rows)} alerts of {phone} about {number}")
            continue
        stored = rows[0]["text"].split("\n") if rows[0]["text"] else []
        if stored != lines:
            found.add("lost" if set(lines) - set(stored) else "doubled", f"alert of {phone}: {stored}, said {lines}")
        _due(found, connection, f"alert:{rows[0]['number']}:raised", len(town.coordinators))
    raised = connection.execute("SELECT COUNT(*) FROM alert").fetchone()[0]
    if raised > len(expected.alerts):
        found.add("doubled", f"{raised} alerts, {len(expected.alerts)} were raised")
    for cause in expected.critical:
        _due(found, connection, cause, len(town.coordinators))
    known = {row[0].rpartition(":")[0] for row in connection.execute("SELECT dedupe_key FROM outbox")}
    for key in known:
        if key.startswith("critical:") and key not in expected.critical:
            found.add("", f"{key} has no cause")


def _due(found: Findings, connection: sqlite3.Connection, cause: str, count: int) -> None:
    rows = connection.execute(
        "SELECT state FROM outbox WHERE dedupe_key LIKE ? || ':%' AND dedupe_key NOT LIKE ? || ':%:%'", (cause, cause)
    ).fetchall()
    if len(rows) != count:
        found.add("lost", f"{len(rows)} notices of {cause}, {count} are due")
    if any(row["state"] in ("pending", "claimed") for row in rows):
        found.add("", f"{cause} is still not sent")
