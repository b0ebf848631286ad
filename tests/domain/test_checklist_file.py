"""The shipped checklist says what the act says; a broken file is refused by line and item."""

from pathlib import Path

import pytest

from bot.domain.checklist import Checklist, Form, ReportForm, Severity
from bot.domain.checklist_file import LABEL_LIMIT, checklist_source, load_checklist, parse_checklist, read_checklists
from bot.domain.errors import ChecklistInvalid, UnknownItem

ACT = Path(__file__).parent.parent / "data" / "checklist-act-wording.txt"
SHORT = ["А8", "А12", "А16", "Б1", "Б2", "Б4", "Б6", "В1", "В3", "В6", "Г2", "Г4"]
CRITICAL = ["А7", "А8", "А9", "Б6", "В3", "В6", "В9", "Г5", "Д5", "Д8", "Е2"]
LETTERS = {Severity.CRITICAL: "К", Severity.MAJOR: "С", Severity.MINOR: "З"}


@pytest.fixture(scope="module")
def vpr() -> Checklist:
    return load_checklist("vpr")


def test_every_item_is_worded_as_in_the_act(vpr):
    lines = []
    for stage in vpr.stages:
        lines.append(f"{stage.code}|{stage.title}")
        lines += [
            f"{i.code}|{i.wording}|{LETTERS[i.severity]}|{i.basis}" for i in vpr.every_item if i.stage == stage.code
        ]
    assert lines == ACT.read_text(encoding="utf-8").splitlines()
    assert len(vpr.every_item) == 62


def test_short_form_and_critical_items(vpr):
    assert [item.code for item in vpr.items(ReportForm.SHORT)] == SHORT
    assert [item.code for item in vpr.every_item if item.critical] == CRITICAL
    assert [item.code for item in vpr.items(ReportForm.SHORT) if item.critical] == ["А8", "Б6", "В3", "В6"]


def test_computer_items_are_asked_on_computers_only(vpr):
    paper = {item.code for item in vpr.items(sitting_form=Form.PAPER)}
    computer = {item.code for item in vpr.items(sitting_form=Form.COMPUTER)}
    assert computer - paper == {"А17", "В11", "В12"}
    assert not paper - computer


def test_an_added_stage_is_asked_in_full(vpr):
    codes = [item.code for item in vpr.items(ReportForm.SHORT, Form.PAPER, ("Д",))]
    assert codes == [*SHORT, *(f"Д{n}" for n in range(1, 10))]


def test_codes_are_cyrillic_and_in_order(vpr):
    assert all("А" <= code[0] <= "Е" for code in vpr.codes)
    assert list(vpr.codes) == sorted(vpr.codes, key=lambda code: (code[0], int(code[1:])))


def test_chat_wording_is_plain_and_fits_the_buttons(vpr):
    for item in vpr.every_item:
        assert item.plain[-1] not in ".?!", item.code
        assert len(item.plain.split()) <= 15, item.code
        assert len(item.label) <= LABEL_LIMIT, item.code
        assert 2 <= len(item.presets) <= 4, item.code
        assert item.plain != item.wording or len(item.plain) <= 40, item.code
        assert item.negative not in (item.wording, item.plain), item.code
    labels = [item.label for item in vpr.every_item]
    assert len(set(labels)) == len(labels)


def test_negative_wording_of_the_act_example(vpr):
    assert vpr.item("Б2").negative == "Не проведён (проведён не полностью) инструктаж участников"


def test_every_basis_has_words(vpr):
    assert vpr.basis_of(vpr.item("А8")) == ("Акт общественного наблюдения, Московская область, п.1",)
    assert len(vpr.basis_of(vpr.item("А16"))) == 2
    for item in vpr.every_item:
        assert all(vpr.basis_of(item)), item.code


def test_a_latin_twin_of_a_code_is_unknown(vpr):
    with pytest.raises(UnknownItem):
        vpr.item("A8")
    with pytest.raises(UnknownItem):
        vpr.stage("A")


def test_source_kept_with_old_reports_reads_the_same(vpr):
    again = parse_checklist(checklist_source("vpr"), "kept")
    assert again == vpr
    edited = checklist_source("vpr").replace("Телефоны убраны".encode(), "Телефоны сданы".encode())
    assert parse_checklist(edited).sha256 != vpr.sha256


def broken(old: str, new: str, count: int = 1) -> ChecklistInvalid:
    text = checklist_source("vpr").decode()
    assert old in text
    with pytest.raises(ChecklistInvalid) as caught:
        parse_checklist(text.replace(old, new, count).encode(), "vpr.toml")
    return caught.value


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('code = "Б6"', 'code = "B6"', ("B6", "bad", "code")),
        ('code = "Б6"', 'code = "Ж6"', ("Ж6", "bad", "code")),
        ('code = "Б6"', 'code = "Б5"', ("Б5", "twice", "code")),
        ('code = "Б6"', 'code = "Б9"', ("items", "order", "code")),
        ('code = "Б6"\n', "", ("items[26]", "missing", "code")),
        ('negative = "Рассадка не исключает списывание"\n', "", ("Б5", "missing", "negative")),
        ('label = "Рассадка"', 'label = "Рассадка участников по местам"', ("Б5", "long", "label")),
        ('label = "Рассадка"', 'lable = "Рассадка"', ("Б5", "unknown", "lable")),
        ('label = "Рассадка"', "label = 5", ("Б5", "bad", "label")),
        ('"Сидят по двое"', '"Сидят за партами по двое!"', ("Б5", "long", "presets")),
        ('"Сидят по двое"', '" "', ("Б5", "bad", "presets")),
        ('"Сидят по двое"', '"Рядом тот же вариант"', ("Б5", "twice", "presets")),
        ('severity = "minor"', 'severity = "small"', ("А1", "bad", "severity")),
        ('form = "computer"', 'form = "tablet"', ("А17", "bad", "form")),
        ('form = "computer"', "form = 1", ("А17", "bad", "form")),
        ("short = true", 'short = "yes"', ("А8", "bad", "short")),
        ('basis = "Р-98"', 'basis = "Р-99"', ("А10", "unknown", "basis Р-99")),
        ('moment = "before"', 'moment = "early"', ("А", "bad", "moment")),
        ('version = "2026.1"', "version = 2026", ("", "bad", "version")),
    ],
)
def test_a_broken_file_is_refused_by_item(old, new, problem):
    error = broken(old, new)
    assert problem in error.problems
    assert error.file == "vpr.toml"


def test_a_file_that_is_not_toml_is_refused_by_line():
    error = broken('code = "Б6"', "code = Б6")
    assert "line" in error.problems[0][2]
    with pytest.raises(ChecklistInvalid):
        parse_checklist("name = 'ВПР'".encode("cp1251"), "vpr.toml")
    with pytest.raises(ChecklistInvalid):
        parse_checklist(b"", "vpr.toml")


def test_earlier_versions_are_read_from_beside_the_current_one(tmp_path: Path) -> None:
    text = checklist_source("vpr").decode()
    held = load_checklist("vpr").version

    def keep(file: str, version: str) -> None:
        changed = text.replace(f'version = "{held}"', f'version = "{version}"')
        (tmp_path / file).write_text(changed, encoding="utf-8")

    keep("vpr.toml", "2027.2")
    keep("vpr-2027.1.toml", "2027.1")
    keep(f"vpr-{held}.toml", held)
    (tmp_path / "course.toml").write_text("", encoding="utf-8")
    found = read_checklists(tmp_path)
    assert found.current.version == "2027.2"
    assert [one.version for one in found.earlier] == ["2027.1", held]
    assert found.begun_with("vpr", held) == load_checklist("vpr")
    assert found.begun_with("", "") is found.current
    assert found.begun_with("vpr", "2020.1") is None
    keep("vpr-2027.1.toml", "2027.9")  # not what its name says
    with pytest.raises(ChecklistInvalid):
        read_checklists(tmp_path)
