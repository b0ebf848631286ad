"""Every service of a running bot, built once by `bot/app.py`."""

from dataclasses import dataclass

from bot.services.alerting import Alerting
from bot.services.assigning import Assigning
from bot.services.briefing import Briefing
from bot.services.bulk_importing import BulkImporting
from bot.services.conversation import Conversation
from bot.services.day import Day
from bot.services.digest_choice import DigestChoice
from bot.services.drawing import Drawing
from bot.services.enrolment import Enrolment
from bot.services.exporting import Exporting
from bot.services.finding import Finding
from bot.services.further_role import FurtherRole
from bot.services.home import Home
from bot.services.hotline.all import Hotline
from bot.services.housekeeping import Housekeeping
from bot.services.import_undoing import ImportUndoing
from bot.services.importing import Importing
from bot.services.indicating import Indicating
from bot.services.inviting import Inviting
from bot.services.looking import Looking
from bot.services.open_schedule import OpenSchedule
from bot.services.personal_data import PersonalData
from bot.services.photographing import Photographing
from bot.services.picturing import Picturing
from bot.services.planning import Planning
from bot.services.reporting import Reporting
from bot.services.responsibility import Responsibility
from bot.services.scheduling import Scheduling
from bot.services.staffing import Staffing
from bot.services.summarising import Summarising
from bot.services.training import Training


@dataclass(frozen=True, slots=True)
class Services:
    conversation: Conversation
    responsibility: Responsibility
    assigning: Assigning
    inviting: Inviting
    drawing: Drawing
    scheduling: Scheduling
    finding: Finding
    training: Training
    open_schedule: OpenSchedule
    personal_data: PersonalData
    enrolment: Enrolment
    further_role: FurtherRole
    home: Home
    importing: Importing
    import_undoing: ImportUndoing
    bulk_importing: BulkImporting
    planning: Planning
    alerting: Alerting
    staffing: Staffing
    day: Day
    reporting: Reporting
    photographing: Photographing
    summarising: Summarising
    exporting: Exporting
    picturing: Picturing
    looking: Looking
    indicating: Indicating
    briefing: Briefing
    digest_choice: DigestChoice
    housekeeping: Housekeeping
    hotline: Hotline
