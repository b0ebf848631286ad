"""`python -m tests.bench.clocked_bot MOMENT`: the bot an operator starts, on a clock that shows this moment when it starts."""

import asyncio
import logging
import sys
from datetime import datetime

from bot.app import App
from bot.settings import Settings
from tests.clock import RunningClock


async def serve(moment: datetime) -> None:
    logging.basicConfig(level=logging.ERROR)
    async with App.start(Settings(_env_file=None), clock=RunningClock(moment)) as app:
        asyncio.get_running_loop().add_signal_handler(15, app.stop)
        await app.run()


if __name__ == "__main__":
    asyncio.run(serve(datetime.fromisoformat(sys.argv[1])))
