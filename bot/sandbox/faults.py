"""Misbehaviour on demand: one-shot or counted rules per method, and a seeded plan of random trouble."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from typing import Any

EFFECTS = ("429", "403", "400", "401", "500", "502", "html", "garbage", "empty", "reset", "hang", "slow", "cut")


@dataclass(slots=True)
class Fault:
    """One kind of trouble.

    effect      a JSON error by its number, `html` (a proxy's 502 page), `garbage` (200, broken JSON), `empty` (200,
                a result without a single field), `reset` (connection aborted), `hang` (no answer until the client
                leaves), `slow` (answer after `delay` seconds), `cut` (file downloads only: half of the body, then a
                reset)
    when        before: the call is not carried out; after: it is, only the answer goes wrong
    methods     names of methods, `*` for all but getUpdates, `download` for file downloads
    count       how many times it strikes; None is for ever
    skip        leave the first so many matching calls alone
    fraction    probability for each matching call
    chat_id     only calls for this chat
    """

    effect: str
    methods: tuple[str, ...] = ("*",)
    when: str = "before"
    count: int | None = 1
    skip: int = 0
    fraction: float = 1.0
    retry_after: int = 1
    delay: float = 0.0
    description: str = ""
    chat_id: int | None = None
    struck: int = 0

    def __post_init__(self) -> None:
        if self.effect not in EFFECTS:
            raise ValueError(f"unknown effect {self.effect!r}, expected one of {', '.join(EFFECTS)}")
        if self.when not in ("before", "after"):
            raise ValueError(f"when is {self.when!r}, expected before or after")
        self.methods = tuple(name.lower() for name in self.methods)

    def concerns(self, method: str, chat_id: int | None) -> bool:
        named = method in self.methods or ("*" in self.methods and method not in ("getupdates", "download"))
        return named and (self.chat_id is None or self.chat_id == chat_id)

    @property
    def worn_out(self) -> bool:
        return self.count is not None and self.struck >= self.count


@dataclass
class UpdateFaults:
    """Trouble with updates, as fractions: `duplicate` delivers an update once more after it was confirmed;
    `shuffle` lets a webhook delivery overtake the earlier ones of the same chat; `novelty` adds a field that no
    library of today knows."""

    duplicate: float = 0.0
    shuffle: float = 0.0
    novelty: float = 0.0


@dataclass
class Faults:
    seed: int = 0
    rules: list[Fault] = field(default_factory=list)
    updates: UpdateFaults = field(default_factory=UpdateFaults)

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)

    def add(self, effect: str, *methods: str, **options: Any) -> Fault:
        """`faults.add("429", "sendMessage", retry_after=3)`; see Fault for the options."""
        rule = Fault(effect, methods or ("*",), **options)
        self.rules.append(rule)
        return rule

    def plan(self, seed: int, rates: dict[str, float], methods: Sequence[str] = ("*",)) -> None:
        """A plan repeatable by its seed: `{"reset:before": 0.05, "429": 0.02, "html:after": 0.01}`."""
        self.seed, self.random = seed, random.Random(seed)
        for name, rate in rates.items():
            effect, _, when = name.partition(":")
            self.rules.append(Fault(effect, tuple(methods), when or "before", count=None, fraction=rate))

    def clear(self) -> None:
        self.rules.clear()
        self.updates = UpdateFaults()

    def pick(self, method: str, chat_id: int | None) -> Fault | None:
        """The first rule that strikes this call; its count is used up."""
        for rule in self.rules:
            if rule.worn_out or not rule.concerns(method, chat_id):
                continue
            if rule.skip > 0:
                rule.skip -= 1
                continue
            if rule.fraction < 1.0 and self.random.random() >= rule.fraction:
                continue
            rule.struck += 1
            if rule.worn_out:
                self.rules.remove(rule)
            return rule
        return None

    def happens(self, fraction: float) -> bool:
        return fraction > 0 and self.random.random() < fraction

    def load(self, description: dict[str, Any]) -> None:
        """The JSON of the control API: {clear?, seed?, rates?, rules?: [{effect, methods, …}], updates?: {…}}."""
        if description.get("clear"):
            self.clear()
        known = {item.name for item in fields(Fault)} - {"struck"}
        for raw in description.get("rules", ()):
            options = {name: value for name, value in raw.items() if name in known}
            options["methods"] = tuple(options.get("methods", ("*",)))
            self.rules.append(Fault(**options))
        if "rates" in description:
            self.plan(int(description.get("seed", 0)), description["rates"], description.get("methods", ("*",)))
        for name, value in description.get("updates", {}).items():
            if name not in ("duplicate", "shuffle", "novelty"):
                raise ValueError(f"unknown update fault {name!r}")
            setattr(self.updates, name, float(value))
