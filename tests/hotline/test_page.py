"""The page for parents and officials: every test it names exists, every key command it names is there, README leads to it."""

import re
from pathlib import Path

import pytest

from bot.cli.program import KeyWork

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "hotline-confidentiality.md"


def test_every_test_named_on_the_page_exists():
    named = set(re.findall(r"`(test_\w+)`", PAGE.read_text("utf-8")))
    written = "\n".join(path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    assert len(named) > 15
    assert {name for name in named if f"def {name}(" not in written} == set()


def test_every_key_command_is_described():
    keys = PAGE.read_text("utf-8").partition("## Keys")[2]
    assert [work.value for work in KeyWork if f"| `{work.value}` |" not in keys] == []


@pytest.mark.parametrize("readme", ["README.md", "README.ru.md"])
def test_the_readme_leads_to_the_page(readme: str):
    assert "(docs/hotline-confidentiality.md)" in (ROOT / readme).read_text("utf-8")
