"""Turns back into plain words what only looks like a code, «остальное» or «кроме»: «в 3 ряду», «все кричали»."""

from dataclasses import replace

from bot.domain.dictation.tokens import ANSWERS, Kind, Token
from bot.texts import words


def settle(tokens: list[Token]) -> list[Token]:
    """The same tokens; each look-alike stays only if what follows confirms it. From the end: followers are settled."""
    settled = tokens[:]
    for at in range(len(tokens) - 1, -1, -1):
        token = settled[at]
        if token.kind is Kind.CODE and (token.loose or not token.known):
            after_except = token.known and at > 0 and settled[at - 1].kind is Kind.EXCEPT
            confirmed = after_except or _leads_to_answer(settled, at + 1)
        elif token.kind is Kind.REST:
            confirmed = _rest_has_answer(settled, at + 1)
        elif token.kind is Kind.EXCEPT:
            confirmed = _leads_to_code(settled, at + 1)
        else:
            continue
        if not confirmed:
            settled[at] = replace(token, kind=Kind.WORD)
    return settled


def _leads_to_answer(tokens: list[Token], at: int) -> bool:
    """«в 3 да», «в 3 и в 6 — нет»."""
    for place in range(at, len(tokens)):
        token = tokens[place]
        following = tokens[place + 1].kind if place + 1 < len(tokens) else None
        if token.kind in ANSWERS or (token.kind is Kind.REST and following in ANSWERS):
            return True
        joins = token.kind in (Kind.LINK, Kind.CODE) or (token.kind is Kind.WORD and token.word in words.JOINERS)
        if not joins and not (token.kind is Kind.COMMA and following is Kind.CODE):
            return False
    return False


def _rest_has_answer(tokens: list[Token], at: int) -> bool:
    """«остальные пункты — да», «всё, кроме Б6 и Г4, хорошо»."""
    excepting = False
    for place in range(at, len(tokens)):
        token = tokens[place]
        following = tokens[place + 1].kind if place + 1 < len(tokens) else None
        if token.kind in ANSWERS:
            return True
        excepting = excepting or token.kind is Kind.EXCEPT
        counts = token.kind is Kind.WORD and token.word.isdigit()  # «все 12 пунктов»
        passes = token.kind in (Kind.LINK, Kind.EXCEPT) or token.filler or counts
        named = excepting and token.kind in (Kind.CODE, Kind.COMMA)
        if not passes and not named and not (token.kind is Kind.COMMA and following is Kind.EXCEPT):
            return False
    return False


def _leads_to_code(tokens: list[Token], at: int) -> bool:
    while at < len(tokens) and (tokens[at].kind is Kind.LINK or tokens[at].filler):
        at += 1
    return at < len(tokens) and tokens[at].kind is Kind.CODE
