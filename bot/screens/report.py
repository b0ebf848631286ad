"""The observer's report, screen by screen."""

from datetime import datetime, timedelta

from bot.domain.asking import AllAnswered, AskComment, AskItem, AskRest, StageDone
from bot.domain.checklist import AnswerValue, Item, Moment
from bot.domain.report import ReportState, missing, not_observed, progress, violations
from bot.domain.reporting import ReportView
from bot.domain.screen import Button, Rows, Screen, column, row, rows
from bot.screens.report_times import when_was
from bot.screens.urgent import urgent
from bot.texts import corrections
from bot.texts import report as words
from bot.texts.time import clock

HOME = Button(words.HOME, "home")


def current(view: ReportView, *, saved: bool = False) -> Screen:
    """The next thing to ask, or the review when nothing is left."""
    if (stage := view.untimed_stage) is not None:
        return when_was(view, stage)
    match view.question:
        case AskItem() as question:
            return _item(view, question, saved)
        case AskRest() as question:
            return _rest(view, question, saved)
        case AskComment() as question:
            return why(view, question.item)
        case StageDone() as question:
            return _stage_done(view, question)
        case AllAnswered():
            return review(view)
    raise AssertionError


def why(view: ReportView, item: Item) -> Screen:
    """After «Нет»: what exactly. «Назад» asks the item again, for who tapped «Нет» by mistake."""
    number = view.report.number
    answer = view.report.answers.get(item.code)
    comment = answer.comment if answer is not None and answer.value is AnswerValue.NO else ""
    presets = [Button(text, f"rc:{number}:{item.code}:{index}") for index, text in enumerate(item.presets)]
    keep = Button(words.KEEP_COMMENT, f"rp:{number}:{item.stage}") if comment else None
    text = words.what_exactly(item.code, item.label, item.critical, comment)
    back = row(Button(words.BACK, f"rf:{number}:{item.code}"), HOME)
    return Screen(text, (*column(*presets[:5], keep), _urgent(view), back))


def after_comment(view: ReportView, item: Item, comment: str) -> Screen:
    number = view.report.number
    buttons = row(Button(words.ADD_PHOTO, f"ph:{number}:{item.code}"), Button(words.NEXT, f"rp:{number}:{item.stage}"))
    return Screen(f"{_saved(view)}\n{words.comment_saved(item.code, comment)}", (buttons, _urgent(view)))


def review(view: ReportView, notice: str = "") -> Screen:
    """Only what matters, then «Отправить»."""
    report, checklist = view.report, view.checklist
    found = violations(report, checklist)
    unseen = [item.code for item in not_observed(report, checklist)]
    left = [item.code for item in missing(report, checklist)]
    text = words.review(
        report.number,
        len(view.items),
        sum(answer.value is AnswerValue.YES for answer in report.answers.values()),
        [(violation.item.code, violation.item.label, violation.answer.comment) for violation in found],
        unseen,
        left,
        _times(view),
        words.photos(view.photos, view.photos_coming),
        [words.DOUBTS[doubt.kind.value] for doubt in view.doubts],
        report.sent,
    )
    to_fix = [violation.item.code for violation in found] + left + unseen
    fixes = [Button(words.fix_label(code), f"rf:{report.number}:{code}") for code in to_fix[:4]]
    buttons = rows(
        row(None if report.sent else Button(words.SEND, f"rx:{report.number}")),
        tuple(fixes[:2]),
        tuple(fixes[2:]),
        row(Button(words.OTHER_ITEM, f"rt:{report.number}"), Button(words.ADD_PHOTO, f"ph:{report.number}")),
        _urgent(view),
        row(Button(words.TIMES, f"rm:{report.number}"), HOME),
    )
    return Screen(f"{notice}\n\n{text}" if notice else text, buttons)


def receipt(view: ReportView) -> Screen:
    """What was saved, what is missing by name, until when it can be mended."""
    report = view.report
    assert report.touched_at is not None
    text = words.accepted(
        report.number,
        clock(report.touched_at, view.zone),
        view.photos,
        view.photos_coming,
        [item.code for item in missing(report, view.checklist)],
        len(violations(report, view.checklist)),
        corrections.until(f"{view.corrections_until:%H:%M}", view.closed),
    )
    fix = None if view.closed else Button(words.FIX, f"rt:{report.number}")
    shown = row(Button(words.SHOW, f"rv:{report.number}"), fix)
    return Screen(text, rows(shown, _urgent(view), (Button(words.MINE, "mine"), HOME)))


def items(view: ReportView, stage: str = "") -> Screen:
    """Every item with its answer, stage by stage, to change one."""
    number = view.report.number
    stages = view.checklist.stages_of(view.items)
    here = next((each for each in stages if each.code == stage), stages[0])
    lines, buttons = [], []
    if view.report.state is ReportState.RETURNED and view.report.state_reason:
        lines.append(words.to_correct(view.report.state_reason))
    lines.append(f"<b>{here.chat_title}</b>")
    for item in (item for item in view.items if item.stage == here.code):
        answer = view.report.answers.get(item.code)
        lines.append(f"{item.code}. {item.plain}: <b>{words.SHORT_VALUES[answer.value.value if answer else '']}</b>")
        buttons.append(Button(item.code, f"rf:{number}:{item.code}"))
    steps = [Button(each.chat_title, f"rt:{number}:{each.code}") for each in stages if each.code != here.code]
    return Screen(
        "\n".join(lines),
        rows(*_in_rows(buttons, 5), *_in_rows(steps, 3), _urgent(view), row(_back(view), HOME)),
    )


def fix(view: ReportView, item: Item) -> Screen:
    """One item to answer again; of a «Нет» its words as well, by writing new ones."""
    answer = view.report.answers.get(item.code)
    text = f"{_title(view)}\n{words.one_item(item.code, item.plain)}"
    if answer is not None:
        text += f"\n{words.now_answered(answer.value.value, answer.comment)}"
    if words_may_change(view, item):
        text += f"\n{words.NEW_WORDS}"
    return Screen(text, _yes_no(view, item, _urgent(view), row(_back(view), HOME)))


def words_may_change(view: ReportView, item: Item) -> bool:
    """A sent report asks for a reason first."""
    answer = view.report.answers.get(item.code)
    return answer is not None and answer.value is AnswerValue.NO and not view.report.sent


def reasons(number: int, code: str, value: str) -> Screen:
    """A sent report is changed with a reason."""
    buttons = [Button(label, f"rr:{number}:{code}:{value}:{reason}") for reason, label in words.REASONS.items()]
    back = row(Button(words.BACK, f"rv:{number}"), HOME)
    return Screen(words.WHY_CORRECT, rows(tuple(buttons), urgent(number), back))


def own_words(number: int) -> Screen:
    """What happened, of a «Нет» after sending."""
    return Screen(words.OWN_WORDS, (urgent(number), (HOME,)))


def in_one_go(view: ReportView, question: StageDone) -> bool:
    """Whether the next stage can be seen by now, so that nobody has to open it."""
    begins = view.sitting.begins(view.zone)
    ends = begins + timedelta(minutes=view.sitting.duration_min)
    opens = {
        Moment.BEFORE: begins - timedelta(days=1),
        Moment.START: begins,
        Moment.COURSE: begins + timedelta(minutes=10),
    }
    return view.now >= opens.get(question.next_stage.moment, ends)


def _item(view: ReportView, question: AskItem, saved: bool) -> Screen:
    head = _saved(view) if saved else _title(view)
    text = f"{head}\n{_progress(view)}\n\n{words.one_item(question.item.code, question.item.plain)}"
    return Screen(text, _yes_no(view, question.item, *_last_rows(view)))


def _rest(view: ReportView, question: AskRest, saved: bool) -> Screen:
    number = view.report.number
    asked = question.items
    head = _saved(view) if saved else _title(view)
    if len(asked) == 1:
        text = f"{head}\n{_progress(view)}\n\n{words.one_item(asked[0].code, asked[0].plain)}"
        return Screen(text, _yes_no(view, asked[0], *_last_rows(view)))
    text = f"{head}\n{_progress(view)}\n\n{words.several([(item.code, item.plain) for item in asked])}"
    wrong = [Button(words.not_fine(n), f"a:{number}:{item.code}:no") for n, item in enumerate(asked, 1)]
    unseen = [Button(words.not_seen(n), f"a:{number}:{item.code}:na") for n, item in enumerate(asked, 1)]
    codes = ",".join(item.code for item in asked)
    return Screen(
        text,
        rows(
            (Button(words.all_fine(len(asked)), f"ry:{number}:{codes}"),),
            *_in_rows(wrong, 3),
            *_in_rows(unseen, 3),
            *_last_rows(view),
        ),
    )


def _stage_done(view: ReportView, question: StageDone) -> Screen:
    stages = view.checklist.stages_of(view.items)
    number = stages.index(question.stage) + 1
    following = stages.index(question.next_stage) + 1
    text = words.stage_done(
        number, clock(view.now, view.zone), question.next_stage.chat_title, question.next_stage.when
    )
    open_next = Button(words.to_stage(following), f"rp:{view.report.number}:{question.next_stage.code}")
    return Screen(text, ((open_next, Button(words.LATER, "home")), _urgent(view)))


def _yes_no(view: ReportView, item: Item, *last: tuple[Button, ...]) -> Rows:
    number = view.report.number
    return (
        (
            Button(words.YES, f"a:{number}:{item.code}:yes"),
            Button(words.NO, f"a:{number}:{item.code}:no"),
            Button(words.NA, f"a:{number}:{item.code}:na"),
        ),
        *last,
    )


def _last_rows(view: ReportView) -> Rows:
    """Under every question; a mistap before it can be put right from here."""
    number, answers = view.report.number, view.report.answers
    newest = max(answers, key=lambda code: answers[code].entered_at, default=None)
    fix = Button(words.FIX_ANSWER, f"rt:{number}:{view.checklist.item(newest).stage}") if newest else None
    return _urgent(view), row(fix, HOME)


def _urgent(view: ReportView) -> tuple[Button, ...]:
    return urgent(view.report.number)


def _back(view: ReportView) -> Button:
    """To the next question, or the review when nothing is left; of a sent report, to what was sent."""
    return Button(words.BACK, f"{'rv' if view.report.sent else 'rp'}:{view.report.number}")


def _title(view: ReportView) -> str:
    return words.title(view.report.number, view.sitting.school_name, view.sitting.class_name, view.sitting.subject)


def _saved(view: ReportView) -> str:
    moment: datetime = view.report.touched_at or view.now
    return words.saved(clock(moment, view.zone))


def _progress(view: ReportView) -> str:
    made = progress(view.report, view.checklist)
    stage = made.stages[made.number - 1].stage
    return words.progress(stage.chat_title, made.number, len(made.stages), made.answered, made.total)


def _times(view: ReportView) -> str:
    report = view.report
    told = [
        clock(t, view.zone) if t else ""
        for t in (report.arrived_at, report.started_at, report.ended_at, report.left_at)
    ]
    return words.times(*told)


def _in_rows(buttons: list[Button], width: int) -> list[tuple[Button, ...]]:
    return [tuple(buttons[start : start + width]) for start in range(0, len(buttons), width)]
