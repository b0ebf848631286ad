"""The code of «Без следа»: fifteen random digits and a check digit, written in groups of four."""

import re
import secrets

DIGITS = 16
_CODE = re.compile(r"(?<!\d)\d{4}[\s\-–—.]?\d{4}[\s\-–—.]?\d{4}[\s\-–—.]?\d{4}(?!\d)")


def new_code() -> str:
    body = f"{secrets.randbelow(10**15):015}"
    return body + check_digit(body)


def check_digit(body: str) -> str:
    """Luhn: finds every wrong digit and nearly every pair of digits in the wrong order."""
    total = 0
    for place, digit in enumerate(reversed(body)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def is_well_formed(code: str) -> bool:
    return len(code) == DIGITS and code.isascii() and code.isdigit() and check_digit(code[:-1]) == code[-1]


def grouped(code: str) -> str:
    return " ".join(code[start : start + 4] for start in range(0, DIGITS, 4))


def find_code(text: str) -> str | None:
    """Sixteen digits in what somebody typed, with spaces and dashes as people write them."""
    found = _CODE.search(text)
    return re.sub(r"\D", "", found.group()) if found else None
