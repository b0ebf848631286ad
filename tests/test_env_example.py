"""`.env.example` says everything about Settings, and nothing else."""

import re
from pathlib import Path

import pytest

from bot.settings import Settings
from bot.texts.settings import EXPECTED

EXAMPLE = Path(__file__).parents[1] / ".env.example"
LINE = re.compile(r"(# )?([A-Z][A-Z_]*)=(.*)")
REQUIRED = {name for name, field in Settings.model_fields.items() if field.is_required()}
FITTING = {"bot_token": "123456789:AAF-abcdefghijklmnopqrstuvwxyz", "municipality": "Город Н", "timezone": "Asia/Omsk"}


def settings_lines() -> list[tuple[bool, str, str, list[str]]]:
    """(commented out, name, value, the comment above it) of every setting in the example."""
    found, comment = [], []
    for line in EXAMPLE.read_text("utf-8").splitlines():
        if match := LINE.fullmatch(line):
            found.append((bool(match[1]), match[2].lower(), match[3], comment))
            comment = []
        else:
            comment = [*comment, line] if line.startswith("#") else []
    return found


def test_example_names_every_setting_once_and_no_other():
    assert sorted(name for _, name, _, _ in settings_lines()) == sorted(Settings.model_fields)


def test_only_required_settings_are_not_commented_out():
    assert {name for commented, name, _, _ in settings_lines() if not commented} == REQUIRED


def test_each_setting_is_explained_in_russian_just_above():
    unexplained = [name for _, name, _, comment in settings_lines() if not re.search("[а-я]", " ".join(comment))]
    assert unexplained == []


def test_values_in_the_example_are_the_defaults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    file = tmp_path / ".env"
    values = {name: FITTING.get(name, value) for _, name, value, _ in settings_lines()}
    file.write_text("\n".join(f"{name.upper()}='{value}'" for name, value in values.items()), "utf-8")
    assert Settings(_env_file=file) == Settings(_env_file=None, **FITTING)


def test_every_setting_that_can_be_refused_says_what_is_expected():
    free_text = {"organiser", "coordinator_phone", "key_file"}
    assert set(EXPECTED) == set(Settings.model_fields) - free_text
