"""Cuts a dictated report into what means something to it: codes, values, «остальное», «кроме», separators, other words."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import takewhile
from typing import Final

from bot.domain.checklist import AnswerValue
from bot.texts import words


class Kind(Enum):
    CODE = auto()
    VALUE = auto()
    CLEAR = auto()  # «нарушений нет»: speaks of the whole report when no code is named
    REST = auto()
    EXCEPT = auto()
    NUMBER = auto()
    WORD = auto()
    QUOTED = auto()
    LINK = auto()  # dash, colon
    COMMA = auto()
    STOP = auto()  # end of a sentence
    HARD = auto()  # new line, semicolon


SEPARATORS: Final = (Kind.COMMA, Kind.STOP, Kind.HARD)  # from the weakest
ANSWERS: Final = frozenset({Kind.VALUE, Kind.CLEAR})
TEXT: Final = frozenset({Kind.WORD, Kind.QUOTED, Kind.VALUE, Kind.CLEAR, Kind.LINK})


@dataclass(frozen=True, slots=True)
class Token:
    """`start` and `end` are places in the source. `word` is folded; of a code, the code in Cyrillic capitals."""

    kind: Kind
    start: int
    end: int
    word: str = ""
    value: AnswerValue | None = None
    known: bool = True  # a code of this report
    loose: bool = False  # «в 3»: a code only if an answer follows, else two words

    @property
    def filler(self) -> bool:
        return self.kind is Kind.WORD and self.word in words.FILLERS


_LEXER: Final = re.compile(
    r"(?P<quoted>«[^«»]*»|\"[^\"\n]*\"|“[^“”\n]*”|„[^“”\n]*[“”]|\([^()\n]*\))"
    rf"|(?P<na>{words.NOT_APPLICABLE})"
    r"|(?P<code>(?<!\w)(?P<letter>[^\W\d_])(?P<gap>[ \t\u00a0]*[-–—.]?[ \t\u00a0]*)"
    rf"(?P<figures>\d[\d{words.NOUGHT_LETTERS}]?)(?:(?!\w|[:.,]\d)|(?={words.GLUED})))"
    r"|(?P<hard>[\n;]+)|(?P<stop>\.(?!\d)|[!?…])|(?P<comma>,)|(?P<link>[-–—−:=→]+)"
    r"|(?P<word>[^\W_]+(?:[/'’][^\W_]+)*|\S)",
    re.IGNORECASE,
)
_PLAIN: Final = {"hard": Kind.HARD, "stop": Kind.STOP, "comma": Kind.COMMA, "link": Kind.LINK}

_PHRASES: Final[dict[tuple[str, ...], tuple[Kind, AnswerValue | None]]] = {
    tuple(phrase.split()): meaning
    for phrases, meaning in (
        (words.YES, (Kind.VALUE, AnswerValue.YES)),
        (words.NO, (Kind.VALUE, AnswerValue.NO)),
        (words.NOT_OBSERVED, (Kind.VALUE, AnswerValue.NA)),
        (words.ALL_CLEAR, (Kind.CLEAR, AnswerValue.YES)),
        (words.REST, (Kind.REST, None)),
        (words.EXCEPT, (Kind.EXCEPT, None)),
    )
    for phrase in phrases
}
_LONGEST: Final = max(map(len, _PHRASES))


def tokenize(source: str, codes: Collection[str]) -> list[Token]:
    """Tokens in order of the source; `codes` are those the report asks."""
    return _numbered(list(_phrases(list(_lex(source, codes)))))


def _lex(source: str, codes: Collection[str]) -> Iterator[Token]:
    for match in _LEXER.finditer(source):
        start, end = match.span()
        match match.lastgroup:
            case "code":
                yield _code(match, codes)
            case "na":
                yield Token(Kind.WORD, start, end, words.NOT_APPLICABLE_WORD)
            case "quoted":
                inside = list(_lex(source[start + 1 : end - 1], codes))
                alone = len(inside) == 1 and inside[0].kind in (Kind.CODE, Kind.WORD)
                yield replace(inside[0], start=start, end=end) if alone else Token(Kind.QUOTED, start, end)
            case "word":
                yield Token(Kind.WORD, start, end, words.fold_word(match.group()))
            case str(plain):
                yield Token(_PLAIN[plain], start, end)


def _code(match: re.Match[str], codes: Collection[str]) -> Token:
    letter = match["letter"].upper()
    number = int(match["figures"].translate(words.NOUGHTS))
    code = f"{words.CODE_LETTERS.get(letter, letter)}{number}"
    loose = any(map(str.isspace, match["gap"]))
    return Token(Kind.CODE, *match.span(), code, known=code in codes, loose=loose)


def _phrases(tokens: list[Token]) -> Iterator[Token]:
    """The longest phrase that starts at each word becomes one token."""
    at = 0
    while at < len(tokens):
        run = takewhile(lambda token: token.kind is Kind.WORD, tokens[at : at + _LONGEST])
        spoken = tuple(token.word for token in run)
        negated = at > 0 and tokens[at - 1].kind is Kind.WORD and tokens[at - 1].word in words.NOT
        lengths = (n for n in range(len(spoken), 0, -1) if spoken[:n] in _PHRASES and not negated)
        length = next(lengths, 0)
        if length:
            kind, value = _PHRASES[spoken[:length]]
            yield Token(kind, tokens[at].start, tokens[at + length - 1].end, " ".join(spoken[:length]), value)
        else:
            yield tokens[at]
        at += length or 1


def _numbered(tokens: list[Token]) -> list[Token]:
    """«отчёт № 7315», or a bare number that begins the message, becomes a number."""
    found: list[Token] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        begins = all(before.kind in SEPARATORS or before.word in words.COURTESY for before in found)
        named = token.kind is Kind.WORD and token.word in words.REPORT
        place = at + named
        while (named or begins) and place < len(tokens) and _is_sign(tokens[place], named):
            place += 1
        if (named or begins) and _is_number(tokens, place, named):
            found.append(replace(tokens[place], kind=Kind.NUMBER, start=token.start))
            at = place + 1
        else:
            if not (named and begins):  # «отчёт: Б6 нет» names no number
                found.append(token)
            at += 1
    return found


def _is_sign(token: Token, named: bool) -> bool:
    return (token.kind is Kind.WORD and token.word in words.NUMBER_SIGNS) or (named and token.kind is Kind.LINK)


def _is_number(tokens: list[Token], at: int, named: bool) -> bool:
    if at >= len(tokens) or tokens[at].kind is not Kind.WORD:
        return False
    word = tokens[at].word
    if not (word.isascii() and word.isdigit() and len(word) <= 9):
        return False
    return named or at + 1 == len(tokens) or tokens[at + 1].kind not in (Kind.WORD, Kind.QUOTED)
