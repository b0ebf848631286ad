"""The hotline's rules without anything around them: life of a case, receipts, guessing, limits, screens."""

import random
from datetime import timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.hotline import guessing, receipt
from bot.domain.hotline.case import (
    OVER,
    Case,
    CaseId,
    Category,
    Channel,
    Direction,
    FileKind,
    Level,
    Outcome,
    Status,
    Urgency,
)
from bot.domain.hotline.contact import contact_in
from bot.domain.hotline.draft import Draft, Piece
from bot.domain.hotline.life import CaseStepNotPossible, Event, after
from bot.domain.hotline.views import CardView, CodeView, Opened, Preview
from bot.domain.screen import Screen
from bot.screens import hotline as writer_screens
from bot.screens import hotline_desk as desk_screens
from bot.screens import hotline_receipt as receipt_screens
from bot.screens import hotline_reveal as reveal_screens
from bot.services.hotline.tries import Allowance, Tries
from bot.texts import hotline_faq
from tests.hotline.town import NOON

CASE_ID = CaseId("0123456789abcdef" * 2)


# -- the life of a case ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", Status)
def test_whatever_the_state_the_writer_is_heard_and_staff_may_read(status: Status):
    assert after(status, Event.WRITE)
    assert after(status, Event.OPEN)


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.REPEATED])
def test_not_helped_always_leads_back_to_work(status: Status):
    assert after(status, Event.UNSATISFIED) is Status.IN_WORK


@pytest.mark.parametrize(
    ("status", "event"), list(product(sorted(OVER), (Event.TAKE, Event.ASK, Event.CLOSE, Event.MERGE)))
)
def test_what_is_over_is_not_worked_on(status: Status, event: Event):
    with pytest.raises(CaseStepNotPossible):
        after(status, event)


@given(st.lists(st.sampled_from(Event), max_size=30))
def test_any_history_ends_in_a_known_state(events: list[Event]):
    status = Status.ACCEPTED
    for event in events:
        try:
            status = after(status, event)
        except CaseStepNotPossible:
            continue
        assert event is not Event.ANSWER or status is Status.ANSWERED
    assert status in Status


# -- receipts ----------------------------------------------------------------------------------------------------------


@given(st.integers(0, 10**15 - 1), st.integers(0, 15), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(number: int, place: int, shift: int):
    body = f"{number:015}"
    code = body + receipt.check_digit(body)
    assert receipt.is_well_formed(code)
    wrong = code[:place] + str((int(code[place]) + shift) % 10) + code[place + 1 :]
    assert not receipt.is_well_formed(wrong)


@pytest.mark.parametrize(
    "typed", ["9577 0613 2576 9079", "9577-0613-2576-9079", "код 9577061325769079!", "9577.0613.2576.9079 вот"]
)
def test_a_code_is_found_as_people_write_it(typed: str):
    assert receipt.find_code(typed) == "9577061325769079"
    assert receipt.grouped("9577061325769079") == "9577 0613 2576 9079"


@pytest.mark.parametrize("typed", ["", "9577 0613 2576", "95770613257690791", "ГЛ-2026-00042"])
def test_what_is_no_code(typed: str):
    assert receipt.find_code(typed) is None


# -- guessing ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "section"),
    [
        ("Дети списывали с телефонов, учитель молчал", Category.ORDER),
        ("Варианты в чате выложили за день, слив", Category.LEAK),
        ("Не хватило времени, начали позже", Category.TIME),
        ("Собирают деньги на сборники по 500 рублей", Category.MONEY),
        ("Две работы в один день по графику", Category.TIMETABLE),
        ("За ВПР выставили двойки в журнал", Category.MARKS),
        ("Заставляли писать больного ребёнка", Category.COERCION),
        ("Сайт не открывался, система зависла", Category.TECHNICAL),
        ("Вместо уроков натаскивают на ВПР", Category.DRILLING),
        ("Ребёнок с ОВЗ, ПМПК не учли", Category.HEALTH),
        ("Хочу узнать, что такое ВПР", Category.QUESTION),
        ("Спасибо за организацию", Category.OTHER),
    ],
)
def test_the_section_is_guessed_from_words(text: str, section: Category):
    assert guessing.section(text) is section


def test_nothing_is_guessed_from_nothing():
    assert guessing.section("Здравствуйте") is None
    assert guessing.section("") is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Когда будут результаты ВПР?", "results"),
        ("Можно ли отказаться от ВПР?", "refuse"),
        ("Влияет ли ВПР на отметки?", "marks"),
        ("Кто проверяет работы?", "who_checks"),
        ("Учитель влияет на отметки криком и угрозами, разберитесь", None),
    ],
)
def test_a_plain_question_meets_its_answer(text: str, name: str | None):
    assert guessing.faq(text) == name
    assert name is None or hotline_faq.text(name)


def test_threats_and_abuse_are_marked():
    assert guessing.marks("Я вас всех взорву") == ("threat",)
    assert guessing.marks("Учитель — мудак") == ("obscene",)
    assert guessing.marks("Ребёнок расстроен") == ()


@pytest.mark.parametrize(
    ("typed", "contact"),
    [
        ("8 913 123 45 67", "+79131234567"),
        ("мой номер +7(913)123-45-67, звоните", "+79131234567"),
        ("mama@example.org", "mama@example.org"),
        ("почта имя@почта.рф пожалуйста", "имя@почта.рф"),
        ("позвоните мне", None),
    ],
)
def test_contacts_as_people_type_them(typed: str, contact: str | None):
    assert contact_in(typed) == contact


# -- limits ------------------------------------------------------------------------------------------------------------


def test_an_allowance_delays_and_forgets():
    allowance = Allowance(3, 100, timedelta(minutes=1))
    assert [allowance.take("a", NOON) for _ in range(3)] == [timedelta(0)] * 3
    assert allowance.take("a", NOON) == timedelta(minutes=1)
    assert allowance.take("b", NOON) == timedelta(0)
    assert allowance.take("a", NOON + timedelta(minutes=1)) == timedelta(0)


def test_everybody_together_is_limited():
    allowance = Allowance(3, 5, timedelta(minutes=1))
    assert sum(allowance.take(str(n), NOON) <= timedelta(0) for n in range(9)) == 5


def test_wrong_codes_double_the_pause_up_to_an_hour():
    tries = Tries(5, 100)
    now = NOON
    for _ in range(5):
        assert tries.wait("a", now) == timedelta(0)
        tries.count("a", now)
    pauses = []
    for _ in range(3):
        pause = tries.wait("a", now)
        pauses.append(pause)
        now += pause
        tries.count("a", now)
    assert pauses == [timedelta(minutes=5), timedelta(minutes=10), timedelta(minutes=20)]


def test_memory_holds_no_account_in_clear():
    allowance = Allowance(3, 100)
    allowance.count("tg:70351906284117", NOON)
    assert "70351906284117" not in repr(vars(allowance))


# -- screens -----------------------------------------------------------------------------------------------------------


def sample(**changes: object) -> Case:
    fields: dict[str, object] = {
        "id": CASE_ID,
        "year": 2026,
        "number": 42,
        "level": Level.HIDDEN,
        "channel": Channel.TELEGRAM,
        "category": Category.MARKS,
        "school_id": 5,
        "status": Status.IN_WORK,
        "urgency": Urgency.CRITICAL,
        "accepted_at": NOON,
        "due_at": NOON,
        "heard_at": NOON,
    }
    return Case(**(fields | changes))  # type: ignore[arg-type]


def every_screen() -> list[Screen | None]:
    zone = ZoneInfo("Europe/Moscow")
    long = "Очень длинный рассказ <b>&. " * 400
    found: list[Screen | None] = [
        writer_screens.start("Управление <образования>"),
        writer_screens.official("Управление", "https://example.org"),
        writer_screens.sections(0),
        writer_screens.sections(1),
        writer_screens.faq_list(sending=True),
        *(writer_screens.faq_answer(name) for name in hotline_faq.ANSWERS),
        writer_screens.school_asked([(1, "Прогимназия имени очень длинная № 5")]),
        writer_screens.levels(),
        receipt_screens.ask(),
        receipt_screens.wiped(),
        receipt_screens.answers(CodeView(sample(), ((Direction.OUT, long[:1400]),))),
        desk_screens.queue([(sample(number=n), "СОШ № 5") for n in range(6)], NOON, 1, more=True),
        desk_screens.sections(f"hd:section:{CASE_ID}", "ГЛ-2026-00042"),
        desk_screens.similar(sample(), [sample(number=n) for n in range(9)]),
        desk_screens.found([sample(number=n) for n in range(20)]),
        desk_screens.preview(Preview(sample(), "passed_on", long[:2400], "abcdef01", frozenset({"name"}), 21)),
    ]
    for level, status in product(Level, Status):
        case = sample(level=level, status=status, outcome=Outcome.NOT_CONFIRMED)
        draft = Draft(CASE_ID, (Piece(long),), Category.MARKS, level=level)
        found += [
            writer_screens.check(draft, "СОШ № 5"),
            writer_screens.accepted(case, NOON.date()),
            writer_screens.own_case(case, "СОШ № 5", None),
            writer_screens.mine([(case, NOON.date())] * 9),
            *(writer_screens.to_writer(case, way, long[:2400], NOON.date()) for way in Direction),
            desk_screens.card(CardView(case, "СОШ № 5", "О-001", 3, 2), NOON, zone, in_topic=True),
            desk_screens.more(CardView(case, "", "", 0, 0)),
            desk_screens.close(case),
            desk_screens.ready(case),
            desk_screens.due(case, "overdue", zone),
            desk_screens.before_deletion(case),
            reveal_screens.asked(case, 7, "К-001"),
            reveal_screens.decided(case, 7, allowed=True),
        ]
    return found


def test_a_long_story_is_shown_whole_in_pages():
    story = "".join(f"слово{n} " for n in range(2500))
    view = Opened(sample(), (), tuple((str(n), FileKind.PHOTO, "stored") for n in range(10)), ("threat",))
    pages = desk_screens.opened(view, [("22 апреля, 12:00", "Заявитель", story), ("12:01", "Заявитель", "и ещё")])
    assert [fault for page in pages for fault in page.faults()] == []
    shown = " ".join(page.text for page in pages)
    assert [n for n in range(2500) if f"слово{n} " not in shown + " "] == []
    assert all(page.protect for page in pages)
    assert [bool(page.rows) for page in pages] == [False] * (len(pages) - 1) + [True]


def test_every_screen_keeps_the_contract():
    assert [fault for screen in every_screen() if screen for fault in screen.faults()] == []


def test_no_screen_shows_what_was_typed_as_markup():
    shown = [screen.text for screen in every_screen() if screen and "Очень длинный рассказ" in screen.text]
    assert shown
    assert not [text for text in shown if "<b>&. " in text]


def test_buttons_come_out_right_for_random_ids():
    for _ in range(50):
        case = sample(id=CaseId(f"{random.getrandbits(128):032x}"), number=random.randrange(1, 99999))
        assert desk_screens.card(CardView(case, "", "", 0, 0), NOON, ZoneInfo("Europe/Moscow")).faults() == []
