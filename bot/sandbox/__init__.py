"""A local Telegram: the Bot API over real HTTP on the loopback, people to talk with, trouble on demand."""

from bot.sandbox.server import Sandbox

__all__ = ["Sandbox"]
