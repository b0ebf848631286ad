"""The sample municipality: its files, and the rules they are read by."""

from pathlib import Path

from bot.domain.importing.headers import recognise
from bot.domain.importing.parsing import parse_schools
from bot.domain.importing.rules import ParsingRules
from bot.domain.importing.school_names import SchoolMatcher
from bot.excel.reading import read_sheet

DATA = Path(__file__).parent / "data" / "municipality"
SCHOOL_YEAR = 2026
NAMES = tuple(f"СОШ № {n}" for n in range(1, 12)) + tuple(f"Прогимназия № {n}" for n in range(1, 6))


def sample_rules() -> ParsingRules:
    """Rules with the register as read from schools.xlsx."""
    raw = read_sheet(DATA / "schools.xlsx")
    parsed = parse_schools(raw, recognise(raw), ParsingRules(SCHOOL_YEAR))
    return ParsingRules(SCHOOL_YEAR, SchoolMatcher(row.short_name for row in parsed.rows))
