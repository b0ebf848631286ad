"""Which school of the register a typed name means; a number in a name is never guessed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from bot.domain.importing.cleaning import clean, fold
from bot.texts import importing_words as words

_LETTER_DIGIT = re.compile(r"(?<=[^\W\d_])(?=\d)")
_NUMBER_SIGN = re.compile("\\s*\u2116\\s*")
_ALIKE = 78.0
_CLEARLY_ALIKE = 88.0


@dataclass(frozen=True, slots=True)
class SchoolMatch:
    """The register's name for what was typed; when not `exact`, only a question to ask."""

    name: str
    exact: bool


@dataclass(frozen=True, slots=True)
class Mention:
    """A school named inside a free text: what was written, and what it matches."""

    text: str
    match: SchoolMatch | None


def tidy_school_name(text: str) -> str:
    """A name as we show it: spaces around the number sign made equal."""
    return clean(_NUMBER_SIGN.sub(" \u2116 ", clean(text)))


def school_key(text: str) -> str:
    """Equal for two spellings of one school's name."""
    return " ".join(_tokens(text))


def _tokens(text: str) -> tuple[str, ...]:
    folded = _LETTER_DIGIT.sub(" ", fold(text))
    for pattern, kind in words.SCHOOL_KINDS:
        folded = pattern.sub(f" {kind} ", folded)
    folded = words.SCHOOL_NOISE.sub(" ", folded)
    return tuple(str(int(token)) if token.isdecimal() else token for token in folded.split())


class SchoolMatcher:
    """Matches typed names against the register's `names`; `aliases` leads from other spellings to names."""

    def __init__(self, names: Iterable[str], aliases: Mapping[str, str] | None = None) -> None:
        self._kinds = frozenset(kind for _, kind in words.SCHOOL_KINDS)
        self._names = tuple(dict.fromkeys(names))
        self._by_key: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for spelling, name in [*((name, name) for name in self._names), *(aliases or {}).items()]:
            self._by_key[_tokens(spelling)].add(name)
        self._tokens_of = {name: _tokens(name) for name in self._names}
        self._matched: dict[str, SchoolMatch | None] = {}

    def __bool__(self) -> bool:
        return bool(self._names)

    @property
    def names(self) -> tuple[str, ...]:
        return self._names

    def match(self, text: str) -> SchoolMatch | None:
        """Exact, a suggestion, or None; equal texts are worked out once."""
        text = text[:300]
        if text not in self._matched:
            self._matched[text] = self._match(_tokens(text))
        return self._matched[text]

    def _match(self, tokens: tuple[str, ...]) -> SchoolMatch | None:
        if not tokens:
            return None
        exact = self._by_key.get(tokens, set()) or self._of_any_kind(tokens)
        if len(exact) == 1:
            return SchoolMatch(next(iter(exact)), exact=True)
        if exact:
            return None
        suggested = self._same_numbers(tokens) or self._number_mistyped(tokens)
        return SchoolMatch(suggested, exact=False) if suggested else None

    def _of_any_kind(self, tokens: tuple[str, ...]) -> set[str]:
        """Names that a plain word for "school" may stand for."""
        if words.ANY_SCHOOL not in tokens:
            return set()
        found: set[str] = set()
        for kind in words.SCHOOL_LIKE:
            found |= self._by_key.get(tuple(kind if t == words.ANY_SCHOOL else t for t in tokens), set())
        return found

    def _same_numbers(self, tokens: tuple[str, ...]) -> str | None:
        """The one name with these very numbers that is alike or only wants its kind."""
        numbers, text = _numbers(tokens), " ".join(tokens)
        near = [(name, own) for name, own in self._tokens_of.items() if _numbers(own) == numbers]
        if numbers:
            bare = [name for name, own in near if tuple(t for t in own if t not in self._kinds) == tokens]
            if bare:
                return bare[0] if len(bare) == 1 else None
        ranked = sorted(((fuzz.ratio(text, " ".join(own)), name) for name, own in near), reverse=True)
        if not ranked or ranked[0][0] < (_ALIKE if numbers else _CLEARLY_ALIKE):
            return None
        return None if len(ranked) > 1 and ranked[0][0] == ranked[1][0] else ranked[0][1]

    def _number_mistyped(self, tokens: tuple[str, ...]) -> str | None:
        """The one name that differs by a single digit too many, too few or wrong."""
        numbers, rest = _numbers(tokens), tuple(t for t in tokens if not t.isdecimal())
        if len(numbers) != 1:
            return None
        near = [
            name
            for name, own in self._tokens_of.items()
            if self._same_kind(rest, tuple(t for t in own if not t.isdecimal()))
            and len(_numbers(own)) == 1
            and Levenshtein.distance(_numbers(own)[0], numbers[0], score_cutoff=1) == 1
        ]
        return near[0] if len(near) == 1 else None

    def _same_kind(self, typed: tuple[str, ...], own: tuple[str, ...]) -> bool:
        if typed == own:
            return True
        return any(own == tuple(kind if t == words.ANY_SCHOOL else t for t in typed) for kind in words.SCHOOL_LIKE)

    def mentions(self, text: str) -> tuple[Mention, ...]:
        """Schools named in a free text, each once, in order; several numbers may share one kind."""
        tokens = _tokens(text)
        found: dict[str, Mention] = {}
        for phrase in [*self._names_within(tokens), *self._kind_and_number(tokens)]:
            match = self._match(tuple(phrase.split()))
            found.setdefault(match.name if match else phrase, Mention(phrase, match))
        return tuple(found.values())

    def _names_within(self, tokens: tuple[str, ...]) -> Iterator[str]:
        for own in self._tokens_of.values():
            if _numbers(own) or not own:
                continue
            if any(tokens[at : at + len(own)] == own for at in range(len(tokens) - len(own) + 1)):
                yield " ".join(own)

    def _kind_and_number(self, tokens: tuple[str, ...]) -> Iterator[str]:
        kind: str | None = None
        for at, token in enumerate(tokens):
            if token in self._kinds:
                kind = token
            elif kind and token.isdecimal():
                after = tokens[at + 1] if at + 1 < len(tokens) else None
                first = tokens[at - 1] == kind
                listed = after is None or after.isdecimal() or after in self._kinds or after in words.LIST_JOINS
                if first or listed:
                    yield f"{kind} {token}"
            elif token not in words.LIST_JOINS:
                kind = None


def _numbers(tokens: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(token for token in tokens if token.isdecimal())
