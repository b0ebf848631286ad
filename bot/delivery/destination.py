"""Where a message goes: a chat, and in a forum the topic."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Destination:
    """`lost` is called when the topic is gone or closed, before the message is tried again."""

    chat_id: int
    thread_id: int | None = None
    lost: Callable[[], Awaitable[None]] | None = None
