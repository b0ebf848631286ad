"""What a dictated report says, put together from its parts: the certain, the unclear, and the words not understood."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from bot.domain.checklist import AnswerValue

Span = tuple[int, int]
Said = tuple[AnswerValue, str]

_EDGES: Final = " \t\n\u00a0,;:–—−-=→"
_QUOTES: Final = frozenset({"«»", '""', "“”", "„“", "„”", "()"})


@dataclass(frozen=True, slots=True)
class Dictation:
    """`answers` are by code: (value, comment). `rest` is for every item neither answered nor `unclear`.

    `unclear` are codes that were named without a certain answer: `rest` must not touch them. `read_as` are codes typed
    with a Latin letter and how they were read, to be shown back.
    """

    report_number: int | None
    answers: dict[str, Said]
    rest: AnswerValue | None
    not_understood: tuple[str, ...]
    unclear: frozenset[str] = frozenset()
    read_as: tuple[tuple[str, str], ...] = ()

    @property
    def empty(self) -> bool:
        """Whether it answers nothing: then it may be no dictation at all."""
        return not self.answers and self.rest is None

    def resolve(self, codes: Iterable[str]) -> dict[str, Said]:
        """Answers for these codes, in their order, with `rest` spread over what was not named."""
        found = {}
        for code in codes:
            if code in self.answers:
                found[code] = self.answers[code]
            elif self.rest is not None and code not in self.unclear:
                found[code] = (self.rest, "")
        return found


@dataclass
class Entry:
    """Codes said to have one value. `value` None: named after «кроме» without one."""

    codes: list[str]
    value: AnswerValue | None
    span: Span
    comment: Span | None = None


@dataclass
class Rest:
    value: AnswerValue
    span: Span


def assemble(
    source: str,
    number: int | None,
    entries: Collection[Entry],
    rests: Collection[Rest],
    unclear: Collection[str],
    lost: Collection[Span],
    read_as: tuple[tuple[str, str], ...],
) -> Dictation:
    """Contradictions become `unclear` and come back as words; nothing said is dropped."""
    gone = list(lost)
    doubtful = set(unclear)
    values = {rest.value for rest in rests}
    rest = values.pop() if len(values) == 1 else None
    if rest is None:
        gone += [each.span for each in rests]
    answers: dict[str, Said] = {}
    contradicted: set[str] = set()
    for entry in _resolved(entries, rest):
        if entry.value is None:
            doubtful |= set(entry.codes)
            gone.append(entry.span)
            continue
        comment = _comment(source, entry.comment)
        for code in entry.codes:
            value, said = answers.get(code, (entry.value, ""))
            if value is not entry.value:
                contradicted.add(code)
            answers[code] = (value, "; ".join(filter(None, dict.fromkeys((said, comment)))))
    gone += [entry.span for entry in entries if contradicted & set(entry.codes)]
    for code in contradicted:
        del answers[code]
    words = (source[start:end].strip(_EDGES + ".!?…") for start, end in sorted(set(gone)))
    return Dictation(
        report_number=number,
        answers=answers,
        rest=rest,
        not_understood=tuple(filter(None, words)),
        unclear=frozenset((doubtful | contradicted) - answers.keys()),
        read_as=read_as,
    )


def _resolved(entries: Collection[Entry], rest: AnswerValue | None) -> Iterable[Entry]:
    """«Всё хорошо, кроме Б6» says «нет» about Б6, unless Б6 has its own answer; without «всё хорошо» it says nothing."""
    plain = {code for entry in entries if entry.value is not None for code in entry.codes}
    for entry in entries:
        if entry.value is not None:
            yield entry
            continue
        codes = [code for code in entry.codes if code not in plain or entry.comment is not None]
        if codes:
            value = AnswerValue.NO if rest is AnswerValue.YES else None
            yield Entry(codes, value, entry.span, entry.comment)


def _comment(source: str, span: Span | None) -> str:
    if span is None:
        return ""
    text = source[span[0] : span[1]].strip(_EDGES)
    if len(text) > 1 and text[0] + text[-1] in _QUOTES and not set(text[1:-1]) & {text[0], text[-1]}:
        text = text[1:-1].strip(_EDGES)
    return " ".join(text.split())
