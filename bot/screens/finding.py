"""Looking for schools and people, the card of a school, the risk list, the log of deeds."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot.domain.finding import Found
from bot.domain.people import Person
from bot.domain.plan import School
from bot.domain.risk import Procedure, RiskList, RiskMark, years_of
from bot.domain.screen import Button, Screen, row, rows
from bot.texts import audit
from bot.texts import finding as words
from bot.texts.escape import esc
from bot.texts.start import BACK, HOME
from bot.texts.time import day_and_clock
from storage.deeds import Deed

HOME_BUTTON = Button(HOME, "home")
YEARS_SHOWN = 4


def said(text: str) -> Screen:
    return Screen(text, ((HOME_BUTTON,),))


def found(text: str, result: Found) -> Screen:
    if not result:
        return said(words.nothing(text))
    buttons = [Button(school.short_name[:24], f"fs:{school.id}") for school in result.schools[:8]]
    buttons += [Button(_label(person), f"pc:{person.id}") for person in result.persons[:8]]
    return Screen(
        words.found(text, len(result.schools), len(result.persons)),
        rows(*(tuple(buttons[i : i + 2]) for i in range(0, min(len(buttons), 12), 2)), (HOME_BUTTON,)),
    )


def school(
    one: School,
    risk: Sequence[RiskMark],
    ahead: int,
    coordinators: Sequence[Person],
    heads: Sequence[Person],
    this_year: int,
) -> Screen:
    told = ", ".join(_person(person) for person in coordinators) or esc(
        " ".join(part for part in (one.coordinator_name, one.coordinator_phone) if part)
    )
    text = words.school(
        one.short_name,
        one.full_name,
        one.address,
        told,
        _marks(risk),
        ahead,
        ", ".join(_person(person) for person in heads),
    )
    return Screen(
        text,
        rows(
            (Button(words.PLAN, f"sc:{one.id}"),),
            *_years(one.id, risk, RiskList.OBJECTIVITY, Procedure.VPR, this_year),
            (Button(words.OTHER_LISTS, f"rsl:{one.id}"),),
            (Button(words.RISK, "rsk"), HOME_BUTTON),
        ),
    )


def risk_of(one: School, risk: Sequence[RiskMark], list_: RiskList, procedure: Procedure, this_year: int) -> Screen:
    """Every list of one school; the years of the chosen list and procedure are set by taps."""
    lists = [
        Button(words.chosen(words.LIST_BUTTONS[each], now=each is list_), f"rsl:{one.id}:{each}:{procedure}")
        for each in RiskList
    ]
    procedures = [
        Button(words.chosen(words.PROCEDURES[each], now=each is procedure), f"rsl:{one.id}:{list_}:{each}")
        for each in Procedure
    ]
    return Screen(
        words.risk_of(one.short_name, _marks(risk), list_.value, procedure.value),
        rows(
            tuple(lists),
            tuple(procedures[:2]),
            tuple(procedures[2:]),
            *_years(one.id, risk, list_, procedure, this_year, further=True),
            (Button(BACK, f"fs:{one.id}"), HOME_BUTTON),
        ),
    )


def _years(
    school_id: int,
    risk: Sequence[RiskMark],
    list_: RiskList,
    procedure: Procedure,
    this_year: int,
    *,
    further: bool = False,
) -> list[tuple[Button, ...]]:
    """Buttons that set or take off a year. `further`: of the screen of all lists, which comes back."""
    held = years_of(risk, list_, procedure)
    years = sorted({this_year - back for back in range(YEARS_SHOWN)} | set(held[-2:]), reverse=True)
    tail = f":{list_}:{procedure}" if further else ""
    buttons = [
        Button(words.risk_year(year, year in held), f"rsk:{school_id}:{year}:{0 if year in held else 1}{tail}")
        for year in years
    ]
    return [tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2)]


def _marks(risk: Sequence[RiskMark]) -> list[str]:
    kinds = dict.fromkeys((mark.list, mark.procedure) for mark in risk)
    return [words.risk_marks(kind[0].value, kind[1].value, years_of(risk, *kind)) for kind in kinds]


def risk_list(listed: Sequence[tuple[School, Sequence[int]]]) -> Screen:
    lines = [words.risk_line(one.short_name, years) for one, years in listed[:40]]
    buttons = [Button(one.short_name[:24], f"fs:{one.id}") for one, _ in listed[:12]]
    return Screen(
        words.risk_list(lines),
        rows(*(tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2)), (Button(BACK, "plan"), HOME_BUTTON)),
    )


def journal(deeds: Sequence[Deed], zone: ZoneInfo) -> Screen:
    lines = [
        audit.deed(
            deed.seq,
            day_and_clock(deed.at, zone),
            deed.person_code,
            deed.action,
            audit.about(deed.kind, deed.key, deed.name),
        )
        for deed in deeds
    ]
    older = deeds[-1].seq if deeds and deeds[-1].seq > 1 else 0
    return Screen(
        words.journal(lines),
        rows(
            row(Button(words.OLDER, f"fj:{older}") if older else None, Button(words.NEWER, "fj")),
            (Button(words.JOURNAL_FILE, "fjx"), HOME_BUTTON),
        ),
    )


def _label(person: Person) -> str:
    return f"{person.code} {person.full_name.split(' ')[0] if person.full_name else ''}".strip()[:24]


def _person(person: Person) -> str:
    return esc(" ".join(part for part in (person.code, person.full_name, person.phone) if part))
