"""Bugs worth catching, each a small change of the code and the quick test that has to notice it."""

# ruff: noqa: E501 - a change of code reads best on one line

from dataclasses import dataclass


@dataclass(frozen=True)
class Seed:
    name: str
    path: str
    old: str
    new: str
    test: str


AGAIN = "tests/faults/test_again.py"
LIFE = "tests/faults/test_life.py"
OUTCOMES = "tests/delivery/test_outcomes.py"
LANES = "tests/intake/test_lanes.py"
LANE_DEATHS = "tests/intake/test_lane_deaths.py"
LANE_FAILURES = "tests/intake/test_lane_failures.py"
POLLING = "tests/intake/test_polling.py"
UNITS = "tests/storage/test_units.py"
SCREENS = "tests/faults/test_hostile_strings.py"

SEEDS = (
    Seed("synchronous NORMAL", "storage/sqlite.py", '"synchronous": 2', '"synchronous": 1', "tests/faults/test_power.py"),
    Seed("no foreign keys", "storage/sqlite.py", '"foreign_keys": 1', '"foreign_keys": 0', "tests/storage/test_sqlite.py"),
    Seed("offset before commit", "bot/intake/polling.py", "        await self._receiver.receive(updates)\n        numbers", "        self._offset = max([self._offset or 0, *(number_of(u) + 1 for u in updates if number_of(u) is not None)])\n        await self._receiver.receive(updates)\n        numbers", POLLING),
    Seed("repeated updates stored as new", "storage/inbox.py", "DO NOTHING RETURNING id", "DO UPDATE SET lane = excluded.lane RETURNING id", POLLING),
    Seed("done before handled", "bot/intake/lanes.py", "        try:\n            async with asyncio.timeout(HANDLE_SECONDS):", "        self._done.append(update.id)\n        try:\n            async with asyncio.timeout(HANDLE_SECONDS):", LANES),
    Seed("set aside at the first failure", "bot/intake/lanes.py", "FAILURES_TO_QUARANTINE = 3", "FAILURES_TO_QUARANTINE = 1", LANE_FAILURES),
    Seed("a death is nobody's fault", "bot/intake/lanes.py", "self._in_hand.left() & {update.id for update in left}", "self._in_hand.left() & set()", LANE_DEATHS),
    Seed("a locked database counts as a failure", "bot/intake/lanes.py", "        except TRANSIENT as error:\n            log.warning(\"update %d waits for the database", "        except ZeroDivisionError as error:\n            log.warning(\"update %d waits for the database", LANE_FAILURES),
    Seed("one person's updates out of order", "bot/intake/lanes.py", "lane[place - 1].update_id > update.update_id", "lane[place - 1].update_id < update.update_id", LANES),
    Seed("mark before send", "bot/delivery/delivering.py", "        try:\n            message_id = await self._messenger.send(", "        await self._finish(due, \"sent\", chat_id=chat_id, message_id=0)\n        try:\n            message_id = await self._messenger.send(", OUTCOMES),
    Seed("no epoch check when settling", "storage/claims.py", " AND state = 'claimed' AND epoch = :claimed_by", " AND :claimed_by >= 0", OUTCOMES),
    Seed("no epoch check when claiming", "storage/claims.py", "instance.epoch > :epoch", "instance.epoch > :epoch + 1000", OUTCOMES),
    Seed("claimed rows are forgotten", "storage/claims.py", "WHERE state = 'claimed' AND epoch < :epoch\"\n        \" AND", "WHERE state = 'claimed' AND epoch < 0 * :epoch\"\n        \" AND", OUTCOMES),
    Seed("an unsure outcome is not counted", "storage/claims.py", "uncertain = uncertain + :uncertain, tries", "uncertain = uncertain + 0 * :uncertain, tries", LIFE),
    Seed("no unique key of promises", "storage/outbox.py", '"key": item.dedupe_key,', '"key": f"{item.dedupe_key}:{id(item)}",', OUTCOMES),
    Seed("unsure taken for not sent", "bot/delivery/outcome.py", "Kind.UNSURE if error.sent else Kind.NOT_SENT", "Kind.NOT_SENT", OUTCOMES),
    Seed("429 is not obeyed", "bot/delivery/outcome.py", "seconds=(error.retry_after or 1) + 1", "seconds=0", OUTCOMES),
    Seed("a failed unit is kept", "storage/database.py", 'connection.execute("ROLLBACK TO unit")', "pass", UNITS),
    Seed("returns before the commit", "storage/database.py", "        if unit.begun:\n            await _to_the_end(batch.outcome)", "        if unit.begun and batch.outcome.done():\n            await _to_the_end(batch.outcome)", "tests/storage/test_faults.py"),
    Seed("toggle instead of set", "bot/domain/report/changes.py", "    if new == old:\n        return report\n    event", "    if new == old:\n        answers = MappingProxyType({k: v for k, v in report.answers.items() if k != code})\n        return replace(report, answers=answers, revision=report.revision + 1)\n    event", LIFE),
    Seed("sent twice is two versions", "bot/domain/report/changes.py", "    if report.sent:\n        return report\n    if stopping", "    if stopping", "tests/domain/test_report_changes.py"),
    Seed("an answer keeps its first value", "storage/reports.py", "DO UPDATE SET value = :value, comment", "DO UPDATE SET comment", LIFE),
    Seed("a waiting ends before its effect", "storage/expectations.py", 'data["source"] == source else None', 'data["source"] == source + "?" else None', AGAIN),
    Seed("urgent words told twice", "bot/services/alerting.py", "if (raised := await alerts.by_source(tx, source)) is not None", "if (raised := await alerts.by_source(tx, source)) is not None and now is None", AGAIN),
    Seed("the audit is no chain", "storage/audit.py", "or not hmac.compare_digest(mac, row[\"mac\"])", "", AGAIN),
    Seed("a revoked role still counts", "storage/people.py", "revoked_at IS NULL", "1 = 1", AGAIN),
    Seed("epochs do not grow", "storage/lease.py", "SET epoch = instance.epoch + 1, owner", "SET epoch = instance.epoch, owner", "tests/storage/test_lease.py"),
    Seed("words are not escaped", "bot/texts/escape.py", '"<": "&lt;", ', "", SCREENS),
    Seed("a message too long", "bot/texts/escape.py", "    if utf16_length(html) <= limit:\n        return html\n    left", "    if limit:\n        return html\n    left", SCREENS),
    Seed("an alarm waits for the clock", "storage/claims.py", 'from_text(row["created_at"]) <= pause]', 'from_text(row["created_at"]) > pause]', "tests/faults/test_clock.py"),
    Seed("a restored copy resends", "storage/restoring.py", "distrusted = await claims.distrust(tx, now)", "distrusted = 0 * await tx.execute(\"UPDATE outbox SET state = 'pending'\")", "tests/faults/test_restore.py"),
    Seed("a piece of the hotline twice", "storage/vault/drafts.py", "ON CONFLICT DO NOTHING", "ON CONFLICT (case_id, seq) DO NOTHING", LIFE),
)  # fmt: skip
