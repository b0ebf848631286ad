"""Which sheets a file has, and in what order."""

from bot.domain.export import ExportKind
from bot.domain.table import Table
from bot.services.sheets.evidence import hotline, photos
from bot.services.sheets.indicators import indicators
from bot.services.sheets.overview import overview
from bot.services.sheets.people import observers
from bot.services.sheets.plan import assignments, schedule, schools
from bot.services.sheets.reference import about, items, violated_items
from bot.services.sheets.reports import answers, missing, observations, school_reports, violations
from bot.services.sheets.school_side import draws, instructions, uploads
from bot.services.sheets.source import Source


def tables_of(source: Source, kind: ExportKind) -> list[Table]:
    """In the order of the sheets."""
    match kind:
        case ExportKind.FINDINGS:
            return [violations(source), violated_items(source), items(source), about(source)]
        case ExportKind.HOTLINE:
            return [hotline(source), about(source)]
    tables = [overview(source), schools(source), schedule(source), observations(source)]
    if source.summary.school.plan:
        tables.append(school_reports(source))
    tables += [answers(source), violations(source), violated_items(source), photos(source)]
    tables += [instructions(source), uploads(source)]
    if source.scope.schools is None:
        tables += [hotline(source), indicators(source), draws(source)]
    if kind is ExportKind.NAMED:
        tables.append(observers(source))
    return [*tables, assignments(source), missing(source), items(source), about(source)]
