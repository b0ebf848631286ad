"""The services of the day of a ВПР, built together because they share its rules."""

from dataclasses import dataclass

from bot.domain.asking import Pace
from bot.domain.checklist import Checklist
from bot.domain.reporting import DayRules
from bot.services.auditing import Auditing
from bot.services.dictating import Dictating
from bot.services.report_consequences import ReportConsequences
from bot.services.reporting import Reporting
from bot.services.reviewing import Reviewing
from bot.services.staff import Staff
from storage.database import Database


@dataclass(frozen=True, slots=True)
class Day:
    reporting: Reporting
    dictating: Dictating
    reviewing: Reviewing


def open_day(
    database: Database, checklist: Checklist, auditing: Auditing, staff: Staff, rules: DayRules, pace: Pace
) -> Day:
    consequences = ReportConsequences(checklist, auditing, staff, rules.zone)
    reporting = Reporting(database, checklist, consequences, rules, pace)
    return Day(
        reporting=reporting,
        dictating=Dictating(reporting, checklist, rules.zone),
        reviewing=Reviewing(database, auditing, staff, reporting, rules),
    )
