"""The checklist of an observation: stages, items, and which of them a sitting is asked about."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from bot.domain.errors import UnknownItem

LATE_AFTER: Final = timedelta(minutes=15)


class Severity(StrEnum):
    CRITICAL = "critical"
    MAJOR = "major"
    MINOR = "minor"


class Form(StrEnum):
    """How the work is written."""

    PAPER = "paper"
    COMPUTER = "computer"


class ReportForm(StrEnum):
    """How much of the checklist a report asks."""

    SHORT = "short"
    FULL = "full"


class Moment(StrEnum):
    """When a stage can be observed, relative to the lesson."""

    BEFORE = "before"
    START = "start"
    COURSE = "course"
    FINISH = "finish"
    CHECKING = "checking"
    UPLOAD = "upload"


class AnswerValue(StrEnum):
    YES = "yes"
    NO = "no"
    NA = "na"


@dataclass(frozen=True, slots=True)
class Answer:
    """`happened_at` is when it was, if the person said so; `entered_at` is when the server learned it. Both aware."""

    value: AnswerValue
    entered_at: datetime
    comment: str = ""
    happened_at: datetime | None = None

    @property
    def entered_later(self) -> bool:
        """Whether to show «внесено позже»."""
        return self.happened_at is not None and self.entered_at - self.happened_at > LATE_AFTER

    @property
    def comment_missing(self) -> bool:
        return self.value is AnswerValue.NO and not self.comment.strip()


Answers = Mapping[str, Answer]
NO_ANSWERS: Final[Answers] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Item:
    """One question. `plain` and `presets` are for the chat, `wording` and `negative` for the act.

    `plain` has no full stop at its end; «Да» always means that all is well. `form` None = asked in both forms.
    """

    code: str
    stage: str
    wording: str
    plain: str
    label: str
    negative: str
    severity: Severity
    basis: str
    short: bool = False
    form: Form | None = None
    presets: tuple[str, ...] = ()

    @property
    def critical(self) -> bool:
        return self.severity is Severity.CRITICAL


@dataclass(frozen=True, slots=True)
class Stage:
    """`title` is for the act, `chat_title` and `when` («в начале урока») for the chat."""

    code: str
    title: str
    chat_title: str
    when: str
    moment: Moment


@dataclass(frozen=True)
class Checklist:
    """One version of a checklist. `sha256` is of the source file: a report keeps it and is read by that very source."""

    name: str
    version: str
    sha256: str
    title: str
    stages: tuple[Stage, ...]
    every_item: tuple[Item, ...]
    bases: Mapping[str, str] = field(default_factory=dict)
    _asked: dict[Any, tuple[Item, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(item.code for item in self.every_item)

    def items(
        self, form: ReportForm = ReportForm.FULL, sitting_form: Form = Form.PAPER, addons: tuple[str, ...] = ()
    ) -> tuple[Item, ...]:
        """Items to ask, in checklist order. `addons` are codes of stages asked in full on top of the short form."""
        key = (form, sitting_form, addons)
        if key not in self._asked:
            self._asked[key] = tuple(
                item
                for item in self.every_item
                if item.form in (None, sitting_form) and (form is ReportForm.FULL or item.short or item.stage in addons)
            )
        return self._asked[key]

    def item(self, code: str) -> Item:
        """Raises `UnknownItem`."""
        for item in self.every_item:
            if item.code == code:
                return item
        raise UnknownItem(code=code)

    def stage(self, code: str) -> Stage:
        """Raises `UnknownItem`."""
        for stage in self.stages:
            if stage.code == code:
                return stage
        raise UnknownItem(code=code)

    def stages_of(self, items: tuple[Item, ...]) -> tuple[Stage, ...]:
        """Stages these items belong to, in checklist order."""
        asked = {item.stage for item in items}
        return tuple(stage for stage in self.stages if stage.code in asked)

    def basis_of(self, item: Item) -> tuple[str, ...]:
        """The item's bases in words: «003» -> «Информационная справка…», «Р-98 п.1» -> «Акт…, п.1»."""
        sources = (source.strip().partition(" ") for source in item.basis.split(";"))
        return tuple(f"{self.bases[key]}, {place}" if place else self.bases[key] for key, _, place in sources)


@dataclass(frozen=True, slots=True)
class Checklists:
    """Every version of a checklist: new reports begin with `current`, begun ones stay with theirs. `earlier`: newest first."""

    current: Checklist
    earlier: tuple[Checklist, ...] = ()

    def begun_with(self, name: str, version: str) -> Checklist | None:
        """The one that a report names; the current one when it names none yet; None when nobody kept it."""
        if not name:
            return self.current
        return next((one for one in self.every if (one.name, one.version) == (name, version)), None)

    def item(self, code: str) -> Item:
        """In its newest wording; codes never change their meaning. Raises `UnknownItem`."""
        for one in self.every:
            if code in one.codes:
                return one.item(code)
        raise UnknownItem(code=code)

    @property
    def every(self) -> tuple[Checklist, ...]:
        return (self.current, *self.earlier)

    @property
    def codes(self) -> tuple[str, ...]:
        """Of all versions."""
        return tuple(dict.fromkeys(code for one in self.every for code in one.codes))
