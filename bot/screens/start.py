"""The first screens: strangers, invitations, the card of the day for every role."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from bot.domain.enrolment import Step
from bot.domain.people import Role
from bot.domain.plan import School, Sitting
from bot.domain.report import ReportState
from bot.domain.reporting import Listed
from bot.domain.screen import Button, Rows, Screen, column, row, rows
from bot.screens.urgent import urgent
from bot.texts import interest as interest_words
from bot.texts import plan as plan_words
from bot.texts import principal as principal_words
from bot.texts import report as report_words
from bot.texts import start as words
from bot.texts import turning
from bot.texts.hotline import BY_CODE
from bot.texts.hotline import MINE as MY_MESSAGES
from bot.texts.people import ROLES
from bot.texts.school_day import DOOR as SCHOOL_DAY

HOME_ROWS: Rows = ((Button(words.HOME, "home"),),)
OPEN_STATES = (ReportState.EXPECTED, ReportState.OPENED, ReportState.PARTIAL, ReportState.RETURNED, ReportState.MISSED)


@dataclass(frozen=True, slots=True)
class Place:
    """What the installation is called."""

    municipality: str
    organiser: str
    phone: str
    zone: ZoneInfo


def stranger(place: Place) -> Screen:
    return Screen(
        words.stranger(place.municipality),
        column(
            Button(words.REPORT_VIOLATION, "hl"),
            Button(MY_MESSAGES, "hl:mine"),
            Button(words.OPEN_SCHEDULE, "os"),
            Button(words.HAVE_CODE, "code"),
            Button(words.QUESTIONS, "faq"),
            Button(words.ABOUT, "about"),
        ),
    )


def ask_code() -> Screen:
    return Screen(words.ASK_CODE, column(Button(words.WHERE_IS_CODE, "code:where"), Button(words.BACK, "home")))


def hotline_code() -> Screen:
    """A receipt of the hotline was sent where an invitation is awaited: the door to the answer, and no attempt lost."""
    return Screen(words.HOTLINE_CODE, column(Button(BY_CODE, "hl:code"), Button(words.BACK, "home")))


def where_is_code(place: Place) -> Screen:
    return Screen(words.where_is_code(place.phone), column(Button(words.BACK, "code")))


def about(place: Place) -> Screen:
    return Screen(words.about(place.municipality, place.organiser), HOME_ROWS)


def invited(role: Role, code: str, place: Place) -> Screen:
    return Screen(
        words.invited(ROLES[role], place.organiser, code),
        column(Button(words.BEGIN, "join"), Button(words.NOT_ME, "join:no")),
    )


def step(step: Step, role: Role, code: str, consent_text: str, schools: Sequence[School]) -> Screen:
    """The step of the enrolment that comes next."""
    match step:
        case Step.CONSENT:
            number = words.STEP_1 if role is Role.OBSERVER else ""
            return Screen(
                words.consent(number, consent_text), (row(Button(words.AGREE, "ok"), Button(words.DISAGREE, "ok:no")),)
            )
        case Step.INTEREST:
            names = ", ".join(school.short_name for school in schools[:6])
            return Screen(
                words.interest(names),
                column(
                    Button(words.ALL_TRUE, "own:0"),
                    Button(words.HAVE_INTEREST, "own:pick:"),
                    Button(words.NOT_OF_AGE, "age:0"),
                ),
            )
        case Step.REHEARSAL:
            return Screen(words.REHEARSAL, column(Button(words.WORKED, "try"), Button(words.NEED_HELP, "try:help")))
        case Step.APPROVAL:
            return Screen(words.waiting_for_approval(ROLES[role]))
        case Step.READY:
            return Screen(
                words.ready(code), (row(Button(words.MY_DATES, "dates"), Button(words.MEMO, "memo")), *HOME_ROWS)
            )


def no_consent() -> Screen:
    return Screen(words.NO_CONSENT, column(Button(words.BACK_TO_CONSENT, "join")))


def pick_schools(schools: Sequence[School], picked: Sequence[int], page: int) -> Screen:
    """Every tap carries the whole choice, so it sets and never toggles by itself."""
    shown = schools[page * 6 : page * 6 + 6]
    joined = ".".join(map(str, picked))
    buttons = []
    for school in shown:
        if school.id in picked:
            rest = ".".join(str(i) for i in picked if i != school.id)
            buttons.append(Button(f"✓ {school.short_name}"[:24], f"own:pick:{rest}:{page}"))
        else:
            more = f"{joined}.{school.id}" if joined else str(school.id)
            buttons.append(Button(school.short_name[:24], f"own:pick:{more}:{page}"))
    pairs = [tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2)]
    turn = row(
        Button(turning.EARLIER, f"own:pick:{joined}:{page - 1}") if page else None,
        Button(turning.FURTHER, f"own:pick:{joined}:{page + 1}") if (page + 1) * 6 < len(schools) else None,
    )
    done = Button(words.DONE_CHOOSING, f"own:{joined}") if picked else Button(words.BACK, "join")
    return Screen(words.WHICH_SCHOOLS, rows(*pairs, turn, (done,)))


def signed_or_not() -> Screen:
    """«срочно …» while something for the hotline is unsent."""
    return Screen(words.SIGNED_OR_NOT, column(Button(words.URGENT, "u"), Button(words.TO_MY_MESSAGE, "hl:check")))


def which_interest(school: str, left: Sequence[int]) -> Screen:
    """Why this school; the others of `left` follow."""
    joined = ".".join(map(str, left))
    buttons = [Button(label, f"why:{joined}:{reason}") for reason, label in interest_words.CHOICES.items()]
    return Screen(words.which_interest(school), column(*buttons))


def ask_age() -> Screen:
    """To those who declared an interest and so could not say that all is true."""
    return Screen(words.ASK_AGE, column(Button(words.OF_AGE, "age:1"), Button(words.NOT_OF_AGE, "age:0")))


def observer(code: str, today: Sequence[Listed], asked: Sequence[int], roles: Sequence[Role]) -> Screen:
    """The card of the day: what to do now is the first button. `asked`: how many items each report has."""
    totals = {listed.report.number: total for listed, total in zip(today, asked, strict=True)}
    current = next((listed for listed in today if listed.report.state in OPEN_STATES), None)
    main: list[Button | None] = []
    if current is not None:
        number = current.report.number
        begun = current.report.opened_at is not None
        main = [
            Button(report_words.CONTINUE, f"rp:{number}") if begun else Button(report_words.START, f"ra:{number}:0"),
            None if begun else Button(report_words.FILL_LATER, f"rl:{number}"),
        ]
    others = [listed for listed in today if listed is not current]
    lines = [_listed(each, totals[each.report.number]) for each in ([current] if current else []) + others]
    text = words.observer_today(code, lines) if today else words.observer_nothing(code)
    return Screen(
        text,
        rows(
            *column(*main),
            urgent(None if current is None else current.report.number),
            row(Button(words.CHANGE_CLASS, "mine")) if others else (),
            row(Button(words.MEMO, "memo"), Button(words.MY_DATES, "dates")),
            row(Button(words.COURSE, "cl:0"), Button(words.CANNOT_COME, "anc")),
            row(*_other_doors(roles, Role.OBSERVER)),
        ),
    )


def my_reports(today: Sequence[Listed]) -> Screen:
    """Switch to another class: a draft is never lost."""
    buttons = [
        Button(f"{listed.report.number} · {listed.sitting.class_name}"[:24], f"rp:{listed.report.number}")
        for listed in today[:7]
    ]
    lines = [f"{listed.report.number}: {_listed(listed, 0)}" for listed in today]
    return Screen("\n\n".join(lines) or words.dates([]), rows(*column(*buttons), urgent(), *HOME_ROWS))


def dates(found: Sequence[Sitting]) -> Screen:
    return Screen(words.dates([plan_words.about(sitting) for sitting in found[:12]]), (urgent(), *HOME_ROWS))


def memo() -> Screen:
    return Screen(words.MEMO_TEXT, (urgent(), *HOME_ROWS))


def coordinator(code: str, place: Place, roles: Sequence[Role]) -> Screen:
    return Screen(
        words.coordinator(code, place.municipality),
        rows(
            row(Button(words.SUMMARY, "sv"), Button(words.SCHEDULE, "plan")),
            row(Button(words.IMPORT, "im"), Button(words.EXPORT, "ex:m")),
            row(Button(words.PEOPLE, "pp")),
            row(*_other_doors(roles, Role.COORDINATOR)),
        ),
    )


def school_coordinator(code: str, schools: Sequence[str], today: Sequence[Sitting], roles: Sequence[Role]) -> Screen:
    return Screen(
        words.school_coordinator(
            code, ", ".join(schools), [plan_words.within_day(sitting, school=len(schools) > 1) for sitting in today]
        ),
        rows(
            (Button(SCHOOL_DAY, "gd"),),
            urgent(),
            row(Button(words.MY_SCHEDULE, "sc"), Button(words.SUMMARY, "sv")),
            row(*_other_doors(roles, Role.SCHOOL_COORDINATOR)),
        ),
    )


def principal(
    code: str, schools: Sequence[str], on: date | None, found: Sequence[tuple[Sitting, str]], roles: Sequence[Role]
) -> Screen:
    """The head of a school: each sitting nobody took under control yet is a button."""
    free = [sitting for sitting, who in found if not who]
    buttons = [accept_button(sitting) for sitting in free[:8]]
    return Screen(
        principal_words.school_day(code, schools, on, found[:12]),
        rows(
            *(tuple(buttons[start : start + 2]) for start in range(0, len(buttons), 2)),
            urgent(),
            row(Button(words.SUMMARY, "sv"), *_other_doors(roles, Role.PRINCIPAL)),
        ),
    )


def accept_button(sitting: Sitting) -> Button:
    """Carries the day and the lesson it was shown with: what has moved since is not accepted unseen."""
    shown = f"{sitting.date.isoformat()}:{sitting.lesson or 0}"
    return Button(principal_words.take(sitting.class_name), f"ctl:{sitting.id}:{shown}")


def accept_again(sitting: Sitting) -> Screen:
    """To a head who accepted the sitting before it was moved."""
    return Screen(principal_words.accept_again(sitting), ((accept_button(sitting),), *HOME_ROWS))


def plan_changed(moved: Sequence[tuple[Sitting, Sitting]], *, observer: bool) -> Screen:
    """(before, after) of the reader's works; an observer may say at once that they cannot come."""
    return _plan_news(plan_words.changed_by_a_table(moved), observer=observer)


def planned_again(works: Sequence[Sitting], *, observer: bool) -> Screen:
    """The reader's works that were cancelled and are not any more."""
    return _plan_news(plan_words.planned_again(works), observer=observer)


def _plan_news(text: str, *, observer: bool) -> Screen:
    own = row(Button(words.MY_DATES, "dates"), Button(words.CANNOT_COME, "anc")) if observer else ()
    return Screen(text, rows(own, *HOME_ROWS))


def with_other_roles(screen: Screen, here: Role, roles: Sequence[Role]) -> Screen:
    """A person of several roles sees which, and changes between them."""
    others = [role for role in dict.fromkeys(roles) if role is not here]
    if not others:
        return screen
    buttons = tuple(Button(words.AS_ROLE[role.value], f"as:{role.value}") for role in others[:3])
    return Screen(f"{screen.text}\n{words.also([ROLES[role] for role in others])}", (*screen.rows, buttons))


def which_role(roles: Sequence[Role]) -> Screen:
    """Every role held, as a button."""
    buttons = [Button(words.AS_ROLE[role.value], f"as:{role.value}") for role in roles]
    return Screen(words.your_roles([ROLES[role] for role in roles]), rows(*column(*buttons), urgent(), *HOME_ROWS))


def other(role: Role, code: str, roles: Sequence[Role]) -> Screen:
    """Operators, heads and the others: their doors."""
    return Screen(words.other_role(ROLES[role], code), rows(row(*_other_doors(roles, role))))


def _other_doors(roles: Sequence[Role], here: Role) -> list[Button]:
    doors = []
    if here is not Role.COORDINATOR and {Role.HEAD, Role.REGIONAL} & set(roles):
        doors.append(Button(words.SUMMARY, "sv"))
    if Role.OPERATOR in roles or Role.COORDINATOR in roles:
        doors.append(Button(words.HOTLINE, "hd"))
    elif here is Role.OBSERVER or here is Role.SCHOOL_COORDINATOR:
        doors.append(Button(words.HOTLINE, "hl"))
    return doors


def _listed(listed: Listed, total: int) -> str:
    sitting = listed.sitting
    starts = sitting.starts_at.strftime("%H:%M") if sitting.starts_at else ""
    line = words.sitting_line(
        sitting.school_name, sitting.class_name, sitting.subject, words.lesson(sitting.lesson, starts), sitting.room
    )
    return f"{line}\n{words.report_state(listed.report.state.value, listed.answered, total or listed.answered)}"
