"""Every service of a running bot, built from settings and an open database."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime, time
from functools import partial

from bot.domain.asking import Pace
from bot.domain.assigning import AssigningRules
from bot.domain.checklist import Checklists, ReportForm
from bot.domain.checklist_file import load_checklists
from bot.domain.course import load_course
from bot.domain.reporting import DayRules
from bot.domain.working_days import WorkingDays
from bot.screens.start import Place
from bot.sealing import Keys
from bot.services.alerting import Alerting
from bot.services.all import Services
from bot.services.assigning import Assigning
from bot.services.auditing import Auditing
from bot.services.briefing import Briefing
from bot.services.bulk_importing import BulkImporting
from bot.services.conversation import Conversation
from bot.services.day import open_day
from bot.services.digest_choice import DigestChoice
from bot.services.drawing import Drawing
from bot.services.enrolment import Enrolment
from bot.services.exporting import Exporting
from bot.services.finding import Finding
from bot.services.further_role import FurtherRole
from bot.services.home import Home
from bot.services.hotline.all import open_hotline
from bot.services.hotline.masters import masters_at
from bot.services.hotline.rules import HotlineRules
from bot.services.housekeeping import Housekeeping
from bot.services.import_undoing import ImportUndoing
from bot.services.import_writing import ImportWriting
from bot.services.importing import Importing
from bot.services.indicating import Indicating
from bot.services.inviting import Inviting
from bot.services.looking import Looking
from bot.services.open_schedule import OpenSchedule
from bot.services.personal_data import PersonalData
from bot.services.photographing import Photographing
from bot.services.picturing import Picturing
from bot.services.planning import Planning, ReportRules
from bot.services.responsibility import Responsibility
from bot.services.scheduling import Scheduling
from bot.services.staff import Staff
from bot.services.staffing import Staffing
from bot.services.summarising import Summarising
from bot.services.training import Training
from bot.settings import Settings
from storage import schools
from storage.audit import Audit
from storage.database import Database


@asynccontextmanager
async def open_services(
    settings: Settings,
    database: Database,
    keys: Keys,
    clock: Callable[[], datetime],
    checklists: Checklists | None = None,
) -> AsyncIterator[Services]:
    """The services; on leaving, what they opened besides `database` (the hotline's vault) is closed.

    `checklists`: all versions of the questions, those shipped with the program when None.
    """
    checklists = checklists or load_checklists()
    async with database.transaction() as tx:
        municipality_id = await schools.ensure_municipality(tx, settings.municipality, settings.timezone)
    zone, form = settings.zone, ReportForm(settings.report_form)
    organiser = settings.organiser or settings.municipality
    place = Place(settings.municipality, organiser, settings.coordinator_phone or "", zone)
    staff, auditing = Staff(), Auditing(Audit(keys.derive("audit")))
    names, group_id = settings.personal_data, settings.hotline_group_id
    enrolment = Enrolment(database, keys, auditing, staff, organiser, names=names, group_id=group_id)
    report_rules = ReportRules(form, settings.report_deadline_hours, zone, settings.report_addons)
    planning = Planning(database, auditing, report_rules)
    closes = time.fromisoformat(settings.corrections_until)
    day_rules = DayRules(
        zone, closes, municipality_id, settings.schools_see_reports, form, settings.report_addons, names
    )
    days = WorkingDays.load(settings.data_dir / "calendar.toml")
    pace = Pace(settings.report_mode)
    day = open_day(database, checklists, auditing, staff, day_rules, pace, days, organiser)
    writing = ImportWriting(planning)
    responsibility = Responsibility(database, auditing)
    assigning_rules = AssigningRules(settings.untrained_observers == "forbid", settings.observer_day_load)
    assigning = Assigning(database, auditing, staff, planning, assigning_rules, zone, names=names)
    rules = HotlineRules(
        municipality_id,
        zone,
        organiser,
        settings.official_appeal_url,
        clock,
        settings.hotline_group_id,
        custodian=settings.custodian_key or "",
    )
    vault_path = settings.database_path.with_name("vault.db")
    masters = partial(masters_at, keys, settings.key_path)
    async with open_hotline(vault_path, database, masters(), auditing, staff, rules, masters) as hotline:
        yield Services(
            conversation=Conversation(database, staff, hotline.discretion),
            enrolment=enrolment,
            further_role=FurtherRole(database, auditing, staff, planning, zone),
            responsibility=responsibility,
            assigning=assigning,
            training=Training(database, auditing, load_course(), form),
            finding=Finding(database, auditing, zone, names=names),
            scheduling=Scheduling(database, auditing, staff, planning, zone, approval=settings.schedule_approval),
            open_schedule=OpenSchedule(database, keys, zone),
            drawing=Drawing(database, auditing, assigning, planning, zone, settings.municipality),
            inviting=Inviting(database, auditing, enrolment, organiser, place.phone, zone),
            personal_data=PersonalData(database, auditing, staff, assigning, names=names, group_id=group_id),
            home=Home(database, enrolment, responsibility, checklists, place),
            planning=planning,
            alerting=Alerting(database, auditing, staff, zone),
            staffing=Staffing(database, auditing, staff, assigning, names=names, group_id=group_id),
            bulk_importing=BulkImporting(database, auditing, planning, report_rules),
            import_undoing=ImportUndoing(database, auditing, writing),
            importing=Importing(database, auditing, writing, settings.data_dir / "imports", names=names),
            day=day,
            reporting=day.reporting,
            photographing=Photographing(database, zone),
            summarising=Summarising(database, zone, days),
            exporting=Exporting(
                database,
                auditing,
                settings.data_dir / "exports",
                zone,
                settings.municipality,
                journal=hotline.journal.table,
                days=days,
            ),
            picturing=Picturing(database, zone, settings.municipality, days),
            looking=Looking(database, zone, settings.data_dir / "photos", days),
            indicating=Indicating(database, auditing, zone, days),
            briefing=Briefing(database, zone, days),
            digest_choice=DigestChoice(database, auditing),
            housekeeping=Housekeeping(database, staff),
            hotline=hotline,
        )


def works(services: Services) -> dict[str, Callable[[datetime], Awaitable[object]]]:
    """What is looked after at every tick of the schedule."""
    return {
        "alerts": services.alerting.escalate,
        "deadlines": services.planning.miss_overdue,
        "housekeeping": services.housekeeping.tidy,
        "clock": services.housekeeping.mind_the_clock,
        **services.hotline.works(),
        **services.day.works(),
    }
