"""`python -m bot.sandbox --port 8081`: the sandbox as its own process, ready when it prints its address."""

from __future__ import annotations

import argparse
import asyncio
import gc
import signal
import sys
from collections.abc import Callable

from bot.sandbox.server import Sandbox


async def serve(port: int, strict_pace: bool) -> None:
    """Until SIGTERM or SIGINT."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stopped.set)
    async with Sandbox.start(port, strict_pace=strict_pace) as sandbox:
        sys.stdout.write(f"ready {sandbox.root} {sandbox.token}\n")
        sys.stdout.flush()
        await stopped.wait()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bot.sandbox", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes a free port")
    parser.add_argument("--strict-pace", action="store_true", help="answer 429 as Telegram does")
    arguments = parser.parse_args()
    gc.set_threshold(
        100_000, 50, 100
    )  # a growing history is no garbage: looking through it again and again costs a fifth
    with asyncio.Runner(loop_factory=_fast_loop()) as runner:
        runner.run(serve(arguments.port, arguments.strict_pace))


def _fast_loop() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """uvloop where it exists: a load test should measure the bot, not the sandbox."""
    try:
        import uvloop
    except ImportError:
        return None
    return uvloop.new_event_loop


if __name__ == "__main__":
    main()
