"""I1–I12 of the reliability design, checked against the messenger's journal: what was promised is there, once."""

import hashlib
import io
import re
import sqlite3
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from openpyxl import load_workbook

from bot.app import App
from bot.domain.people import Account
from bot.domain.report import ReportState
from tests.faults.boundaries import MARK
from tests.faults.crowd import Coordinator
from tests.faults.expected import Deed, Expected, said
from tests.faults.town import Town, settings_of

RECEIPT = re.compile(r"Отчёт (\d+) принят")
ACCEPTED = re.compile(r"Принято\. Номер (ГЛ-\d+-\d+)")
OUR_SENDING = ("sendMessage", "sendDocument", "sendPhoto", "editMessageText")


@dataclass
class Findings:
    """`lost`, `doubled` and so on are counts of the figures; `faults` says each in words."""

    updates: int = 0
    lost: int = 0
    doubled: int = 0
    acked_missing: int = 0
    unacked: int = 0
    quarantined: int = 0
    listed: int = 0
    copies: dict[str, int] = field(default_factory=lambda: {"ordinary": 0, "critical": 0, "once": 0})
    faults: list[str] = field(default_factory=list)

    def add(self, kind: str, text: str) -> None:
        if kind:
            setattr(self, kind, getattr(self, kind) + 1)
        self.faults.append(f"{kind or 'broken'}: {text}")

    def take(self, other: "Findings") -> None:
        for name in ("updates", "lost", "doubled", "acked_missing", "unacked", "quarantined", "listed"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for name, count in other.copies.items():
            self.copies[name] = max(self.copies[name], count)
        self.faults += other.faults


def connect(data: Path, name: str = "bot.db") -> sqlite3.Connection:
    connection = sqlite3.connect(f"{(data / name).absolute().as_uri()}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    return connection


def unfinished(data: Path) -> str:
    """What the bot still has to do; empty when it is at rest."""
    connection = connect(data)
    try:
        left = {
            "updates": connection.execute("SELECT COUNT(*) FROM inbox WHERE state = 'new'").fetchone()[0],
            "messages": connection.execute(
                "SELECT COUNT(*) FROM outbox WHERE state = 'claimed' OR (state = 'pending' AND dedupe_key NOT LIKE 'remind%'"
                " AND not_before <= strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '+5 minutes'))"  # what is for later, waits
            ).fetchone()[0],
            "files": connection.execute(
                "SELECT COUNT(*) FROM export_job WHERE state IN ('queued', 'running')"
            ).fetchone()[0],
            "photos": connection.execute("SELECT COUNT(*) FROM photo WHERE state = 'pending'").fetchone()[0],
        }
    finally:
        connection.close()
    return ", ".join(f"{count} {name}" for name, count in left.items() if count)


async def check(town: Town, data: Path, temporary: Path) -> Findings:
    """After everything came to rest and the bot was stopped."""
    found = Findings()
    connection = connect(data)
    try:
        gone = _inbox(found, town, connection)
        deeds = [deed for actor in town.everybody for deed in actor.deeds if deed.update_id not in gone]
        expected = town.expected.after(deeds)
        _reports(found, town, connection, expected)
        _photos(found, town, connection, expected, data)
        _alerts(found, town, connection, expected)
        _imports(found, town, connection, deeds)
        _exports(found, town, connection)
        _messages(found, town, connection)
        _structure(found, connection)
        _orphans(found, connection, data, temporary)
    finally:
        connection.close()
    await _sealed(found, town, data, gone)
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


def _reports(found: Findings, town: Town, connection: sqlite3.Connection, expected: Expected) -> None:
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


def _photos(found: Findings, town: Town, connection: sqlite3.Connection, expected: Expected, data: Path) -> None:
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


def _alerts(found: Findings, town: Town, connection: sqlite3.Connection, expected: Expected) -> None:
    """I4, I7: each signal once, with all its words in order; each due notice has its one row."""
    for phone, lines in expected.alerts.items():
        rows = connection.execute(
            "SELECT number, text FROM alert WHERE person_id = ?", (town.people[phone],)
        ).fetchall()
        if len(rows) != 1:
            found.add("lost" if not rows else "doubled", f"{len(rows)} alerts of {phone}")
            continue
        stored = rows[0]["text"].split("\n") if rows[0]["text"] else []
        if stored != lines:
            found.add("lost" if set(lines) - set(stored) else "doubled", f"alert of {phone}: {stored}, said {lines}")
        _due(found, connection, f"alert:{rows[0]['number']}:raised", len(town.coordinators))
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
    """Every order ended; every workbook that reached somebody opens and is what was said of it."""
    for row in connection.execute(
        "SELECT id, state, error FROM export_job WHERE state NOT IN ('sent', 'failed', 'cancelled')"
    ):
        found.add("lost", f"order {row['id']} is {row['state']}")
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
    copies = Counter(str(call.params[MARK]) for call in town.sandbox.journal if call.executed and MARK in call.params)
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


async def _sealed(found: Findings, town: Town, data: Path, gone: set[int]) -> None:
    """The hotline's cases hold every word in order, once; I8: every reading is in the audit, and the chain holds."""
    async with App.start(settings_of(town.sandbox, data)) as app:
        async with app.database.read() as reader:
            broken = await app.services.enrolment._auditing.chain.first_broken(reader)
            if broken is not None:
                found.add("", f"the audit is broken at {broken}")
            rows = await reader.fetch_all("SELECT id, year, number FROM hotline_case ORDER BY number")
        actor, _ = await app.services.enrolment.actor(
            Account("tg", town.operators[0].phone.id, town.operators[0].phone.id)
        )
        stored = []
        for row in rows:
            opened = await app.services.hotline.reading.open(actor, row["id"], app.clock())
            stored.append(
                (row["id"], [m.text for m in opened.messages if m.direction == "in"],
                 [m.text for m in opened.messages if m.direction == "out"])
            )  # fmt: skip
    _cases(found, town, stored, gone)


def _cases(found: Findings, town: Town, stored: list[tuple[str, list[str], list[str]]], gone: set[int]) -> None:
    texts = Counter("\n".join(pieces) for _, pieces, _ in stored)
    told = Counter("\n".join(pieces) for parent in town.parents for pieces in parent.sent)
    touched = {deed.person_id for parent in town.parents for deed in parent.deeds if deed.update_id in gone}
    for parent in town.parents:
        if parent.phone.id in touched:
            for pieces in parent.sent:
                told.pop("\n".join(pieces), None)
    for text, count in told.items():
        if texts[text] < count:
            found.add("lost", f"no case says {text!r}")
    for text, count in texts.items():
        if count > 1 or (text not in told and not touched):
            found.add("doubled", f"{count} cases say {text!r}, which was sent {told[text]} times")
    operator = town.operators[0]
    if any(deed.update_id in gone for deed in operator.deeds):
        return
    answers = {case: out for case, _, out in stored}
    for case, text in operator.answers.items():
        if operator.steps[case] == "done" and answers.get(case) != [text]:
            kind = "doubled" if len(answers.get(case, [])) > 1 else "lost"
            found.add(kind, f"case {case} was answered {text!r}, holds {answers.get(case)}")
