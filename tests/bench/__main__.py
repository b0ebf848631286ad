"""`python -m tests.bench [NAME …]`: run the measurements, each in a process of its own, and put the figures into README.md."""

import ast
import asyncio
import importlib
import inspect
import subprocess
import sys
from pathlib import Path

from tests.figures import Figure, figures_in, record

HERE = Path(__file__).parent


def scripts() -> dict[str, dict[str, str]]:
    """Name → meanings of the figures, of every file that defines a `main` without arguments."""
    found = {}
    for path in sorted(HERE.glob("*.py")):
        if path.stem.startswith("__"):
            continue
        tree = ast.parse(path.read_text("utf-8"))
        if any(_is_main(node) for node in tree.body):
            found[path.stem] = _meanings(tree)
    return found


def _is_main(node: ast.stmt) -> bool:
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name == "main" and not node.args.args


def _meanings(tree: ast.Module) -> dict[str, str]:
    for node in tree.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "FIGURES":
            meanings: dict[str, str] = ast.literal_eval(node.value)
            return meanings
    return {}


def run_one(name: str) -> None:
    main = importlib.import_module(f"tests.bench.{name}").main
    if inspect.iscoroutinefunction(main):
        asyncio.run(main())
    else:
        main()


def run_all(wanted: list[str]) -> int:
    known = scripts()
    figures: list[Figure] = []
    meanings: dict[str, str] = {}
    failed = [name for name in wanted if name not in known]
    for name in wanted or known:
        if name in failed:
            continue
        print(f"# {name}", flush=True)
        measured = subprocess.run(
            [sys.executable, "-m", "tests.bench", "--alone", name], stdout=subprocess.PIPE, text=True
        )
        print(measured.stdout, end="", flush=True)
        if measured.returncode:
            failed.append(name)
            continue
        figures += figures_in(measured.stdout)
        meanings |= known[name]
    record(figures, meanings)
    if failed:
        print(f"failed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--alone"]:
        run_one(sys.argv[2])
    else:
        sys.exit(run_all(sys.argv[1:]))
