"""Reads a checklist from its TOML file and refuses one that would ask nonsense."""

import hashlib
import re
import tomllib
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any, Final, TypeGuard

from bot.domain.checklist import Checklist, Checklists, Form, Item, Moment, Severity, Stage
from bot.domain.errors import ChecklistInvalid

PACKAGE: Final = "bot.checklists"
LABEL_LIMIT: Final = 24
PLAIN_LIMIT: Final = 110

_TEXTS: Final = ("code", "wording", "plain", "label", "negative", "severity", "basis")
_ITEM_KEYS: Final = frozenset({*_TEXTS, "short", "form", "presets"})
_STAGE_KEYS: Final = frozenset({"code", "title", "chat_title", "when", "moment"})
_FILE_KEYS: Final = frozenset({"name", "version", "title", "bases", "stages", "items"})
_CODE: Final = re.compile(r"([\u0410-\u042f])([1-9]\d?)")  # a Cyrillic capital and a number: a Latin twin is refused

Problem = tuple[str, str, str]


@cache
def load_checklist(name: str = "vpr") -> Checklist:
    """The current version of a checklist shipped with the program. Raises `ChecklistInvalid`, FileNotFoundError."""
    return load_checklists(name).current


@cache
def load_checklists(name: str = "vpr") -> Checklists:
    """Every shipped version. Raises as `read_checklists`."""
    return read_checklists(resources.files(PACKAGE), name)


def read_checklists(folder: Traversable, name: str = "vpr") -> Checklists:
    """The current version, `vpr.toml`, and beside it the earlier ones under their versions, `vpr-2026.1.toml`.

    Raises FileNotFoundError, and `ChecklistInvalid` also for a file that is not what its name says.
    """
    files = {file.name: file for file in folder.iterdir()}
    if f"{name}.toml" not in files:
        raise FileNotFoundError(f"{name}.toml")
    current = parse_checklist(files.pop(f"{name}.toml").read_bytes(), f"{name}.toml")
    earlier = []
    for file in sorted(each for each in files if each.startswith(f"{name}-") and each.endswith(".toml")):
        kept = parse_checklist(files[file].read_bytes(), file)
        if file != f"{kept.name}-{kept.version}.toml" or kept.version == current.version:
            raise ChecklistInvalid(file, (("", "bad", "version"),))
        earlier.append(kept)
    return Checklists(current, tuple(reversed(earlier)))


def checklist_source(name: str = "vpr") -> bytes:
    """The file of the current version; before its `version` is changed, copy it to `<name>-<old version>.toml`."""
    return resources.files(PACKAGE).joinpath(f"{name}.toml").read_bytes()


def parse_checklist(source: bytes, file: str = "") -> Checklist:
    """A checklist from the bytes of a TOML file. Raises `ChecklistInvalid` naming every problem by line or item."""
    try:
        data = tomllib.loads(source.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ChecklistInvalid(file, ((file, "unreadable", str(error)),)) from error
    problems = _problems(data)
    if problems:
        raise ChecklistInvalid(file, tuple(problems))
    return Checklist(
        name=data["name"],
        version=data["version"],
        sha256=hashlib.sha256(source).hexdigest(),
        title=data["title"],
        stages=tuple(Stage(**{**stage, "moment": Moment(stage["moment"])}) for stage in data["stages"]),
        every_item=tuple(_item(item) for item in data["items"]),
        bases=data.get("bases", {}),
    )


def _item(data: dict[str, Any]) -> Item:
    return Item(
        **{key: data[key] for key in ("code", "wording", "plain", "label", "negative", "basis")},
        stage=data["code"][0],
        severity=Severity(data["severity"]),
        short=data.get("short", False),
        form=Form(data["form"]) if "form" in data else None,
        presets=tuple(data.get("presets", ())),
    )


def _problems(data: dict[str, Any]) -> list[Problem]:
    found = [("", "unknown", key) for key in sorted(data.keys() - _FILE_KEYS)]
    found += _bad_texts("", data, ("name", "version", "title"))
    stages, items = data.get("stages"), data.get("items")
    bases = data.get("bases", {})
    if not _is_tables(stages) or not _is_tables(items) or not isinstance(bases, dict):
        return [*found, ("", "missing", "stages, items, bases")]
    found += _bad_texts("bases", bases, tuple(bases))
    for number, stage in enumerate(stages, 1):
        found += _stage_problems(_place(stage, "stages", number), stage)
    known_stages = [str(stage.get("code")) for stage in stages]
    for number, item in enumerate(items, 1):
        found += _item_problems(_place(item, "items", number), item, known_stages, bases)
    codes = [str(item.get("code")) for item in items]
    found += [(code, "twice", "code") for code in sorted({c for c in codes if codes.count(c) > 1})]
    found += [(code, "twice", "code") for code in sorted({c for c in known_stages if known_stages.count(c) > 1})]
    if not found and codes != sorted(codes, key=lambda code: (known_stages.index(code[0]), int(code[1:]))):
        found.append(("items", "order", "code"))
    return found


def _stage_problems(place: str, stage: dict[str, Any]) -> list[Problem]:
    found = [(place, "unknown", key) for key in sorted(stage.keys() - _STAGE_KEYS)]
    found += _bad_texts(place, stage, tuple(sorted(_STAGE_KEYS)))
    return found + _bad_choice(place, stage, "moment", tuple(Moment))


def _item_problems(place: str, item: dict[str, Any], stages: list[str], bases: dict[str, Any]) -> list[Problem]:
    found = [(place, "unknown", key) for key in sorted(item.keys() - _ITEM_KEYS)]
    found += _bad_texts(place, item, _TEXTS)
    found += _bad_choice(place, item, "severity", tuple(Severity))
    found += _bad_choice(place, item, "form", tuple(Form))
    code = _CODE.fullmatch(str(item.get("code")))
    if code is None or code[1] not in stages:
        found.append((place, "bad", "code"))
    if not isinstance(item.get("short", False), bool):
        found.append((place, "bad", "short"))
    presets = item.get("presets", [])
    if not isinstance(presets, list) or not all(isinstance(text, str) and text.strip() for text in presets):
        found.append((place, "bad", "presets"))
    else:
        found += [(place, "long", "presets") for text in presets if len(text) > LABEL_LIMIT]
        found += [(place, "twice", "presets")] if len(set(presets)) < len(presets) else []
    found += [
        (place, "long", key)
        for key, limit in (("label", LABEL_LIMIT), ("plain", PLAIN_LIMIT))
        if len(str(item.get(key, ""))) > limit
    ]
    sources = [source.strip().partition(" ")[0] for source in str(item.get("basis", "")).split(";")]
    return found + [(place, "unknown", f"basis {source}") for source in sources if source and source not in bases]


def _bad_texts(place: str, table: dict[str, Any], keys: tuple[str, ...]) -> list[Problem]:
    found: list[Problem] = []
    for key in keys:
        value = table.get(key)
        if value is None:
            found.append((place, "missing", key))
        elif not isinstance(value, str) or not value.strip() or value != value.strip():
            found.append((place, "bad", key))
    return found


def _bad_choice(place: str, table: dict[str, Any], key: str, choices: tuple[str, ...]) -> list[Problem]:
    return [(place, "bad", key)] if key in table and table[key] not in choices else []


def _is_tables(value: object) -> TypeGuard[list[dict[str, Any]]]:
    return isinstance(value, list) and bool(value) and all(isinstance(each, dict) for each in value)


def _place(table: dict[str, Any], kind: str, number: int) -> str:
    code = table.get("code")
    return code if isinstance(code, str) and code else f"{kind}[{number}]"
