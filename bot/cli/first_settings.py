"""`init`: four questions, then `.env` as a filled-in copy of `.env.example`."""

import getpass
import re
import sys
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.durable import write_whole
from bot.settings import expected_instead, written_settings
from bot.texts import cli as words
from bot.texts.zones import zone_of

TEMPLATE = Path(__file__).parents[2] / ".env.example"
SECRET = "bot_token"  # noqa: S105 - the name of a setting
PLAIN = re.compile(r"[\w:/.,@+-]*")


def ask_and_write(env: Path) -> int:
    """Asks until every answer fits. Other lines of an existing file are kept; nothing is written before the last answer."""
    print(words.INIT_WELCOME)
    before = {name: value for name, (_, value) in written_settings(env).items()}
    answers: dict[str, str] = {}
    try:
        for name in words.QUESTIONS:
            answers[name] = _ask(
                name, before.get(name, "") or (answers.get("municipality", "") if name == "organiser" else "")
            )
    except EOFError:
        print(words.INIT_NO_TTY, file=sys.stderr)
        return 1
    template = env if env.exists() else TEMPLATE
    write_whole(env, fill_in(template.read_text("utf-8"), answers).encode())
    print(words.init_done(str(env)))
    return 0


def _ask(name: str, default: str) -> str:
    shown = (words.AS_BEFORE if name == SECRET else default) if default else ""
    question = f"{words.QUESTIONS[name]}{f' [{shown}]' if shown else ''}: "
    while True:
        answer = (_read(question, hidden=name == SECRET) or default).strip()
        if name == "timezone":
            answer = zone_of(answer) or answer
        expected = expected_instead(name, answer)
        if expected is None:
            break
        print(words.wants(expected))
    if name == "timezone":
        print(words.zone_taken(answer, f"{datetime.now(UTC).astimezone(ZoneInfo(answer)):%H:%M}"))
    return answer


def _read(question: str, *, hidden: bool) -> str:
    if hidden and sys.stdin.isatty():
        return getpass.getpass(question)
    return input(question)


def fill_in(template: str, answers: dict[str, str]) -> str:
    """The template with `NAME=answer` on the line of each name, commented out or not; a name it lacks goes to the end."""
    lines = template.splitlines()
    for name, answer in answers.items():
        line = f"{name.upper()}={_quoted(answer)}"
        own = re.compile(rf"\s*(?:export\s+)?{name}\s*=", re.IGNORECASE)
        sample = re.compile(rf"#\s*{name.upper()}=")
        place = next((i for i, text in enumerate(lines) if own.match(text)), None)
        if place is None:
            place = next((i for i, text in enumerate(lines) if sample.match(text)), None)
        if place is None:
            lines.append(line)
        else:
            lines[place] = line
    return "\n".join(lines) + "\n"


def _quoted(value: str) -> str:
    """As python-dotenv reads it back: single quotes know no `$` and no `#`."""
    if PLAIN.fullmatch(value):
        return value
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"
