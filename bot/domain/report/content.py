"""What a report says, as canonical JSON and its fingerprint: the same words have the same hash, whoever typed them."""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

from bot.domain.report.record import Report


def content(report: Report) -> dict[str, Any]:
    """Only what was said: no state, no revision, no moment of entering."""
    return {
        "number": report.number,
        "kind": report.kind.value,
        "sitting": report.sitting_id,
        "checklist": [report.checklist, report.checklist_version],
        "form": [report.form.value, report.sitting_form.value, *report.addons],
        "times": {
            name: _instant(getattr(report, name)) for name in ("arrived_at", "started_at", "ended_at", "left_at")
        },
        "listed": report.listed,
        "present": report.present,
        "answers": {
            code: [answer.value.value, answer.comment, _instant(answer.happened_at)]
            for code, answer in report.answers.items()
        },
    }


def canonical_json(report: Report) -> str:
    """Sorted keys, no spaces, UTF-8 letters as they are: the text that is stored for every sending."""
    return json.dumps(content(report), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def content_hash(report: Report) -> str:
    """sha256 of the canonical JSON, in hex."""
    return hashlib.sha256(canonical_json(report).encode("utf-8", "surrogatepass")).hexdigest()


def _instant(moment: datetime | None) -> str | None:
    return None if moment is None else moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
