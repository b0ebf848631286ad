"""Files on order: what can be ordered, and why an order may be refused."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.domain.errors import DomainError
from bot.domain.people import SchoolId
from bot.domain.period import Period


class ExportKind(StrEnum):
    """The values stand in buttons and stored orders: they never change their meaning."""

    BOOK = "b"  # the whole workbook
    FINDINGS = "v"  # violations and measures only
    HOTLINE = "h"  # the journal of the hotline only
    NAMED = "n"  # the workbook with names and contacts: stays on the server
    ACT = "a"  # Акт наблюдения of one report, or acts of all received reports of a school
    CERTIFICATE = "c"  # справка of the period


@dataclass(frozen=True, slots=True)
class Wanted:
    """`school_id` narrows it to a school; `report` is for one act only."""

    kind: ExportKind
    period: Period
    school_id: SchoolId | None = None
    report: int | None = None

    def to_json(self) -> dict[str, Any]:
        return {"kind": self.kind.value, "period": self.period.code, "school": self.school_id, "report": self.report}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Wanted":
        school = data["school"]
        return cls(
            ExportKind(data["kind"]),
            Period.from_code(data["period"]),
            None if school is None else SchoolId(school),
            data["report"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What is in the file. `agrees`: every sheet holds as much as the ledger and the chat say."""

    kind: str = ExportKind.BOOK
    observations: int = 0
    school_reports: int = 0
    missing: int = 0
    answers: int = 0
    violations: int = 0
    cases: int = 0
    hidden_cases: int = 0  # not in the file, for an interest of whoever ordered it
    acts: int = 0
    agrees: bool = True


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """`content` None: the file stays on the server under `path`, for its size or for the names in it."""

    name: str
    content: bytes | None
    path: str
    made: Made


@dataclass(eq=False)
class ExportRunning(DomainError):
    """This person's file is being made already."""


@dataclass(eq=False)
class ExportFailed(DomainError):
    """The file could not be made; nothing is left of it."""


@dataclass(eq=False)
class NothingToExport(DomainError):
    """There is no such report, or it was not received yet."""

    number: int
