"""A phone or an e-mail address as people type it."""

import re

import phonenumbers

_EMAIL = re.compile(r"[^\s@<>,;]{1,64}@[^\s@<>,;]+\.[^\s@<>,;.]{2,}")


def contact_in(text: str) -> str | None:
    """`+79131234567` or an address; None when there is neither."""
    email = _EMAIL.search(text)
    if email:
        return email.group()[:200]
    for match in phonenumbers.PhoneNumberMatcher(text, "RU"):
        return phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164)
    return None
