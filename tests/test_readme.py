"""The READMEs tell the truth about the tree: every file they name is there, every command they give exists."""

import re
from pathlib import Path

import pytest
from typer.main import get_group

from bot.cli.program import app

ROOT = Path(__file__).parents[1]
FILES = ("README.md", "README.ru.md")
NAMED = re.compile(r"`((?:bot|handlers|storage|tests|docs)/[\w/.]+)`")
LINKED = re.compile(r"\]\((?!http)([^)#]+)")
COMMAND = re.compile(r"python -m bot (\w+)")
TARGET = re.compile(r"(?:^|`)make (\w+)", re.MULTILINE)


def text(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


@pytest.mark.parametrize("name", FILES)
def test_every_file_it_names_exists(name: str):
    named = {match.rstrip("/.") for pattern in (NAMED, LINKED) for match in pattern.findall(text(name))}
    assert named
    assert sorted(path for path in named if not (ROOT / path).exists()) == []


@pytest.mark.parametrize("name", FILES)
def test_every_command_it_gives_exists(name: str):
    known = set(get_group(app).commands)
    assert set(COMMAND.findall(text(name))) <= known


@pytest.mark.parametrize("name", FILES)
def test_every_make_target_it_gives_exists(name: str):
    targets = set(re.findall(r"^(\w+):", text("Makefile"), re.MULTILINE))
    assert set(TARGET.findall(text(name))) <= targets


def test_the_guide_describes_every_command():
    described = set(COMMAND.findall(text("README.ru.md")))
    assert set(get_group(app).commands) <= described


def test_the_map_names_every_room():
    rooms = {path.name for path in (ROOT / "bot").iterdir() if (path / "__init__.py").exists()}
    the_map = text("README.md").split("## The map")[1].split("```")[1]
    assert sorted(room for room in rooms if f"{room}/" not in the_map) == []
