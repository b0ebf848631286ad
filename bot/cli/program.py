"""All commands of `python -m bot`, and nothing slow at import: each brings its own machinery when it is called.

Exit codes: 0 well, 1 the command could not do it (what to do is printed), 2 wrong settings or a wrong call.
"""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from typer.exceptions import Abort, Exit, TyperException

from bot.cli.russian import RussianCommand, RussianGroup
from bot.texts import cli as words
from bot.texts import cli_keys as key_words

EnvFile = Annotated[Path, typer.Option("--env", metavar=words.METAVAR["file"], help=words.OPTION["env"])]
ENV = Path(".env")
SCREENS = Path("screens.html")
CUSTODIAN = Path("custodian.key")

app = typer.Typer(
    cls=RussianGroup,
    help=words.PROGRAM,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 110},
)


@app.command(cls=RussianCommand, help=words.HELP["run"])
def run(env: EnvFile = ENV) -> None:
    from bot.cli.running import run_bot

    raise Exit(run_bot(env))


@app.command(cls=RussianCommand, help=words.HELP["demo"])
def demo(
    port: Annotated[int, typer.Option(min=0, max=65535, metavar=words.METAVAR["port"], help=words.OPTION["port"])] = 0,
) -> None:
    from bot.cli.running import run_demo

    raise Exit(run_demo(port))


@app.command(cls=RussianCommand, help=words.HELP["screens"])
def screens(
    to: Annotated[Path, typer.Option("--to", metavar=words.METAVAR["file"], help=words.OPTION["page"])] = SCREENS,
) -> None:
    from bot.cli.running import run_gallery

    raise Exit(run_gallery(to))


@app.command(cls=RussianCommand, help=words.HELP["coordinator"])
def coordinator(env: EnvFile = ENV) -> None:
    from bot.cli.inviting import invite_coordinator

    raise Exit(invite_coordinator(env))


@app.command(cls=RussianCommand, help=words.HELP["init"])
def init(env: EnvFile = ENV) -> None:
    from bot.cli.first_settings import ask_and_write

    raise Exit(ask_and_write(env))


@app.command(cls=RussianCommand, help=words.HELP["doctor"])
def doctor(env: EnvFile = ENV) -> None:
    from bot.cli.doctor import examine

    raise Exit(examine(env))


class Table(StrEnum):
    SCHOOLS = "schools"
    SCHEDULE = "schedule"
    OBSERVERS = "observers"


@app.command("import", cls=RussianCommand, help=words.HELP["import"])
def import_(
    kind: Annotated[Table, typer.Argument(metavar=words.METAVAR["kind"], help=words.OPTION["kind"])],
    file: Annotated[
        Path,
        typer.Argument(metavar=words.METAVAR["file"], exists=True, dir_okay=False, help=words.OPTION["table"]),
    ],
    apply: Annotated[bool, typer.Option("--apply", help=words.OPTION["apply"])] = False,
    marked: Annotated[
        Path | None, typer.Option("--marked", metavar=words.METAVAR["file"], help=words.OPTION["marked"])
    ] = None,
    env: EnvFile = ENV,
) -> None:
    from bot.cli.importing import import_file

    raise Exit(import_file(env, kind.value, file, apply, marked))


@app.command(cls=RussianCommand, help=words.HELP["export"])
def export(
    days: Annotated[str, typer.Argument(metavar=words.METAVAR["days"], help=words.OPTION["days"])] = words.TODAY,
    to: Annotated[Path | None, typer.Option("--to", metavar=words.METAVAR["file"], help=words.OPTION["to"])] = None,
    env: EnvFile = ENV,
) -> None:
    from bot.cli.exporting import export_workbook

    raise Exit(export_workbook(env, days, to))


@app.command(cls=RussianCommand, help=words.HELP["load"])
def load(
    kind: Annotated[Table, typer.Argument(metavar=words.METAVAR["kind"], help=words.OPTION["kind"])],
    files: Annotated[
        list[Path],
        typer.Argument(metavar=words.METAVAR["file"], exists=True, dir_okay=False, help=words.OPTION["files"]),
    ],
    env: EnvFile = ENV,
) -> None:
    from bot.cli.loading import load_files

    raise Exit(load_files(env, kind.value, files))


@app.command(cls=RussianCommand, help=words.HELP["draw"])
def draw(
    file: Annotated[
        Path, typer.Argument(metavar=words.METAVAR["file"], exists=True, dir_okay=False, help=words.OPTION["draw"])
    ],
) -> None:
    from bot.cli.drawing import repeat_draw

    raise Exit(repeat_draw(file))


@app.command(cls=RussianCommand, help=words.HELP["backup"])
def backup(env: EnvFile = ENV) -> None:
    from bot.cli.backing_up import make_copies

    raise Exit(make_copies(env))


@app.command(cls=RussianCommand, help=words.HELP["restore"])
def restore(
    copy: Annotated[
        Path | None,
        typer.Argument(metavar=words.METAVAR["file"], exists=True, dir_okay=False, help=words.OPTION["copy"]),
    ] = None,
    env: EnvFile = ENV,
) -> None:
    from bot.cli.backing_up import list_copies, put_back

    raise Exit(list_copies(env) if copy is None else put_back(env, copy))


class KeyWork(StrEnum):
    LIST = "list"
    ROTATE = "rotate"
    CUSTODIAN = "custodian"
    OPEN = "open"


@app.command(cls=RussianCommand, help=words.HELP["keys"])
def keys(
    action: Annotated[KeyWork, typer.Argument(metavar=words.METAVAR["kind"], help=key_words.ACTION)],
    key: Annotated[Path, typer.Option("--key", metavar=words.METAVAR["file"], help=key_words.FILE)] = CUSTODIAN,
    env: EnvFile = ENV,
) -> None:
    from bot.cli import keys as work

    match action:
        case KeyWork.LIST:
            raise Exit(work.list_keys(env))
        case KeyWork.ROTATE:
            raise Exit(work.rotate_keys(env))
        case KeyWork.CUSTODIAN:
            raise Exit(work.make_custodian(key))
        case KeyWork.OPEN:
            raise Exit(work.open_contact(key))


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit code. No traceback for anything a person can put right."""
    given = sys.argv[1:] if arguments is None else arguments
    try:
        code = app(given or ["--help"], prog_name="python -m bot", standalone_mode=False)
    except TyperException as error:
        print(words.in_russian(error.format_message()), file=sys.stderr)
        if error.exit_code == 2:
            print(words.SEE_HELP, file=sys.stderr)
        return error.exit_code
    except Exit as end:
        return end.exit_code
    except (Abort, KeyboardInterrupt):
        print(words.STOPPED, file=sys.stderr)
        return 130
    return int(code or 0)
