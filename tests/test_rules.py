"""The rules of the house that a machine can check; layers and lint have their own tools in `make lint`."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CODE = ("bot", "handlers", "storage")
RUSSIAN_LIVES_IN = ("bot/texts/", "bot/checklists/", "bot/sandbox/page/")
BELOW_THE_EDGES = (
    "bot/domain/",
    "bot/services/",
    "bot/screens/",
    "bot/texts/",
    "bot/excel/",
    "bot/pictures/",
    "storage/",
)
BANNED_NAMES = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "misc", "base"}
MOST_LINES = 320  # about 250, and some air
RUSSIAN_WORD = re.compile("[а-яё]{2,}", re.IGNORECASE)
LETTER_CLASS = re.compile(r"\[[^\]]*\]")  # of a regular expression: an alphabet, no words
# Put together from halves, so that this file does not name what no file may name.
INDEX_HOSTS = ["pypi" + ".org", "python" + "hosted.org", "index" + "-url =", "extra-" + "index-url"]
MACHINE_PATH = re.compile(r"(?<![\w.$}])/(?:" + "|".join(["work", "root", "home", "Users"]) + r")/\w")
PROSE = {".py", ".md", ".toml", ".sh", ".yml", ".yaml", ".js", ".css", ".html", ".sql", ".txt", ".lock", ".example", ""}


def modules(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), str(path))


def literals(tree: ast.Module) -> Iterator[ast.Constant]:
    """String constants that are not docstrings."""
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node


def calls(tree: ast.Module) -> Iterator[tuple[ast.Call, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield node, ast.unparse(node.func)


def test_words_for_people_live_in_their_rooms():
    found = [
        f"{name_of(path)}:{literal.lineno}: {str(literal.value)[:40]!r}"
        for path in modules(*CODE)
        if not name_of(path).startswith(RUSSIAN_LIVES_IN)
        for literal in literals(tree_of(path))
        if RUSSIAN_WORD.search(LETTER_CLASS.sub("", str(literal.value)))
    ]
    assert found == []


def test_no_instant_is_naive():
    found = []
    for path in modules(*CODE, "tests"):
        for call, name in calls(tree_of(path)):
            arguments = [*call.args, *(keyword for keyword in call.keywords if keyword.arg in ("tz", "tzinfo"))]
            naive = (
                name.endswith(("datetime.utcnow", "datetime.utcfromtimestamp", "date.today", "datetime.today"))
                or (name in ("datetime.now", "datetime.datetime.now") and not arguments)
                or (name.endswith("datetime.fromtimestamp") and len(arguments) < 2)
            )
            if naive:
                found.append(f"{name_of(path)}:{call.lineno}: {name}()")
    assert found == []


def test_now_is_an_argument_below_the_edges():
    found = [
        f"{name_of(path)}:{call.lineno}: {name}()"
        for path in modules("bot", "storage")
        if name_of(path).startswith(BELOW_THE_EDGES)
        for call, name in calls(tree_of(path))
        if name.endswith(("datetime.now", "time.time"))
    ]
    assert found == []


def test_waiting_updates_are_never_dropped():
    """Rule IN5: the flag deletes what people sent while the bot was down."""
    pattern = re.compile(r"drop_pending_updates\"?\s*[=:]\s*True")
    assert [name_of(path) for path in modules(*CODE) if pattern.search(path.read_text("utf-8"))] == []


def test_migrations_run_statement_by_statement():
    """`executescript` commits in between, so a crash would leave half a schema."""
    found = [name_of(path) for path in modules(*CODE) for _, name in calls(tree_of(path)) if "executescript" in name]
    assert found == []


def test_modules_have_names_that_say_something():
    found = [name_of(path) for path in modules(*CODE, "tests") if {path.stem, path.parent.name} & BANNED_NAMES]
    assert found == []


def test_every_module_says_what_it_is_for():
    found = [
        name_of(path)
        for path in modules(*CODE, "tests")
        if path.stat().st_size and not (ast.get_docstring(tree_of(path)) or "").strip()
    ]
    assert found == []


def test_files_stay_small():
    found = [
        f"{name_of(path)}: {lines} lines"
        for path in modules(*CODE, "tests")
        if not name_of(path).startswith(RUSSIAN_LIVES_IN)
        if (lines := path.read_text("utf-8").count("\n")) > MOST_LINES
    ]
    assert found == []


def test_tests_replace_nothing_and_skip_nothing():
    banned = (
        "mock.patch",
        "monkeypatch.setattr",
        "pytest.skip",
        "pytest.mark.skip",
        "pytest.mark.xfail",
        "pytest.importorskip",
    )
    found = []
    for path in modules("tests"):
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Attribute) and (name := ast.unparse(node)).startswith(banned):
                found.append(f"{name_of(path)}:{node.lineno}: {name}")
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("unittest"):
                found.append(f"{name_of(path)}:{node.lineno}: unittest")
    assert found == []


def test_nothing_is_left_for_later():
    marker = re.compile(r"\b(" + "|".join(["TO" + "DO", "FIX" + "ME", "X" + "XX"]) + r")\b")
    found = [
        f"{name_of(path)}:{number}"
        for path in modules(*CODE, "tests")
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if marker.search(line)
    ]
    assert found == []


def repository_files() -> list[Path]:
    folders = [*CODE, "tests", ".ci", "docs"]
    inside = [path for folder in folders for path in (ROOT / folder).rglob("*") if path.is_file()]
    files = [*inside, *(path for path in ROOT.iterdir() if path.is_file() and path.name not in (".env", ".git"))]
    return [path for path in files if path.suffix in PROSE and "__pycache__" not in path.parts]


@pytest.mark.parametrize(
    "pattern", [MACHINE_PATH, re.compile("|".join(map(re.escape, INDEX_HOSTS)))], ids=["path", "index"]
)
def test_no_file_knows_one_machine_or_one_index(pattern: re.Pattern[str]):
    found = [
        f"{name_of(path)}:{number}: {match[0]}"
        for path in repository_files()
        for number, line in enumerate(path.read_text("utf-8", errors="replace").splitlines(), 1)
        if (match := pattern.search(line))
    ]
    assert found == []
