"""What a check of the promises found, and what it is read from."""

import sqlite3
from dataclasses import dataclass, field
from pathlib import Path


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
