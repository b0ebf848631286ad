"""The settings a command works with, or a plain refusal."""

import sys
from pathlib import Path

from typer.exceptions import Exit

from bot.settings import Settings, WrongSettings, load_settings

WRONG_SETTINGS = 2


def read_settings(env: Path) -> Settings:
    """Prints what is wrong, line by line, and ends the command with code 2."""
    try:
        return load_settings(env)
    except WrongSettings as wrong:
        print("\n".join(wrong.lines), file=sys.stderr)
        raise Exit(WRONG_SETTINGS) from None
