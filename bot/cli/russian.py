"""The command line library's own sentences in Russian."""

from typing import Any

from typer.core import TyperCommand, TyperGroup

from bot.texts import cli as words


class RussianCommand(TyperCommand):
    # `ctx` is the library's own context, which has no public name
    def get_help(self, ctx: Any) -> str:
        return words.in_russian(super().get_help(ctx))

    def get_usage(self, ctx: Any) -> str:
        return words.in_russian(super().get_usage(ctx))


class RussianGroup(TyperGroup):
    def get_help(self, ctx: Any) -> str:
        return words.in_russian(super().get_help(ctx))

    def get_usage(self, ctx: Any) -> str:
        return words.in_russian(super().get_usage(ctx))
