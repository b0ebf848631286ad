"""Screens of a writer to the hotline."""

from datetime import date

from bot.domain.hotline import masking
from bot.domain.hotline.case import TO_WRITER, Case, CaseId, Category, Direction, FileKind, Level, Outcome
from bot.domain.hotline.draft import Draft
from bot.domain.screen import Button, Rows, Screen, column, row, rows
from bot.texts import hotline as words
from bot.texts import hotline_desk as desk_words
from bot.texts import hotline_faq as faq
from bot.texts import hotline_names as name_words

PREFIX = "hl"
BACK_HOME = row(Button(words.BACK, "hl"), Button(words.HOME, "home"))
SECTIONS_A_PAGE = 8


def number(case: Case) -> str:
    return words.number(case.year, case.number)


def start(organiser: str) -> Screen:
    return Screen(
        words.notice(organiser),
        rows(
            (Button(words.OFFICIAL, "hl:official"),),
            (Button(words.BY_CODE, "hl:code"),),
            row(Button(words.MINE, "hl:mine"), Button(words.HOME, "home")),
        ),
    )


def official(organiser: str, address: str) -> Screen:
    return Screen(words.official(organiser, address), rows((Button(words.START, "hl"),), BACK_HOME))


def section_asked(draft: Draft, guess: Category | None) -> Screen:
    """H2: what came so far, and the section its words suggest."""
    text = words.section_asked(guess, len(draft.pieces), len(draft.files))
    if guess is None:
        return Screen(text, _sections(0))
    return Screen(
        text,
        column(
            Button(words.DONE, f"hl:section:{int(guess)}"),
            Button(words.OTHER_SECTION, "hl:sections:0"),
            Button(words.JUST_QUESTION, "hl:faq"),
        ),
    )


def sections(page: int) -> Screen:
    return Screen(words.SECTION_CHOICE, _sections(page))


def _sections(page: int) -> Rows:
    known = list(Category)[page * SECTIONS_A_PAGE : (page + 1) * SECTIONS_A_PAGE]
    buttons = [Button(words.SECTIONS[category], f"hl:section:{int(category)}") for category in known]
    pairs = [tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2)]
    turn = Button(words.MORE, "hl:sections:1") if page == 0 else Button(words.EARLIER, "hl:sections:0")
    return rows(*pairs, (turn,))


def faq_answer(name: str) -> Screen:
    return Screen(
        faq.text(name), rows(row(Button(words.HELPED, "hl:faqok"), Button(words.NO_SEND, f"hl:section:{15}")))
    )


def faq_list(*, sending: bool) -> Screen:
    buttons = [(Button(label, f"hl:faq:{name}"),) for name, (label, _) in faq.ANSWERS.items()]
    return Screen(faq.TITLE, rows(*buttons[:7], (Button(words.NO_SEND, "hl:section:15"),) if sending else BACK_HOME))


def faq_helped() -> Screen:
    return Screen(faq.HELPED, rows((Button(words.START, "hl"),), (Button(words.HOME, "home"),)))


def school_asked(guesses: list[tuple[int, str]], *, text: str = words.SCHOOL_ASKED) -> Screen:
    """H3: `guesses` are schools that the message names, or one that looks like what was typed."""
    buttons = [(Button(name[:24], f"hl:school:{school_id}"),) for school_id, name in guesses]
    return Screen(text, rows(*buttons, (Button(words.NO_SCHOOL, "hl:school:0"),)))


def school_maybe(school_id: int, name: str) -> Screen:
    return school_asked([(school_id, name)], text=words.school_maybe(name))


def levels() -> Screen:
    return Screen(
        words.levels(),
        column(*(Button(label, f"hl:level:{level}") for level, label in words.LEVEL_BUTTONS.items())),
    )


def consent(text: str) -> Screen:
    return Screen(text, rows((Button(words.AGREE, "hl:agree"),), (Button(words.DISAGREE, "hl:disagree"),)))


def check(draft: Draft, school: str) -> Screen:
    """H5: everything once more, and whether something in it gives people away."""
    assert draft.category is not None
    assert draft.level is not None
    traces = masking.traces(draft.text)
    found = name_words.found(frozenset(trace.value for trace in traces))
    documents = any(file.kind in (FileKind.DOCUMENT, FileKind.VIDEO) for file in draft.files)
    text = words.check(
        draft.category, school, draft.text, len(draft.files), draft.level.value, found, documents=documents
    )
    send = Button(words.SEND, f"hl:send:{draft.case_id}")
    mask = Button(words.MASK_AND_SEND, f"hl:mask:{draft.case_id}") if traces else None
    return Screen(text, rows((send,), row(mask), (Button(words.CHANGE, "hl:change"),)))


def unfinished() -> Screen:
    return Screen(words.UNFINISHED, rows((Button(words.GO_ON, "hl:check"),), (Button(words.DROP, "hl:drop"),)))


def change() -> Screen:
    return Screen(
        words.CHANGE_WHAT,
        rows(
            row(Button(words.CHANGE_SECTION, "hl:sections:0"), Button(words.CHANGE_SCHOOL, "hl:reschool")),
            row(Button(words.CHANGE_TEXT, "hl:rewrite"), Button(words.CHANGE_LEVEL, "hl:relevel")),
            (Button(words.BACK, "hl:check"),),
        ),
    )


def accepted(case: Case, due: date | None) -> Screen:
    text = words.accepted(number(case), due, contact=case.level is Level.CONTACT)
    return Screen(
        f"{text}\n\n{words.FOOTERS[case.level.value]}",
        row_of(Button(words.ADD, f"hl:add:{case.id}"), Button(words.MINE, "hl:mine")),
    )


def accepted_traceless(case: Case, code: str) -> Screen:
    return Screen(
        words.accepted_traceless(number(case), code),
        rows((Button(words.COPY_CODE, copies=code),), (Button(words.WIPE, "hl:wipe"),)),
        protect=True,
    )


def to_writer(case: Case, direction: Direction, text: str, day: date) -> Screen | None:
    """F1, F3, F5: what the hotline says, with the level repeated and a way to answer."""
    level, name = case.level.value, number(case)
    if direction not in TO_WRITER:
        return None
    if direction is Direction.QUESTION:
        return Screen(
            words.question_back(name, text, level),
            rows(
                (Button(words.ANSWER_BY_TEXT, f"hl:add:{case.id}"),),
                (Button(words.NOT_SAYING, f"hl:unsaid:{case.id}"),),
            ),
            protect=True,
        )
    if direction is Direction.INTERIM:
        return Screen(
            words.interim(name, text, level), rows((Button(words.WRITE_MORE, f"hl:add:{case.id}"),)), protect=True
        )
    if case.outcome is Outcome.PASSED_ON or case.outcome is Outcome.NOT_OURS:
        return Screen(
            words.passed_on(name, text, day, level),
            rows(
                (Button(words.UNDERSTOOD, f"hl:rate:{case.id}:helped"),),
                (Button(words.DISAGREED, _rate(case.id, "not")),),
            ),
            protect=True,
        )
    if not text and case.outcome is not None:
        return Screen(
            words.closed(name, desk_words.OUTCOMES[case.outcome.value], level),
            rows((Button(words.WRITE_MORE, f"hl:add:{case.id}"),)),
            protect=True,
        )
    return Screen(
        words.answer(name, text, level),
        rows(
            row(
                Button(words.HELPED, _rate(case.id, "helped")),
                Button(words.PARTLY, _rate(case.id, "partly")),
                Button(words.NOT_HELPED, _rate(case.id, "not")),
            ),
            (Button(words.WRITE_MORE, f"hl:add:{case.id}"),),
        ),
        protect=True,
    )


def add_asked(case: Case) -> Screen:
    return Screen(words.add_asked(number(case), case.level.value), rows((Button(words.BACK, f"hl:case:{case.id}"),)))


def added(case: Case) -> Screen:
    return Screen(
        words.added(number(case), case.level.value),
        rows(row(Button(words.WRITE_MORE, f"hl:add:{case.id}"), Button(words.MINE, "hl:mine"))),
    )


def rated(case_id: CaseId) -> Screen:
    return Screen(words.RATED, rows(row(Button(words.WRITE_MORE, f"hl:add:{case_id}"), Button(words.HOME, "home"))))


def not_helped(case_id: CaseId) -> Screen:
    return Screen(words.NOT_HELPED_ASKED, rows((Button(words.BACK, f"hl:case:{case_id}"),)))


def mine(cases: list[tuple[Case, date | None]]) -> Screen:
    if not cases:
        return Screen(words.NO_MESSAGES, rows((Button(words.BY_CODE, "hl:code"),), (Button(words.START, "hl"),)))
    lines = [words.mine_line(number(case), case.status.value, due) for case, due in cases[:6]]
    buttons = [(Button(number(case), f"hl:case:{case.id}"),) for case, _ in cases[:6]]
    return Screen("\n".join([words.MINE_TITLE, *lines]), rows(*buttons, BACK_HOME))


def own_case(case: Case, school: str, due: date | None, operator: str = "") -> Screen:
    """`operator`: the code of whoever works on it; the status, who answers and by when."""
    text = words.own_case(
        number(case), case.category, school, case.status.value, due, case.level.value, operator, owed=case.waits
    )
    withdraw = Button(words.WITHDRAW, f"hl:withdraw:{case.id}") if case.level is Level.CONTACT else None
    add = row(Button(words.ADD, f"hl:add:{case.id}"), Button(words.MINE, "hl:mine"))
    return Screen(text, rows(add, row(withdraw), BACK_HOME))


def plain(text: str, *buttons: Button) -> Screen:
    return Screen(text, rows(*((button,) for button in buttons), BACK_HOME))


def row_of(*buttons: Button) -> Rows:
    return rows(row(*buttons))


def due_day(case: Case, day: date) -> date | None:
    """Until when an answer is owed; None when nobody waits for one."""
    return day if case.waits else None


def _rate(case_id: str, rating: str) -> str:
    return f"hl:rate:{case_id}:{rating}"
