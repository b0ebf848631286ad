"""A report typed in one message is read however people write, and never guessed."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.domain.checklist import AnswerValue, Form, ReportForm
from bot.domain.checklist_file import load_checklist
from bot.domain.dictation import read_dictation

VPR = load_checklist("vpr")
SHORT = tuple(item.code for item in VPR.items(ReportForm.SHORT))
FULL = tuple(item.code for item in VPR.items(ReportForm.FULL, Form.COMPUTER))
YES, NO, NA = "yes", "no", "na"

# What is typed; what is understood: answers («value» or «value: comment»), the rest, the number.
UNDERSTOOD = [
    (
        "отчёт 7315 Б6 нет у двоих телефоны, Г4 не видел, остальное да",
        {"Б6": "no: у двоих телефоны", "Г4": NA},
        YES,
        7315,
    ),
    (
        "Отчет №7315: б-6 — нет (у двоих телефоны); Г4 не видела; всё остальное да",
        {"Б6": "no: у двоих телефоны", "Г4": NA},
        YES,
        7315,
    ),
    ("ОТЧЁТ НОМЕР 7315 ВСЁ ДА", {}, YES, 7315),
    ("отчет по 7315, все хорошо", {}, YES, 7315),
    ("отчёт - 7315\nвсё в порядке", {}, YES, 7315),
    ("7315 Б6 нет", {"Б6": NO}, None, 7315),
    ("№ 7315 все да", {}, YES, 7315),
    ("7315", {}, None, 7315),
    ("Здравствуйте! Отчёт 7315. Всё хорошо. Спасибо", {}, YES, 7315),
    ("отчёт: Б6 нет", {"Б6": NO}, None, None),
    ("все да", {}, YES, None),
    ("всё хорошо", {}, YES, None),
    ("всё нормально!", {}, YES, None),
    ("Все соблюдено.", {}, YES, None),
    ("все 12 пунктов да", {}, YES, None),
    ("по всем пунктам да", {}, YES, None),
    ("везде норма", {}, YES, None),
    ("нарушений нет", {}, YES, None),
    ("Без замечаний", {}, YES, None),
    ("Здравствуйте, нарушений не выявлено, спасибо!", {}, YES, None),
    ("всё хорошо кроме Б6: телефоны у двоих", {"Б6": "no: телефоны у двоих"}, YES, None),
    ("все, кроме Б6 и Г4, да", {"Б6": NO, "Г4": NO}, YES, None),
    ("кроме б6 все хорошо", {"Б6": NO}, YES, None),
    ("Всё да, за исключением пункта Б6 - у двоих телефоны", {"Б6": "no: у двоих телефоны"}, YES, None),
    ("все да кроме Г4 не видел", {"Г4": NA}, YES, None),
    ("всё да, кроме Б6 (часы) и кроме Г4 — не видела", {"Б6": "no: часы", "Г4": NA}, YES, None),
    ("все да кроме Б6. Б6 не видел", {"Б6": NA}, YES, None),
    ("нарушений нет, кроме Б6 телефон на парте", {"Б6": "no: телефон на парте"}, YES, None),
    ("Б6 нет, больше нарушений нет", {"Б6": NO}, YES, None),
    ("остальное не видел, А8 да", {"А8": YES}, NA, None),
    ("остальные пункты — в порядке; В3 нет: подсказала ответ", {"В3": "no: подсказала ответ"}, YES, None),
    ("А8 да", {"А8": YES}, None, None),
    ("а8 да а12 да", {"А8": YES, "А12": YES}, None, None),
    ("а 8 да", {"А8": YES}, None, None),
    ("а-8 ДА", {"А8": YES}, None, None),
    ("А.8 да", {"А8": YES}, None, None),
    ("А08 да", {"А8": YES}, None, None),
    ("А8:да;А12:нет", {"А8": YES, "А12": NO}, None, None),
    ("А8=да А12=да", {"А8": YES, "А12": YES}, None, None),
    ("А8да, Б6нет телефоны", {"А8": YES, "Б6": "no: телефоны"}, None, None),
    ("А8+ А12+ Б6 нет часы", {"А8": YES, "А12": YES, "Б6": "no: часы"}, None, None),
    ("А8 ✅ Б6 ❌", {"А8": YES, "Б6": NO}, None, None),
    ("«Б6» - «нет»", {"Б6": NO}, None, None),
    ("Б1 Б2 да", {"Б1": YES, "Б2": YES}, None, None),
    ("Б1, Б2 и Б4 да", {"Б1": YES, "Б2": YES, "Б4": YES}, None, None),
    ("Б1-Б6 да", {"Б1": YES, "Б2": YES, "Б4": YES, "Б6": YES}, None, None),
    ("пункты Г2, Г4 - н/п", {"Г2": NA, "Г4": NA}, None, None),
    ("Г2 н.п., Г4 нп", {"Г2": NA, "Г4": NA}, None, None),
    ("Г4 Не Применимо", {"Г4": NA}, None, None),
    ("не видел Г4", {"Г4": NA}, None, None),
    ("не наблюдала Г2 и Г4, остальное да", {"Г2": NA, "Г4": NA}, YES, None),
    ("нарушение Б6: телефон у ученика", {"Б6": "no: телефон у ученика"}, None, None),
    ("Б6 нарушение, у двоих телефоны", {"Б6": "no: у двоих телефоны"}, None, None),
    ("Б6, нет", {"Б6": NO}, None, None),
    ("Б6\nнет\nВ3\nда", {"Б6": NO, "В3": YES}, None, None),
    ("Б6 нет\nВ3 да\nВ6 да", {"Б6": NO, "В3": YES, "В6": YES}, None, None),
    ("Б6 нет. У двоих телефоны. Г4 да.", {"Б6": "no: У двоих телефоны", "Г4": YES}, None, None),
    ("Б6 нет, телефоны, умные часы, Г4 да", {"Б6": "no: телефоны, умные часы", "Г4": YES}, None, None),
    ("Б6 — нет — «телефоны, часы»", {"Б6": "no: телефоны, часы"}, None, None),
    ("Б6 нет телефоны (двое) и часы", {"Б6": "no: телефоны (двое) и часы"}, None, None),
    ("Б6 нет телефоны в 3 ряду", {"Б6": "no: телефоны в 3 ряду"}, None, None),
    ("Б6 нет в 09:15 достали телефоны", {"Б6": "no: в 09:15 достали телефоны"}, None, None),
    ("Б6 нет все достали телефоны", {"Б6": "no: все достали телефоны"}, None, None),
    ("Б6 нет учитель не видел", {"Б6": "no: учитель не видел"}, None, None),
    ("Б6 нет, учитель не видел, Г4 да", {"Б6": "no: учитель не видел", "Г4": YES}, None, None),
    ("Б6 нет все убрали кроме двоих, остальное да", {"Б6": "no: все убрали кроме двоих"}, YES, None),
    ("Б6 нет все убрали кроме у 2 учеников", {"Б6": "no: все убрали кроме у 2 учеников"}, None, None),
    ("Г4 не видел, ушла раньше", {"Г4": "na: ушла раньше"}, None, None),
    ("А8, н/п. А12 да", {"А8": NA, "А12": YES}, None, None),
    ("Б1 нет, а Б2 да", {"Б1": NO, "Б2": YES}, None, None),
    ("Б6 всё хорошо", {"Б6": YES}, None, None),
    ("в 3 да и в 6 нет", {"В3": YES, "В6": NO}, None, None),
    ("Б6 да да", {"Б6": YES}, None, None),
    ("Б6 нет часы, Б6 нет телефон", {"Б6": "no: часы; телефон"}, None, None),
    ("HET Б6 шум", {"Б6": "no: шум"}, None, None),
    ("Б1 не соблюдено, Б2 соблюдено", {"Б1": NO, "Б2": YES}, None, None),
    ("Б1 и Б2 тоже да", {"Б1": YES, "Б2": YES}, None, None),
    ("A8 да, Б6 нeт", {"А8": YES, "Б6": NO}, None, None),  # Latin A, Latin e
    ("b6 нет шпаргалка", {"В6": "no: шпаргалка"}, None, None),
    ("V3 нет подсказка, G4 да", {"В3": "no: подсказка", "Г4": YES}, None, None),
]

# What is typed; what is understood all the same; the rest; what comes back; codes the rest must not touch.
NOT_UNDERSTOOD = [
    ("привет как дела", {}, None, ["привет как дела"], ""),
    ("да", {}, None, ["да"], ""),
    ("нет", {}, None, ["нет"], ""),
    ("ничего не видел", {}, None, ["ничего не видел"], ""),
    ("Б6", {}, None, ["Б6"], "Б6"),
    ("Б6 телефоны у двоих, остальное да", {}, YES, ["Б6 телефоны у двоих"], "Б6"),
    ("Г2 не все сдали, остальное да", {}, YES, ["Г2 не все сдали"], "Г2"),
    ("Б6 нет телефонов, остальное да", {}, YES, ["Б6 нет телефонов"], "Б6"),
    ("Б4 нет посторонних", {}, None, ["Б4 нет посторонних"], "Б4"),
    ("Б6 телефонов нет", {}, None, ["Б6 телефонов нет"], "Б6"),
    ("Б6 да нет", {}, None, ["Б6 да нет"], "Б6"),
    ("Б6 да, Б6 нет телефоны", {}, None, ["Б6 да", "Б6 нет телефоны"], "Б6"),
    ("все да, остальное не видел", {}, None, ["все да", "остальное не видел"], ""),
    ("Ж9 да, Б1 да", {"Б1": YES}, None, ["Ж9 да"], ""),
    ("Б9 нет, Б1 да", {"Б1": YES}, None, ["Б9 нет"], ""),
    ("Б6 нет, Ж9 да", {"Б6": NO}, None, ["Ж9 да"], ""),
    ("А1 да", {}, None, ["А1 да"], ""),  # an item of the full form only
    ("Б1, Б2, остальное да", {}, YES, ["Б1, Б2"], "Б1 Б2"),
    ("Б1 да, в коридоре шумно", {"Б1": YES}, None, ["в коридоре шумно"], ""),
    ("Б6 нет; кто-то кричал", {"Б6": NO}, None, ["кто-то кричал"], ""),
    ("Б6 нет, не видел", {"Б6": NO}, None, ["не видел"], ""),
    ("Б1 нет, у двоих телефоны Б6 нет", {"Б1": NO, "Б6": NO}, None, ["у двоих телефоны"], ""),
    ("не всё хорошо", {}, None, ["не всё хорошо"], ""),
    ("кроме Б6", {}, None, ["кроме Б6"], "Б6"),
    ("остальное не видел, кроме Б6", {}, NA, ["кроме Б6"], "Б6"),
    ("отчёт 7315 отчёт 7316 все да", {}, YES, ["отчёт 7316"], ""),
    ("5 человек без телефонов", {}, None, ["5 человек без телефонов"], ""),
    ("остальное", {}, None, ["остальное"], ""),
    ("Б6, не видел Г4", {"Г4": NA}, None, ["Б6"], "Б6"),
    ("Б6 не нет", {}, None, ["Б6 не нет"], "Б6"),
    ("Б6 да/нет", {}, None, ["Б6 да/нет"], "Б6"),
]


def compact(answers):
    return {code: value.value + (f": {comment}" if comment else "") for code, (value, comment) in answers.items()}


@pytest.mark.parametrize(("text", "answers", "rest", "number"), UNDERSTOOD)
def test_understood(text, answers, rest, number):
    read = read_dictation(text, SHORT)
    assert compact(read.answers) == answers
    assert read.rest == rest
    assert read.report_number == number
    assert read.not_understood == ()
    assert read.unclear == frozenset()


@pytest.mark.parametrize(("text", "answers", "rest", "words", "unclear"), NOT_UNDERSTOOD)
def test_never_guessed(text, answers, rest, words, unclear):
    read = read_dictation(text, SHORT)
    assert compact(read.answers) == answers
    assert read.rest == rest
    assert list(read.not_understood) == words
    assert read.unclear == frozenset(unclear.split())


def test_the_rest_is_what_was_neither_answered_nor_unclear():
    read = read_dictation("Б6 нет часы, Г2 не все сдали, остальное да", SHORT)
    resolved = read.resolve(SHORT)
    assert list(resolved) == [code for code in SHORT if code != "Г2"]
    assert resolved["Б6"] == (AnswerValue.NO, "часы")
    assert resolved["А8"] == (AnswerValue.YES, "")
    assert read_dictation("Б6 нет", SHORT).resolve(SHORT) == {"Б6": (AnswerValue.NO, "")}


def test_latin_letters_are_named_so_that_they_can_be_shown_back():
    assert read_dictation("B6 нет, A8 да, Г4 да", SHORT).read_as == (("B6", "В6"), ("A8", "А8"))
    assert read_dictation("Б6 нет", SHORT).read_as == ()


def test_a_message_of_another_kind_is_empty():
    assert read_dictation("спасибо", SHORT).empty
    assert read_dictation("", SHORT).empty
    assert not read_dictation("все да", SHORT).empty
    assert not read_dictation("Б6 нет", SHORT).empty


FRAGMENTS = st.sampled_from(
    (
        *SHORT,
        *(
            "б 6",
            "в 3",
            "B6",
            "Ж9",
            "а1О",
            "да",
            "нет",
            "не видел",
            "н/п",
            "не",
            "остальное",
            "все",
            "всё хорошо",
            "кроме",
        ),
        *(
            "за исключением",
            "отчёт",
            "7315",
            "№",
            ",",
            ";",
            "\n",
            ".",
            "-",
            "—",
            ":",
            "(",
            ")",
            "«",
            "»",
            '"',
            "телефонов",
        ),
        *("телефоны у двоих", "и", "в", "а", "нарушений нет", "+", "✔\ufe0f", "спасибо", "😀", "\u202e", "\ud800"),
    )
)


@settings(max_examples=400)
@given(st.lists(FRAGMENTS, max_size=14).map(" ".join) | st.lists(FRAGMENTS, max_size=14).map("".join) | st.text())
@example("все кроме Б6")
@example("кроме -")
@example("остальное кроме Б6, Б6")
@example("Б6-Б1 нет")
def test_nothing_raises_and_nothing_named_is_taken_for_the_rest(text):
    read = read_dictation(text, SHORT)
    assert set(read.answers) <= set(SHORT)
    assert not set(read.answers) & read.unclear
    assert all(word.strip() for word in read.not_understood)
    resolved = read.resolve(SHORT)
    assert not set(resolved) & read.unclear
    read_dictation(text, FULL)
    read_dictation(text, ())


def spoken(code, value, comment, style):
    letter, number = code[0], code[1:]
    way = style % 5
    named = [code, code.lower(), f"{letter}-{number}", f"{letter.lower()} {number}", f"{letter}.{number}"][way]
    link = [" ", " - ", ": ", " — ", " = " if way == 3 else ", "][style // 5 % 5]
    word = {
        AnswerValue.YES: ["да", "ДА", "хорошо", "норма"],
        AnswerValue.NO: ["нет", "Нет", "нарушение", "не соблюдено"],
        AnswerValue.NA: ["не видел", "н/п", "Не наблюдала", "не знаю"],
    }[value][style // 25 % 4]
    remark = [f" {comment}", f": {comment}", f" — {comment}", f" ({comment})"][style // 100]
    return f"{named}{link}{word}{remark if comment else ''}"


RESTS = {
    "остальное да": AnswerValue.YES,
    "всё остальное — хорошо": AnswerValue.YES,
    "остальные не видел": AnswerValue.NA,
}


@given(
    said=st.dictionaries(
        st.sampled_from(FULL), st.tuples(st.sampled_from(AnswerValue), st.integers(0, 399)), min_size=1
    ),
    comment=st.sampled_from(["", "шумно", "у двоих телефоны", "в 3 ряду спали"]),
    rest=st.none() | st.sampled_from(sorted(RESTS)),
    separator=st.sampled_from([", ", "; ", "\n", ". ", ".\n", ";\n"]),
    number=st.none() | st.integers(1, 99999),
    data=st.data(),
)
def test_whatever_was_said_in_any_style_and_order_is_read_back(said, comment, rest, separator, number, data):
    expected = {code: (value, comment if value is AnswerValue.NO else "") for code, (value, _) in said.items()}
    parts = [spoken(code, *expected[code], style) for code, (_, style) in said.items()]
    text = separator.join(data.draw(st.permutations(parts + ([rest] if rest else []))))
    read = read_dictation(f"отчёт {number}{separator}{text}" if number else text, FULL)
    assert read.not_understood == ()
    assert read.answers == expected
    assert read.rest == (RESTS[rest] if rest else None)
    assert read.report_number == number
