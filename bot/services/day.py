"""The services of the day of a ВПР, built together because they share its rules."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from bot.domain.asking import Pace
from bot.domain.checklist import Checklists, Item
from bot.domain.reporting import DayRules
from bot.domain.working_days import WorkingDays
from bot.services.acquaintance import Acquaintance
from bot.services.auditing import Auditing
from bot.services.awaiting import Awaiting
from bot.services.dictating import Dictating
from bot.services.instructing import Instructing
from bot.services.instruction_schools import InstructionSchools
from bot.services.instruction_watch import InstructionWatch
from bot.services.photo_review import PhotoReview
from bot.services.reminding import Reminding, Render
from bot.services.report_consequences import ReportConsequences
from bot.services.reporting import Reporting
from bot.services.reviewing import Reviewing
from bot.services.school_day import SchoolDay
from bot.services.staff import Staff
from storage.database import Database

Work = Callable[[datetime], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Day:
    reporting: Reporting
    dictating: Dictating
    reviewing: Reviewing
    reminding: Reminding
    awaiting: Awaiting
    instructing: Instructing
    instruction_schools: InstructionSchools
    instruction_watch: InstructionWatch
    acquaintance: Acquaintance
    school_day: SchoolDay
    photo_review: PhotoReview
    paper_items: tuple[Item, ...]  # what the form on paper asks

    def renderers(self) -> dict[str, Render]:
        """Screens that the sender makes at the last moment."""
        return self.reminding.renderers() | self.instructing.renderers() | self.school_day.renderers()

    def works(self) -> dict[str, Work]:
        """What is looked after at every tick."""
        return {
            "reminders": self.reminding.remind,
            "instructions": self.instruction_watch.look,
            "school steps": self.school_day.look,
        }


def open_day(
    database: Database,
    checklists: Checklists,
    auditing: Auditing,
    staff: Staff,
    rules: DayRules,
    pace: Pace,
    days: WorkingDays,
    organiser: str,
) -> Day:
    consequences = ReportConsequences(checklists, auditing, staff, rules.zone)
    reporting = Reporting(database, checklists, consequences, rules, pace)
    instructing = Instructing(database, auditing, staff, days, rules.zone, names=rules.names)
    return Day(
        reporting=reporting,
        dictating=Dictating(reporting, checklists, rules.zone),
        reviewing=Reviewing(database, auditing, staff, reporting, rules),
        reminding=Reminding(database, reporting, staff, rules.zone),
        awaiting=Awaiting(database, auditing, reporting, rules.zone, names=rules.names),
        instructing=instructing,
        instruction_schools=InstructionSchools(database),
        instruction_watch=InstructionWatch(database, instructing, staff, rules.zone),
        acquaintance=Acquaintance(instructing, rules.zone, organiser),
        photo_review=PhotoReview(database, auditing),
        paper_items=checklists.current.items(rules.form, addons=rules.addons),
        school_day=SchoolDay(
            database,
            auditing,
            staff,
            checklists,
            days,
            rules.zone,
            sees_reports=rules.schools_see_reports,
            names=rules.names,
        ),
    )
