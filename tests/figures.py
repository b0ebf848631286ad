"""Measured figures: `FIGURE name value unit` lines in, the table of README.md out."""

import re
from dataclasses import dataclass
from pathlib import Path

README = Path(__file__).parents[1] / "README.md"
BEGIN, END = "<!-- figures -->", "<!-- /figures -->"
LINE = re.compile(r"FIGURE (\w+) (\S+) ?(.*)")
ROW = re.compile(r"\| `(\w+)` \| ([^|]*) \| ([^|]*) \|")
HEAD = "| Figure | Value | What it is |\n|---|---|---|"


@dataclass(frozen=True)
class Figure:
    name: str
    value: str
    unit: str

    @property
    def shown(self) -> str:
        return f"{self.value} {self.unit}".strip()


def figures_in(output: str) -> list[Figure]:
    """Every FIGURE line of a measurement's output."""
    return [Figure(*match.groups()) for line in output.splitlines() if (match := LINE.fullmatch(line.strip()))]


def record(figures: list[Figure], meanings: dict[str, str], readme: Path = README) -> None:
    """Put the figures into the table; rows that were not measured now stay as they are."""
    text = readme.read_text("utf-8")
    head, rest = text.split(BEGIN)
    old, tail = rest.split(END)
    rows = {match[1]: (match[2].strip(), match[3].strip()) for match in map(ROW.match, old.splitlines()) if match}
    for figure in figures:
        meaning = meanings.get(figure.name) or rows.get(figure.name, ("", ""))[1]
        rows[figure.name] = figure.shown, meaning
    table = "\n".join(f"| `{name}` | {value} | {meaning} |" for name, (value, meaning) in rows.items())
    readme.write_text(f"{head}{BEGIN}\n{HEAD}\n{table}\n{END}{tail}", "utf-8")
