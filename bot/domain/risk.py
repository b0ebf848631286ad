"""Lists of schools whose results were once doubted: by year, list and procedure. Stored as told, never computed."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class RiskList(StrEnum):
    OBJECTIVITY = "objectivity"
    LOW = "low"


class Procedure(StrEnum):
    VPR = "vpr"
    GIA9 = "gia9"
    GIA11 = "gia11"
    INTERVIEW = "interview"


@dataclass(frozen=True, slots=True, order=True)
class RiskMark:
    """A school was on this list that year for this procedure."""

    year: int
    list: RiskList = RiskList.OBJECTIVITY
    procedure: Procedure = Procedure.VPR


def years_of(marks: Iterable[RiskMark], list_: RiskList, procedure: Procedure) -> list[int]:
    return sorted(mark.year for mark in marks if (mark.list, mark.procedure) == (list_, procedure))
