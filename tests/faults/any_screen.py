"""Every screen there is, made of hostile words: arguments are built from the types, so a new screen is tested by itself."""

import dataclasses
import enum
import importlib
import inspect
import pkgutil
import types
import typing
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import bot.screens
from bot.domain.checklist import Checklist, Item, ReportForm
from bot.domain.checklist_file import load_checklist
from bot.domain.ledger import Ledger
from bot.domain.period import Period
from bot.domain.report import ReportState
from bot.domain.screen import Screen
from bot.domain.summary import SittingCounts

# What is no word of a person: permanent codes of ours by the names of arguments and fields.
OURS = {
    "code": "А8",
    "item": "А8",
    "items": "А8",
    "about": "А8",
    "checklist": "",
    "channel": "phone",
    "prefix": "hd:x",
    "data": "m:x",
    "event": "assigned",
    "digits": "0910",
    "back": "plan",
    "base": "m:x",
    "asked": "m:x",
    "button": "m:x",
    "revision": "ab12",
    "name": "lunch",
    "reason": "other",
    "stage": "А",
    "kind": "ours",
    "value": "no",
    "role": "",
}
# Words of ours in HTML that were escaped where they were made.
MADE_BEFORE = {"text", "notice", "lines", "unfit", "before", "consent_text", "short", "title", "due", "time", "told"}
NOW = datetime(2026, 4, 22, 12, 30, tzinfo=ZoneInfo("Europe/Moscow"))


class Unbuildable(ValueError):
    """A type this module knows nothing about."""


class Maker:
    """Values of any type, their words drawn from `words`."""

    def __init__(self, words: Callable[[], str], random: Random) -> None:
        self._words = words
        self._random = random
        self._hints: dict[Any, dict[str, Any]] = {}
        checklist = load_checklist()
        items = checklist.items(ReportForm.FULL)
        states = list(ReportState)
        self._known: dict[type, Callable[[], Any]] = {
            Checklist: lambda: checklist,
            Item: lambda: random.choice(items),
            Period: lambda: Period.day(NOW.date()),
            Ledger: lambda: Ledger.of(random.choices(states, k=random.randint(0, 9))),
            Screen: lambda: Screen("words"),
            SittingCounts: lambda: SittingCounts(10, 4, 3, 2, 1),
        }

    def made(self, function: Callable[..., Any]) -> list[Screen]:
        """The screens of one call with other arguments each time; what the domain refuses is raised."""
        hints, arguments = self._hints_of(function), inspect.signature(function).parameters.values()
        values = {
            each.name: OURS.get(each.name, "ab12")
            if each.name in MADE_BEFORE and hints[each.name] is str
            else ["words"]
            if each.name in MADE_BEFORE and typing.get_args(hints[each.name]) == (str,)
            else self.named(each.name, hints[each.name])
            for each in arguments
            if each.kind is not each.VAR_POSITIONAL and (each.default is each.empty or self._random.random() < 0.5)
        }
        made = function(**values)
        return [each for each in (made if isinstance(made, list) else [made]) if isinstance(each, Screen)]

    def named(self, name: str, kind: Any) -> Any:
        if kind is str and (name in OURS or name == "id" or name.endswith("_id")):
            return OURS.get(name, "ab12cd34")
        if kind == Sequence[str] and name in OURS:
            return [OURS[name]] * self._random.randint(0, 3)
        return self.value(kind)

    def value(self, kind: Any) -> Any:
        if isinstance(kind, typing.NewType):
            return "ab12cd34" if kind.__supertype__ is str else self.value(kind.__supertype__)
        if kind is Any:
            return self._words()
        origin, inside = typing.get_origin(kind), typing.get_args(kind)
        if origin in (typing.Union, types.UnionType):
            return self.value(self._random.choice(inside))
        if origin is typing.Literal:
            return self._random.choice(inside)
        if origin in (list, Sequence, frozenset, set):
            found = [self.value(inside[0]) for _ in range(self._random.randint(0, 3))]
            return found if origin in (list, Sequence) else origin(found)
        if origin is tuple:
            if inside[-1] is Ellipsis:
                return tuple(self.value(inside[0]) for _ in range(self._random.randint(0, 3)))
            return tuple(self.value(each) for each in inside)
        if origin in (dict, Mapping, types.MappingProxyType):
            return {self.value(inside[0]): self.value(inside[1]) for _ in range(self._random.randint(0, 3))}
        return self._plain(kind)

    def _plain(self, kind: Any) -> Any:
        if kind is None or kind is type(None):
            return None
        if not isinstance(kind, type):
            raise Unbuildable(str(kind))
        if issubclass(kind, enum.Enum):
            return self._random.choice(list(kind))
        if kind in self._known:
            return self._known[kind]()
        if dataclasses.is_dataclass(kind):
            hints = self._hints_of(kind)
            return kind(
                **{each.name: self.named(each.name, hints[each.name]) for each in dataclasses.fields(kind) if each.init}
            )
        makers: dict[type, Callable[[], Any]] = {
            str: self._words,
            bool: lambda: self._random.random() < 0.5,
            int: lambda: self._random.randint(0, 40),
            float: lambda: self._random.random() * 40,
            bytes: lambda: b"x",
            datetime: lambda: NOW + timedelta(minutes=self._random.randint(-3000, 3000)),
            date: lambda: NOW.date() + timedelta(days=self._random.randint(-30, 30)),
            time: lambda: NOW.time(),
            timedelta: lambda: timedelta(minutes=self._random.randint(1, 3000)),
            ZoneInfo: lambda: ZoneInfo("Europe/Moscow"),
        }
        if kind not in makers:
            raise Unbuildable(str(kind))
        return makers[kind]()

    def _hints_of(self, what: Any) -> dict[str, Any]:
        if what not in self._hints:
            self._hints[what] = typing.get_type_hints(what)
        return self._hints[what]


def screens() -> dict[str, Callable[..., Any]]:
    """Every public function of `bot.screens` that makes screens, by «module.name»."""
    found = {}
    for each in pkgutil.iter_modules(bot.screens.__path__):
        module = importlib.import_module(f"bot.screens.{each.name}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            returns = str(function.__annotations__.get("return"))
            if function.__module__ == module.__name__ and not name.startswith("_") and "Screen" in returns:
                found[f"{each.name}.{name}"] = function
    return found
