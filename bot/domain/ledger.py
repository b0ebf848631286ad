"""The ledger: how many expected reports are in which state; the sum is the plan, always."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final, TypeVar

from bot.domain.errors import LedgerUnbalanced, StepNotPossible
from bot.domain.report.states import ReportEvent, ReportState, after

Key = TypeVar("Key")


class LedgerGroup(StrEnum):
    """The four things a coordinator asks; every state is in exactly one."""

    RECEIVED = "received"
    AWAITED = "awaited"
    MISSED = "missed"
    EXCUSED = "excused"


GROUP_OF: Final[Mapping[ReportState, LedgerGroup]] = MappingProxyType(
    {
        ReportState.EXPECTED: LedgerGroup.AWAITED,
        ReportState.OPENED: LedgerGroup.AWAITED,
        ReportState.PARTIAL: LedgerGroup.AWAITED,
        ReportState.RETURNED: LedgerGroup.AWAITED,
        ReportState.SUBMITTED: LedgerGroup.RECEIVED,
        ReportState.VERIFIED: LedgerGroup.RECEIVED,
        ReportState.MISSED: LedgerGroup.MISSED,
        ReportState.EXCUSED: LedgerGroup.EXCUSED,
    }
)


@dataclass(frozen=True)
class Ledger:
    """`plan` is counted apart from the states, so that a report out of sight cannot hide. Raises LedgerUnbalanced."""

    plan: int
    counts: Mapping[ReportState, int]

    def __post_init__(self) -> None:
        full = {state: self.counts.get(state, 0) for state in ReportState}
        total = sum(self.counts.values())
        if total != self.plan or sum(full.values()) != total or min(full.values()) < 0:
            raise LedgerUnbalanced(plan=self.plan, total=total)
        object.__setattr__(self, "counts", MappingProxyType(full))

    @classmethod
    def of(cls, states: Iterable[ReportState]) -> "Ledger":
        """Of the reports themselves: one state each."""
        each = list(states)
        return cls(len(each), Counter(each))

    def __getitem__(self, state: ReportState) -> int:
        return self.counts[state]

    def group(self, group: LedgerGroup) -> int:
        return sum(count for state, count in self.counts.items() if GROUP_OF[state] is group)

    @property
    def received(self) -> int:
        return self.group(LedgerGroup.RECEIVED)

    @property
    def awaited(self) -> int:
        return self.group(LedgerGroup.AWAITED)

    @property
    def missed(self) -> int:
        return self.group(LedgerGroup.MISSED)

    @property
    def excused(self) -> int:
        return self.group(LedgerGroup.EXCUSED)

    def after(self, state: ReportState, event: ReportEvent) -> "Ledger":
        """One report in `state` goes through `event`. Raises StepNotPossible, and nothing is changed."""
        target = after(state, event)
        if target is None or self.counts[state] == 0:
            raise StepNotPossible(None, state, event)
        counts = Counter(self.counts)
        counts[state] -= 1
        counts[target] += 1
        return Ledger(self.plan, counts)

    def planned(self, more: int = 1) -> "Ledger":
        """More reports are expected."""
        return Ledger(self.plan + more, Counter(self.counts) + Counter({ReportState.EXPECTED: more}))

    def __add__(self, other: "Ledger") -> "Ledger":
        """Both together: schools into a municipality, municipalities into a region."""
        return Ledger(self.plan + other.plan, Counter(self.counts) + Counter(other.counts))


EMPTY: Final = Ledger(0, {})


def by_key(rows: Iterable[tuple[Key, ReportState]]) -> dict[Key, Ledger]:
    """A ledger for every school, day or observer, in the order of first appearance; together they are the whole."""
    states: dict[Key, list[ReportState]] = {}
    for key, state in rows:
        states.setdefault(key, []).append(state)
    return {key: Ledger.of(each) for key, each in states.items()}


def total(ledgers: Iterable[Ledger]) -> Ledger:
    return sum(ledgers, start=EMPTY)


def changes(before: Ledger, now: Ledger) -> dict[LedgerGroup, int]:
    """«Изменилось с прошлой сводки»: only the groups that changed."""
    differences = {group: now.group(group) - before.group(group) for group in LedgerGroup}
    return {group: difference for group, difference in differences.items() if difference}
