"""What a checked file would change: the answer of a dry run."""

from dataclasses import dataclass

from bot.domain.importing.columns import Kind
from bot.domain.importing.comparison import Changes
from bot.domain.importing.problems import RowError
from bot.domain.importing.rows import ObserverRow, Parsed, SchoolRow, SittingRow

AnyParsed = Parsed[SchoolRow] | Parsed[SittingRow] | Parsed[ObserverRow]
AnyChanges = Changes[int, SchoolRow] | Changes[int, SittingRow] | Changes[int, ObserverRow]


@dataclass(frozen=True, slots=True)
class Check:
    """What a file would change. Nothing of it is written yet."""

    run_id: int
    kind: Kind
    file_name: str
    total: int
    new: int
    unchanged: int
    wrong: int
    errors: tuple[RowError, ...]
    changes: AnyChanges
    sheet_title: str
    other_sheets: tuple[str, ...]

    @property
    def changed(self) -> int:
        return len(self.changes.changed)

    @property
    def to_apply(self) -> int:
        return self.new + self.changed
