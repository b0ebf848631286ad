"""Ten thousand hostile strings through everything that shows or keeps words: screens, workbooks, log lines, files of tables."""

import io
import json
import logging
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random

import pytest
from openpyxl import load_workbook

from bot.delivery.messenger import MESSAGE_LIMIT
from bot.domain.errors import DomainError
from bot.domain.screen import Screen
from bot.domain.table import Column, Kind, Table, fixed
from bot.excel.cell_text import excel_text
from bot.excel.workbook import write_workbook
from bot.intake.readable import may_need, readable
from bot.logging_setup import set_up
from bot.sandbox.entities import parse_html, utf16_length
from bot.sandbox.errors import Refused
from bot.texts.escape import fit_html
from tests.faults import strings
from tests.faults.any_screen import Maker, screens
from tests.faults.hostile_words import hostile

COUNT = 10_000
ROUNDS = 25
# Their arguments are keys of ours, or parts of a sum that must agree; `test_through_every_mouth` shows some of them.
NEVER_MADE = {
    "hotline.faq_answer", "hotline_desk.due", "hotline_desk.write", "importing.applied", "importing.changes",
    "importing.checked", "indicators.card", "photos.described", "report_times.ask_time", "scheduling.proposal", "school_day.card",
    "school_day.which_step", "summary.awaited",
}  # fmt: skip
SELDOM_MADE = {
    "alarms.corrected",
    "drill.school_day",
    "export.publication",
    "pictures.day",
    "pictures.digest",
    "summary.card",
    "summary.municipality",
    "summary.region",
    "summary.schools",
    "training.lesson",
    "training.question",
}


def broken(screen: Screen) -> Iterator[str]:
    """What the messenger would refuse, of the screen as the bot would send it."""
    try:
        text, _ = parse_html(fit_html(screen.text, MESSAGE_LIMIT))
    except Refused as refused:
        yield str(refused)
        return
    if not text.strip():
        yield "no text"
    if utf16_length(text) > MESSAGE_LIMIT:
        yield f"{utf16_length(text)} units"
    for button in (button for row in screen.rows for button in row):
        if not button.label.strip():
            yield f"no label for {button.data}"
        if len(button.data.encode()) > 64:
            yield f"a button of {len(button.data.encode())} bytes"


def test_every_screen_there_is_stays_a_message():
    words, drawn = hostile(Random(7), 10**9), 0

    def word() -> str:
        nonlocal drawn
        drawn += 1
        return str(readable(next(words)))

    found, never = [], set()
    for name, make in screens().items():
        made, maker = 0, Maker(word, Random(name))  # one screen more or less changes nothing for the others
        for _ in range(ROUNDS):
            try:
                parts = maker.made(make)
            except (DomainError, ValueError, KeyError, IndexError, AssertionError, AttributeError, TypeError):
                continue  # no such state of things: refused before anything is shown
            made += 1
            found += [f"{name}: {fault}" for screen in parts for fault in broken(screen)]
        if not made:
            never.add(name)
    assert found == []
    assert never - SELDOM_MADE <= NEVER_MADE, "say here why these cannot be made of words"
    assert drawn >= COUNT


def test_a_screen_that_is_too_long_is_cut_where_a_message_ends():
    for text in ("<b>" + "я" * 5000 + "</b>", "<i>x</i><b><code>" + "🧿&amp;" * 3000 + "</code></b>", "&lt;" * 5000):
        cut, entities = parse_html(fit_html(text, MESSAGE_LIMIT))
        assert MESSAGE_LIMIT - 2 <= utf16_length(cut) <= MESSAGE_LIMIT
        assert cut.endswith("…")
        assert len(entities) == text.count("</")
    assert fit_html("<b>" + "я" * 4094 + "</b>", MESSAGE_LIMIT) == "<b>" + "я" * 4094 + "</b>"


async def test_a_workbook_of_them_opens_with_every_word_and_no_formula(tmp_path: Path):
    texts = list(hostile(Random(8), COUNT))
    path, counts = tmp_path / "out.xlsx", dict[str, int]()
    await write_workbook(
        path, [Table("Лист", (Column("Слова", Kind.LONG),), fixed([(text,) for text in texts]))], counts
    )
    assert counts == {"Лист": COUNT}
    with closing(load_workbook(path, read_only=True)) as book:
        rows = book["Лист"].iter_rows(min_row=2, max_row=COUNT + 1, max_col=1)
        for text, (cell,) in zip(texts, rows, strict=True):
            assert cell.data_type == "s"
            assert cell.value == excel_text(text)


@contextmanager
def logged() -> Iterator[io.StringIO]:
    """What is logged, as whoever runs the bot sees it; the test runner's own handlers cannot carry half a surrogate."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    root.handlers[:] = []
    written = io.StringIO()
    set_up("INFO", written)
    try:
        yield written
    finally:
        root.handlers[:] = before
        root.setLevel(level)


def test_a_log_line_of_them_is_one_line():
    with logged() as log:
        for text in hostile(Random(9), COUNT):
            logging.getLogger("bot.x").info("said %s", text)
    lines = log.getvalue().split("\n")
    assert len(lines) == COUNT + 1
    assert all(line.isprintable() or "\t" in line or any(ord(char) > 0x7F for char in line) for line in lines)
    assert not any(ord(char) < 32 and char != "\t" for line in lines for char in line)
    log.getvalue().encode()


def test_whatever_comes_in_can_be_stored_and_nothing_else_is_changed():
    for text in hostile(Random(10), COUNT):
        update = {"message": {"text": text, "entities": [{"offset": 0}]}}
        clean = readable(update)["message"]["text"]
        clean.encode()
        assert "\x00" not in clean
        assert utf16_length(clean) == utf16_length(text)
        if clean != text:
            assert may_need(json.dumps(update).encode("ascii"))
    assert readable({"a": ["🧿", 1, None]}) == {"a": ["🧿", 1, None]}


@pytest.mark.timeout(240)
async def test_through_every_mouth(tmp_path: Path):
    faults, told = await strings.run(100, 5, tmp_path)
    assert faults == []
    assert len(told) == len(strings.SHARES)
