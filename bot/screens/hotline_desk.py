"""Screens of the hotline's staff."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.hotline.case import Case, Direction, Level, Outcome, Status
from bot.domain.hotline.retention import Planned
from bot.domain.hotline.views import CardView, Opened, Preview
from bot.domain.people import Person
from bot.domain.screen import Button, Screen, row, rows
from bot.texts import hotline as writer_words
from bot.texts import hotline_desk as words
from bot.texts import hotline_names as name_words
from bot.texts import hotline_school as school_words
from bot.texts import hotline_ties as tie_words
from bot.texts.time import day_and_clock

PREFIX = "hd"
SHOWN_MINUTES = 30


def number(case: Case) -> str:
    return writer_words.number(case.year, case.number)


def news(case_id: str, text: str) -> Screen:
    """What wakes an operator: number and section, no word of the case."""
    return Screen(text, rows(row(Button(words.OPEN, f"hd:open:{case_id}"), Button(words.CARD, f"hd:card:{case_id}"))))


def several_new(cases: Sequence[Case]) -> Screen:
    """What came in while this person's chat had to rest."""
    lines = [words.new_one(number(case), case.category) for case in cases]
    doors = [Button(number(case), f"hd:card:{case.id}") for case in cases[:6]]
    pairs = [tuple(doors[start : start + 2]) for start in range(0, len(doors), 2)]
    return Screen(words.several_new(lines), rows(*pairs, (Button(words.QUEUE, "hd:queue:0"),)))


def due(case: Case, stage: str, zone: ZoneInfo) -> Screen:
    """Time runs out, or has run out."""
    text = words.due(number(case), case.category, stage, case.due_at, zone)
    return Screen(text, rows(row(Button(words.OPEN, f"hd:open:{case.id}"), Button(words.CARD, f"hd:card:{case.id}"))))


def before_deletion(case: Case) -> Screen:
    return Screen(
        words.before_deletion(number(case)),
        rows(row(Button(words.HOLD, f"hd:write:{case.id}:hold"), Button(words.CARD, f"hd:card:{case.id}"))),
    )


def card(view: CardView, now: datetime, zone: ZoneInfo, *, in_topic: bool = False) -> Screen:
    """`in_topic`: in the staff forum, where nothing that is typed goes to the writer."""
    case = view.case
    text = words.card(
        number(case),
        case.category,
        view.school,
        case.status.value,
        case.level.value,
        case.due_at,
        now,
        zone,
        view.operator,
        critical=case.urgency == "critical" and not case.is_over,
        waits=case.waits,
        files=view.files,
        outcome=case.outcome.value if case.outcome and case.is_over else "",
        rating=case.rating.value if case.rating else "",
        similar=view.similar,
        ties=tie_words.on_card(case.report_number, case.violation, view.decision),
    )
    if in_topic:
        text += f"\n\n{words.TOPIC_HINT}"
    case_id = case.id
    if case.status is Status.REPEATED:
        main = Button(words.MAIN_CARD, f"hd:card:{case.merged_into}") if case.merged_into else None
        return Screen(text, rows(row(Button(words.OPEN, f"hd:open:{case_id}"), main)))
    return Screen(
        text,
        rows(
            row(Button(words.OPEN, f"hd:open:{case_id}"), Button(words.TAKE, f"hd:take:{case_id}")),
            row(Button(words.ASK, f"hd:write:{case_id}:question"), Button(words.ANSWER, f"hd:write:{case_id}:out")),
            row(Button(words.READY, f"hd:ready:{case_id}"), Button(words.NOTE, f"hd:write:{case_id}:note")),
            row(Button(words.HAND_OVER, f"hd:hand:{case_id}"), Button(words.CLOSE, f"hd:close:{case_id}")),
            row(Button(words.MORE, f"hd:more:{case_id}"), None if in_topic else Button(words.QUEUE, "hd:queue:0")),
        ),
    )


def opened(view: Opened, lines: list[tuple[str, str, str]]) -> list[Screen]:
    """One screen a page, buttons under the last. `lines`: (when, who, text)."""
    case = view.case
    attached = [
        Button(f"{words.FILES[kind.value]} {index + 1}", f"hd:file:{case.id}:{index}")
        for index, (_, kind, _) in enumerate(view.files[:15])
    ]
    buttons = rows(
        *(tuple(attached[at : at + 3]) for at in range(0, len(attached), 3)),
        row(Button(words.ASK, f"hd:write:{case.id}:question"), Button(words.ANSWER, f"hd:write:{case.id}:out")),
        row(Button(words.CARD, f"hd:card:{case.id}")),
    )
    pages = words.opened(number(case), lines, view.marks, SHOWN_MINUTES)
    return [Screen(text, buttons if place == len(pages) else (), protect=True) for place, text in enumerate(pages, 1)]


def write(case: Case, kind: str, *, by_reply: bool) -> Screen:
    return Screen(
        words.write(kind, number(case), by_reply=by_reply), rows((Button(words.CANCEL, f"hd:card:{case.id}"),))
    )


def preview(view: Preview) -> Screen:
    case = view.case
    warning = name_words.found(view.traces)
    return Screen(
        words.preview(number(case), view.kind, view.text, warning, view.others),
        rows(
            (Button(words.SEND, f"hd:send:{case.id}:{view.revision}"),),
            row(Button(words.AGAIN, f"hd:write:{case.id}:{view.kind}"), Button(words.CANCEL, f"hd:card:{case.id}")),
        ),
        protect=True,
    )


def done(case: Case, text: str) -> Screen:
    return Screen(
        f"{number(case)}. {text}",
        rows(row(Button(words.CARD, f"hd:card:{case.id}"), Button(words.QUEUE, "hd:queue:0"))),
    )


def close(case: Case) -> Screen:
    buttons = []
    for outcome, label in words.OUTCOME_BUTTONS.items():
        told = outcome in (Outcome.PASSED_ON.value, Outcome.NOT_OURS.value)
        buttons.append((Button(label, f"hd:write:{case.id}:{outcome}" if told else f"hd:closed:{case.id}:{outcome}"),))
    return Screen(f"{number(case)}. {words.CLOSE_WITH}", rows(*buttons, (Button(words.CARD, f"hd:card:{case.id}"),)))


def ready(case: Case) -> Screen:
    buttons = [(Button(label, f"hd:readied:{case.id}:{name}"),) for name, (label, _) in words.READY_ANSWERS.items()]
    return Screen(f"{number(case)}. {words.READY_CHOICE}", rows(*buttons, (Button(words.CARD, f"hd:card:{case.id}"),)))


def hand_over(case: Case, colleagues: list[Person]) -> Screen:
    buttons = [Button(person.code, f"hd:handed:{case.id}:{person.id}") for person in colleagues[:14]]
    pairs = [tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2)]
    return Screen(f"{number(case)}. {words.GIVE_TO}", rows(*pairs, (Button(words.CARD, f"hd:card:{case.id}"),)))


def queue(lines: list[tuple[Case, str]], now: datetime, page: int, *, more: bool) -> Screen:
    home = Button(writer_words.HOME, "home")
    enter = row(Button(words.ENTER_PHONE, "hd:enter:phone"), Button(words.ENTER_VISIT, "hd:enter:visit"))
    if not lines:
        return Screen(words.EMPTY_QUEUE, rows(enter, (home,)))
    texts = [
        words.queue_line(
            number(case),
            case.category,
            school,
            case.status.value,
            critical=case.urgency == "critical",
            overdue=case.overdue(now),
        )
        for case, school in lines
    ]
    buttons = [(Button(number(case), f"hd:card:{case.id}"),) for case, _ in lines]
    turn = row(
        Button(writer_words.BACK, f"hd:queue:{page - 1}") if page else None,
        Button(words.NEXT, f"hd:queue:{page + 1}") if more else None,
        home,
    )
    return Screen("\n".join([words.QUEUE_TITLE, *texts]), rows(*buttons, enter, turn))


def more(view: CardView) -> Screen:
    """What is needed seldom."""
    case = view.case
    held = (
        Button(words.UNHOLD, f"hd:unhold:{case.id}")
        if case.hold_reason
        else Button(words.HOLD, f"hd:write:{case.id}:hold")
    )
    reveal = Button(words.REVEAL, f"hd:write:{case.id}:reveal") if case.level is Level.CONTACT else None
    ban = Button(words.BAN, f"hd:ban:{case.id}") if case.is_reachable else None
    return Screen(
        number(case),
        rows(
            row(Button(words.MEASURES, f"hd:write:{case.id}:measures"), Button(words.HISTORY, f"hd:history:{case.id}")),
            row(Button(words.MERGE, f"hd:similar:{case.id}"), Button(words.RESECTION, f"hd:sections:{case.id}")),
            row(held, Button(words.TIE, f"hd:write:{case.id}:tie")),
            row(Button(school_words.SIGN, f"hd:signal:{case.id}") if case.school_id else None, reveal),
            row(ban),
            row(Button(words.CARD, f"hd:card:{case.id}")),
        ),
    )


def history(case: Case, lines: list[tuple[datetime, str, str]], zone: ZoneInfo) -> Screen:
    """`lines`: (when, event, code of who), oldest first; the last thirty are shown."""
    said = [
        f"{day_and_clock(at, zone)} · {words.EVENTS[event]}" + (f" · {code}" if code else "")
        for at, event, code in lines
    ]
    return Screen("\n".join([f"<b>{number(case)}</b>", *said[-30:]]), rows((Button(words.CARD, f"hd:card:{case.id}"),)))


def similar(case: Case, found: list[Case]) -> Screen:
    card = (Button(words.CARD, f"hd:card:{case.id}"),)
    if not found:
        return Screen(f"{number(case)}. {words.NO_SIMILAR}", rows(card))
    texts = [
        words.queue_line(
            number(other), other.category, "", other.status.value, critical=other.urgency == "critical", overdue=False
        )
        for other in found[:6]
    ]
    buttons = [
        (Button(f"{words.JOIN_WITH} {other.number:05}", f"hd:join:{case.id}:{other.year}:{other.number}"),)
        for other in found[:6]
        if other.merged_into is None and case.merged_into is None and not other.is_over
    ]
    return Screen("\n".join([f"{number(case)}. {words.SIMILAR}", *texts]), rows(*buttons, card))


def sections(prefix: str, title: str) -> Screen:
    """All sixteen at once, two a row; a tap sends `prefix` with the section's number."""
    buttons = [Button(text, f"{prefix}:{section}") for section, text in writer_words.SECTIONS.items()]
    pairs = [tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2)]
    return Screen(f"{title} {words.SECTION_CHOICE}".strip(), rows(*pairs))


def found(cases: list[Case]) -> Screen:
    if not cases:
        return Screen(words.NOTHING_FOUND, rows((Button(words.QUEUE, "hd:queue:0"),)))
    lines = ", ".join(number(case) for case in cases)
    buttons = [(Button(number(case), f"hd:card:{case.id}"),) for case in cases[:7]]
    return Screen(f"{words.FOUND}{lines}", rows(*buttons, (Button(words.QUEUE, "hd:queue:0"),)))


def keeping(planned: list[Planned], zone: ZoneInfo) -> Screen:
    """What the clocks will do: a dry run."""
    lines = [
        f"{day_and_clock(one.at, zone)} · {number(one.case)} · {words.FATES[one.fate.value]}" for one in planned[:40]
    ]
    return Screen(
        "\n".join([words.KEEPING, *lines]) if lines else words.KEEPING_NOTHING,
        rows((Button(words.QUEUE, "hd:queue:0"),)),
    )


def who(direction: Direction, operator: str) -> str:
    name = words.DIRECTIONS[direction.value]
    return f"{name}, {operator}" if operator else name
