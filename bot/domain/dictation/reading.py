"""Reads a dictated report: what is certain becomes answers, everything else comes back as it was typed."""

from collections.abc import Collection
from dataclasses import dataclass, field

from bot.domain.checklist import AnswerValue
from bot.domain.dictation.result import Dictation, Entry, Rest, Span, assemble
from bot.domain.dictation.settling import settle
from bot.domain.dictation.tokens import ANSWERS, SEPARATORS, TEXT, Kind, Token, tokenize
from bot.texts import words
from bot.texts.escape import clean


def read_dictation(text: str, codes: Collection[str]) -> Dictation:
    """Read one message about a report that asks `codes`, in their order. Never raises, never guesses."""
    source = clean(text)
    reader = _Reader(source, tuple(codes), settle(tokenize(source, frozenset(codes))))
    return reader.read()


@dataclass
class _Reader:
    """Walks the tokens once. Every method takes the place of a token and returns the place to go on from."""

    source: str
    codes: tuple[str, ...]
    tokens: list[Token]
    number: int | None = None
    entries: list[Entry] = field(default_factory=list)
    rests: list[Rest] = field(default_factory=list)
    unclear: set[str] = field(default_factory=set)
    lost: list[Span] = field(default_factory=list)
    last: Entry | None = None  # its comment may go on after a comma
    gap: int = -1  # the strongest separator since then, as its place in SEPARATORS

    def read(self) -> Dictation:
        at = 0
        while at < len(self.tokens):
            kind = self.tokens[at].kind
            if kind in SEPARATORS:
                self.gap = max(self.gap, SEPARATORS.index(kind))
                at += 1
            elif kind is Kind.LINK or self._is_lead(at):
                at += 1
            elif kind is Kind.NUMBER:
                at = self._numbered(at)
            elif kind is Kind.CODE:
                at = self._coded(at)
            elif kind is Kind.REST:
                at = self._rest(at)
            elif kind is Kind.EXCEPT:
                at = self._excepted(at)
            elif kind in ANSWERS:
                at = self._value_first(at)
            else:
                at = self._words(at)
        codes = [token for token in self.tokens if token.kind is Kind.CODE and token.known]
        latin = [token for token in codes if any(char.isascii() and char.isalpha() for char in self._text(token))]
        read_as = tuple(dict.fromkeys((self._text(token), token.word) for token in latin))
        return assemble(self.source, self.number, self.entries, self.rests, self.unclear, self.lost, read_as)

    def _numbered(self, at: int) -> int:
        number = int(self.tokens[at].word)
        if self.number not in (None, number):
            self._lose(at, at + 1)
        else:
            self.number = number
        self.last = None
        return at + 1

    def _coded(self, at: int) -> int:
        """«Б1, Б2 и Б4 нет: шумно»."""
        group, end = self._group(at)
        answer = self._answer_after(end)
        if answer is None:
            return self._leave_unclear(group, at, end)
        return self._enter(group, answer, at, answer + 1)

    def _value_first(self, at: int) -> int:
        """«не видел Г4», «нарушение: Б6 — телефоны», «нарушений нет»."""
        start = self._skip(at + 1)
        if self.tokens[at].kind is Kind.VALUE and self._kind(start) is Kind.CODE:
            group, end = self._group(start)
            if self._answer_after(end) is None:
                return self._enter(group, at, at, end)
        if self.tokens[at].kind is Kind.CLEAR:
            return self._set_rest(at, at)
        return self._words(at)

    def _rest(self, at: int) -> int:
        """«остальное да», «всё, кроме Б6, хорошо»: settled tokens are sure to bring a value."""
        place = at + 1
        while self.tokens[place].kind not in ANSWERS:
            if self.tokens[place].kind is Kind.EXCEPT:
                start = self._skip(place + 1)
                group, place = self._group(start)
                self._add(group, None, (self.tokens[start].start, self.tokens[place - 1].end), None)
            else:
                place += 1
        return self._set_rest(at, place)

    def _excepted(self, at: int) -> int:
        """«кроме Б6», «кроме Г4 — не видел», «кроме Б6: телефоны»."""
        group, end = self._group(self._skip(at + 1))
        answer = self._skip(end)
        if self._kind(answer) is Kind.VALUE:
            return self._enter(group, answer, at, answer + 1)
        return self._enter(group, None, at, end)

    def _enter(self, group: list[Token], answer: int | None, start: int, end: int) -> int:
        """One entry and the comment that follows at `end`; `answer` is the place of its value."""
        value = None if answer is None else self.tokens[answer].value
        end, contradicted = self._said_again(end, value)
        stop, comment = self._comment(end)
        plain_no = answer is not None and self.tokens[answer].word == words.PLAIN_NO
        if contradicted or (plain_no and comment is not None and self._uncertain(end)):
            return self._leave_unclear(group, start, end)
        self._add(group, value, (self.tokens[start].start, self.tokens[stop - 1].end), comment)
        return stop

    def _add(self, group: list[Token], value: AnswerValue | None, span: Span, comment: Span | None) -> None:
        codes = [token.word for token in group if token.known]
        unknown = [(token.start, token.end) for token in group if not token.known]
        self.lost += unknown if codes else [span]
        self.last, self.gap = Entry(codes, value, span, comment), -1
        if codes:
            self.entries.append(self.last)

    def _group(self, at: int) -> tuple[list[Token], int]:
        """Codes in a row, «Б1-Б4» spread out, and the place after them."""
        group = [self.tokens[at]]
        end = at + 1
        while True:
            place = end
            while self._kind(place) in (Kind.COMMA, Kind.LINK) or (
                place < len(self.tokens) and self.tokens[place].filler
            ):
                place += 1
            if self._kind(place) is not Kind.CODE:
                return group, end
            if place == end + 1 and self._kind(end) is Kind.LINK:
                group += self._between(group[-1], self.tokens[place])
            group.append(self.tokens[place])
            end = place + 1

    def _between(self, first: Token, last: Token) -> list[Token]:
        if not (first.known and last.known):
            return []
        low, high = sorted((self.codes.index(first.word), self.codes.index(last.word)))
        return [Token(Kind.CODE, first.start, last.end, code) for code in self.codes[low + 1 : high]]

    def _answer_after(self, at: int) -> int | None:
        """The place of the value that belongs to the codes before `at`."""
        place = self._skip(at)
        if self._kind(place) is Kind.REST and self._kind(place + 1) in ANSWERS:
            return place + 1  # «Б6 всё хорошо» speaks of Б6
        if self._kind(place) in ANSWERS:
            return place
        if self._kind(place) not in SEPARATORS:
            return None
        while self._kind(place) in SEPARATORS:
            place += 1
        following = self._skip(place + 1)
        return place if self._kind(place) is Kind.VALUE and self._kind(following) is not Kind.CODE else None

    def _said_again(self, at: int, value: AnswerValue | None) -> tuple[int, bool]:
        """Passes a value said twice, «да, хорошо»; tells whether a second one says otherwise."""
        place = self._skip(at)
        if value is None or self._kind(place) not in ANSWERS:
            return at, False
        if self.tokens[place].value is not value:
            return at, True
        return (place + 1 if self._kind(place) is Kind.VALUE and self._kind(place + 1) not in TEXT else at), False

    def _comment(self, at: int) -> tuple[int, Span | None]:
        """Text up to the next separator or answer: the place after it, and where it is in the source."""
        end = at
        while self._kind(end) in TEXT:
            end += 1
        spoken = [token for token in self.tokens[at:end] if token.kind is not Kind.LINK]
        while spoken and spoken[-1].word in words.JOINERS:
            spoken.pop()  # «телефоны, и» before the next code
        meaning = [token for token in spoken if not token.filler and token.word not in words.COURTESY]
        return end, (spoken[0].start, spoken[-1].end) if meaning else None

    def _uncertain(self, at: int) -> bool:
        place = self._skip(at)
        linked = any(token.kind is Kind.LINK for token in self.tokens[at:place])
        return not linked and self.tokens[place].word in words.UNCERTAIN_AFTER_NO

    def _words(self, at: int) -> int:
        """Words without a code: the rest of the last comment, or courtesy, or not understood."""
        end, said = self._comment(at)
        if said is None:
            return end
        complete = self._kind(end) is None or self._kind(end) in SEPARATORS
        if complete and self.tokens[at].kind not in ANSWERS and self.last is not None and self._continues(self.last):
            start = self.last.comment[0] if self.last.comment else said[0]
            self.last.comment = (start, said[1])
            self.last.span = (self.last.span[0], said[1])
        else:
            self._lose(at, end)
        return end

    def _continues(self, entry: Entry) -> bool:
        if not entry.codes or entry.value is AnswerValue.YES or self.gap < 0:
            return False
        if SEPARATORS[self.gap] is Kind.STOP:
            return entry.value is AnswerValue.NO and entry.comment is None
        return SEPARATORS[self.gap] is Kind.COMMA

    def _leave_unclear(self, group: list[Token], start: int, end: int) -> int:
        end, _ = self._comment(end)
        self.unclear |= {token.word for token in group if token.known}
        self._lose(start, end)
        return end

    def _set_rest(self, start: int, value_at: int) -> int:
        value = self.tokens[value_at].value
        assert value is not None
        self.rests.append(Rest(value, (self.tokens[start].start, self.tokens[value_at].end)))
        self.last = None
        return value_at + 1

    def _lose(self, start: int, end: int) -> None:
        self.lost.append((self.tokens[start].start, self.tokens[end - 1].end))
        self.last = None

    def _is_lead(self, at: int) -> bool:
        """Whether words that carry nothing stand here before a value, a code, «остальное» or «кроме»."""
        place = at
        while self._kind(place) is Kind.WORD and self.tokens[place].word in words.LEADING:
            place += 1
        return place > at and self._kind(place) in ANSWERS | {Kind.CODE, Kind.REST, Kind.EXCEPT, Kind.NUMBER}

    def _skip(self, at: int) -> int:
        while self._kind(at) is Kind.LINK or (at < len(self.tokens) and self.tokens[at].filler):
            at += 1
        return at

    def _kind(self, at: int) -> Kind | None:
        return self.tokens[at].kind if at < len(self.tokens) else None

    def _text(self, token: Token) -> str:
        return self.source[token.start : token.end]
