"""`doctor`: every check as a line, and under each FIX what to do."""

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path

from bot.cli.checks import Finding, look_at, now
from bot.settings import WrongSettings, load_settings, unknown_names
from bot.texts import doctor as words


def examine(env: Path) -> int:
    """0 when all is well, 1 when something is to be put right, 2 when it is the settings."""
    try:
        settings = load_settings(env)
    except WrongSettings as wrong:
        first, *others = wrong.lines
        print(words.line(1, words.SETTINGS, ok=False, said=first))
        for line in [*others, words.SETTINGS_FIRST]:
            print(words.remedy(line))
        return 2
    slips = unknown_names(env)
    read = Finding(words.SETTINGS, not slips, slips[0] if slips else words.SETTINGS_FIT, tuple(slips[1:]))
    findings = [read, *asyncio.run(look_at(settings, now))]
    report(findings)
    return 0 if all(finding.ok for finding in findings) else 1


def report(findings: Sequence[Finding]) -> None:
    for number, finding in enumerate(findings, 1):
        print(words.line(number, finding.title, ok=finding.ok, said=finding.said))
        for line in finding.remedy:
            print(words.remedy(line))
        sys.stdout.flush()
    good = sum(finding.ok for finding in findings)
    print(words.total(good, len(findings) - good))
