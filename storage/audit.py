"""Who did what and when: append-only, each entry sealed to the one before."""

import hashlib
import hmac
import json
from datetime import datetime
from typing import Any

from storage.clock import to_text
from storage.database import Reader, Transaction

FIRST = "0" * 64


class Audit:
    """The chain's key stays outside the database, so that whoever can write to the file cannot forge an entry."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    async def note(
        self,
        tx: Transaction,
        now: datetime,
        person_id: int | None,
        role: str,
        action: str,
        object_: str,
        /,
        **details: Any,
    ) -> None:
        """Add an entry. `details` are ids, counts and states: never names or what people wrote."""
        last = await tx.fetch_one("SELECT seq, mac FROM audit ORDER BY seq DESC LIMIT 1")
        seq, previous = (1, FIRST) if last is None else (last["seq"] + 1, last["mac"])
        text = json.dumps(details, ensure_ascii=False, sort_keys=True)
        at = to_text(now)
        await tx.execute(
            "INSERT INTO audit (seq, at, person_id, role, action, object, details, prev_mac, mac)"
            " VALUES (:seq, :at, :person, :role, :action, :object, :details, :prev, :mac)",
            seq=seq,
            at=at,
            person=person_id,
            role=role,
            action=action,
            object=object_,
            details=text,
            prev=previous,
            mac=self._mac(previous, seq, at, person_id, role, action, object_, text),
        )

    async def first_broken(self, reader: Reader) -> int | None:
        """The number of the first entry that does not fit its chain; None when all is well."""
        previous = FIRST
        after = 0
        while rows := await reader.fetch_all(
            "SELECT * FROM audit WHERE seq > :after ORDER BY seq LIMIT 1000", after=after
        ):
            for row in rows:
                mac = self._mac(
                    previous,
                    row["seq"],
                    row["at"],
                    row["person_id"],
                    row["role"],
                    row["action"],
                    row["object"],
                    row["details"],
                )
                if row["seq"] != after + 1 or row["prev_mac"] != previous or not hmac.compare_digest(mac, row["mac"]):
                    return int(row["seq"])
                previous, after = row["mac"], row["seq"]
        return None

    def _mac(self, *parts: Any) -> str:
        return hmac.new(self._key, json.dumps(parts, ensure_ascii=False).encode(), hashlib.sha256).hexdigest()
