"""Which section a message seems to be about, whether it is a plain question, and whether it swears or threatens."""

from bot.domain.hotline.case import Category
from bot.texts import hotline_words as words

LONGEST_QUESTION = 200


def folded(text: str) -> str:
    return " ".join(text.lower().replace("ё", "е").split())


def section(text: str) -> Category | None:
    """The section with the most of its words in the text; None without any. Ties: the lower number, which is graver."""
    plain = folded(text)
    scores = {
        number: sum(len(stem) for stem in stems if _has(plain, stem)) for number, stems in words.SECTION_STEMS.items()
    }
    best = max(scores, key=lambda number: (scores[number], -number))
    if is_question(text) and (scores[best] == 0 or best in (Category.QUESTION, Category.OTHER)):
        return Category.QUESTION
    return Category(best) if scores[best] else None


def is_question(text: str) -> bool:
    """Short, asks, and tells of no incident."""
    plain = folded(text)
    if len(plain) > LONGEST_QUESTION or not plain:
        return False
    return plain.endswith("?") or plain.startswith(words.QUESTION_STARTS)


def faq(text: str) -> str | None:
    """The name of the question of the FAQ that this plain question is."""
    if not is_question(text):
        return None
    plain = folded(text)
    for name, stems in words.FAQ_STEMS.items():
        if any(_has(plain, stem) for stem in stems):
            return name
    return None


def marks(text: str) -> tuple[str, ...]:
    """`threat`, `obscene`: for the operator's eyes; the message is accepted all the same."""
    plain = folded(text)
    found = [("threat", words.THREAT), ("obscene", words.OBSCENE)]
    return tuple(name for name, pattern in found if pattern.search(plain))


def _has(plain: str, stem: str) -> bool:
    """The stem at the beginning of a word."""
    at = plain.find(stem)
    while at >= 0:
        if at == 0 or not plain[at - 1].isalnum():
            return True
        at = plain.find(stem, at + 1)
    return False
