"""The school's own day: its works, the steps of one, what observers wrote."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.checklist import Checklist
from bot.domain.people import Person, Role
from bot.domain.plan import School, Sitting, SittingId
from bot.domain.report import Report, violations
from bot.domain.school_day import SchoolStep
from bot.domain.screen import Button, Screen, column, row, rows
from bot.texts import plan as plan_words
from bot.texts import report as report_words
from bot.texts import school_day as words
from bot.texts.time import clock, day_and_clock, day_of_month

HOME = Button(words.HOME, "home")


def day(works: Sequence[tuple[Sitting, int]], today: date) -> Screen:
    """`works` with how many steps each has marked; those of earlier days name their day."""
    if not works:
        return Screen(words.NO_WORKS, ((HOME,),))
    lines = [words.work_line(s.class_name, s.subject, _starts(s, today), done, len(SchoolStep)) for s, done in works]
    buttons = [Button(f"{s.class_name} {s.subject}"[:24], f"gs:{s.id}") for s, _ in works[:12]]
    return Screen(words.day(lines[:20]), rows(*_in_rows(buttons, 2), (HOME,)))


def card(
    sitting: Sitting,
    told: Mapping[str, tuple[datetime, str]],
    dues: Mapping[SchoolStep, datetime],
    now: datetime,
    zone: ZoneInfo,
    *,
    reports: bool,
) -> Screen:
    """What is done, what is overdue, what comes next, and the rest in one line; the next three have a button for «now»."""
    done = [
        words.told(step.value, _when(told[step][0], sitting, zone), told[step][1])
        for step in SchoolStep
        if step in told
    ]
    ahead = [step for step in SchoolStep if step not in told]
    late = [step for step in ahead if dues[step] <= now]
    onward = [step for step in ahead if step not in late]
    lines = [
        *done,
        *words.overdue([words.was_due(step.value, _when(dues[step], sitting, zone)) for step in late]),
        *[words.next_one(step.value, _when(dues[step], sitting, zone)) for step in onward[:1]],
        *words.then([words.later(step.value, _when(dues[step], sitting, zone)) for step in onward[1:]]),
    ]
    buttons = [_mark(sitting, step) for step in ahead[:3]]
    tail = words.ALL_DONE if len(told) == len(SchoolStep) else ""
    fix = Button(words.FIX_TIME, f"gw:{sitting.id}") if told else None
    seen = Button(words.REPORTS, f"gr:{sitting.id}") if reports else None
    return Screen(
        words.card(plan_words.about(sitting), lines, tail),
        rows(*buttons, row(fix, seen), row(Button(words.BACK, "gd"), HOME)),
    )


def which_step(sitting: Sitting, told: Sequence[str]) -> Screen:
    buttons = [Button(words.STEPS[step], f"gx:{sitting.id}:{step}") for step in told]
    return Screen(words.WHICH_STEP, rows(*_in_rows(buttons, 2), row(Button(words.BACK, f"gs:{sitting.id}"), HOME)))


def type_time(sitting_id: int, *, again: bool = False) -> Screen:
    text = words.NOT_A_TIME if again else words.TYPE_TIME
    return Screen(text, (row(Button(words.BACK, f"gs:{sitting_id}"), HOME),))


def morning(works: Sequence[Sitting]) -> Screen:
    lines = [plan_words.about(one) for one in works]
    return Screen(words.morning(lines), (row(Button(words.DOOR, "gd"), HOME),))


def reminder(step: SchoolStep, sitting: Sitting, due: datetime, zone: ZoneInfo) -> Screen:
    text = words.reminder(step.value, plan_words.about(sitting), _when(due, sitting, zone))
    return Screen(text, (_mark(sitting, step), (Button(words.DOOR, f"gs:{sitting.id}"),)))


def reminders(steps: Sequence[tuple[SchoolStep, Sitting, datetime]], zone: ZoneInfo) -> Screen:
    """Several at once; each work has its door."""
    lines: dict[SittingId, list[str]] = {}
    works = {sitting.id: sitting for _, sitting, _ in steps}
    for step, sitting, due in steps:
        lines.setdefault(sitting.id, []).append(words.later(step.value, _when(due, sitting, zone)))
    told = [words.work_steps(works[id_].class_name, works[id_].subject, each) for id_, each in lines.items()]
    doors = [Button(f"{one.class_name} {one.subject}"[:24], f"gs:{one.id}") for one in list(works.values())[:12]]
    return Screen(words.reminders(told), rows(*_in_rows(doors, 2), (Button(words.DOOR, "gd"),)))


def late(step: SchoolStep, sitting: Sitting, due: datetime, phone: str, zone: ZoneInfo) -> Screen:
    return Screen(words.late(step.value, plan_words.about(sitting), _when(due, sitting, zone), phone))


def nobody_there(step: SchoolStep, missed: Sequence[Sitting], school: School | None, person: Person | None) -> Screen:
    """A door to an invitation: of `person`, who holds the role and is not in the bot, or of somebody new."""
    role, school_id = Role.SCHOOL_COORDINATOR.value, missed[0].school_id
    invite = f"pi:{person.id}:{role}" if person is not None else f"pnw:{role}:{school_id}"
    contact = (school.coordinator_name, school.coordinator_phone) if school is not None else ("", "")
    if person is not None:
        contact = (person.full_name or contact[0], person.phone or contact[1])
    lines = [words.missed(one.class_name, one.subject) for one in missed]
    text = words.nobody_there(step.value, missed[0].school_name, lines, *contact)
    return Screen(text, (row(Button(words.INVITE, invite), Button(words.SCHOOL, f"fs:{school_id}")), (HOME,)))


def nobody_in_many(step: SchoolStep, listed: Sequence[tuple[Sequence[Sitting], str]], total: int) -> Screen:
    """Works of each school with its telephone; `total` schools, of which the first are listed."""
    lines = [
        words.deserted(works[0].school_name, [words.missed(one.class_name, one.subject) for one in works], phone)
        for works, phone in listed
    ]
    invite = Button(words.INVITE, f"pnw:{Role.SCHOOL_COORDINATOR.value}")
    return Screen(words.nobody_in_many(step.value, lines, total), (row(invite, HOME),))


def reports(sitting: Sitting, found: Sequence[tuple[Report, Checklist]]) -> Screen:
    """What observers wrote of this work, without who they are."""
    blocks = []
    for one, checklist in found:
        told = [
            report_words.violation(v.item.code, v.item.label, v.answer.comment, v.answer.entered_later)
            for v in violations(one, checklist)
        ]
        kept = sum(answer.value.value == "yes" for answer in one.answers.values())
        blocks.append(words.report(one.number, kept, len(one.items(checklist)), told))
    buttons = [Button(f"{words.OBJECT}: {one.number}", f"go:{one.number}") for one, _ in found[:4]]
    return Screen(
        words.reports(plan_words.about(sitting), blocks),
        rows(*column(*buttons), row(Button(words.BACK, f"gs:{sitting.id}"), HOME)),
    )


def objection(number: int, school: str, code: str, said: str) -> Screen:
    text = words.objection(number, school, code, said)
    return Screen(text, ((Button(report_words.SHOW, f"vc:{number}"), HOME),))


def said(text: str) -> Screen:
    return Screen(text, (row(Button(words.BACK, "gd"), HOME),))


def _mark(sitting: Sitting, step: SchoolStep) -> tuple[Button, ...]:
    if step is SchoolStep.VIDEO:
        return tuple(Button(label, f"gt:{sitting.id}:video:{value}") for value, label in words.VIDEO.items())
    return (Button(words.STEPS[step.value], f"gt:{sitting.id}:{step.value}:yes"),)


def _when(at: datetime, sitting: Sitting, zone: ZoneInfo) -> str:
    return clock(at, zone) if at.astimezone(zone).date() == sitting.date else day_and_clock(at, zone)


def _starts(sitting: Sitting, today: date) -> str:
    earlier = day_of_month(sitting.date) if sitting.date != today else ""
    at = sitting.starts_at.strftime("%H:%M") if sitting.starts_at else ""
    return ", ".join(filter(None, (earlier, at)))


def _in_rows(buttons: list[Button], width: int) -> list[tuple[Button, ...]]:
    return [tuple(buttons[start : start + width]) for start in range(0, len(buttons), width)]
