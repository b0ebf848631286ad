"""`requirements.lock` is what pyproject.toml asks for: every dependency pinned, hashed, and without an address."""

import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PINNED = re.compile(r"^([\w.-]+)==(\S+)(?: ; (.+?))? \\$")


def locked() -> dict[str, str]:
    """Name → version of every line that pins something."""
    lines = (ROOT / "requirements.lock").read_text("utf-8").splitlines()
    return {canonicalize_name(match[1]): match[2] for line in lines if (match := PINNED.match(line))}


def wanted() -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    return [Requirement(line) for line in project["project"]["dependencies"] + project["dependency-groups"]["dev"]]


def test_every_dependency_is_pinned_to_a_version_that_fits():
    pins = locked()
    unfit = [str(each) for each in wanted() if not each.specifier.contains(pins.get(canonicalize_name(each.name), "0"))]
    assert unfit == []


def test_every_pin_has_hashes():
    text = (ROOT / "requirements.lock").read_text("utf-8")
    without = [block.split()[0] for block in re.split(r"\n(?=\S)", text) if "--hash=sha256:" not in block]
    assert without == []


def test_no_address_is_in_it():
    assert re.findall(r"https?://\S+|--\w*index\S*|@ file\S*", (ROOT / "requirements.lock").read_text("utf-8")) == []
