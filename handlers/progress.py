"""One message that tells how far a long work has come, and becomes its result."""

import asyncio

from bot.botapi import BotApiError, BotApiUnsure
from bot.domain.screen import Screen
from handlers.turn import Turn

SECONDS_BETWEEN = 3.0


class Progress:
    """The turn's own card, or a new message that becomes it. Never fails for the messenger's sake."""

    def __init__(self, turn: Turn) -> None:
        self._turn = turn
        self._told_at = -SECONDS_BETWEEN

    async def told(self, text: str) -> None:
        """Seldom enough for the messenger's patience; what comes too soon is left out."""
        clock = asyncio.get_running_loop().time()
        if clock - self._told_at < SECONDS_BETWEEN:
            return
        self._told_at = clock
        turn, screen = self._turn, Screen(text)
        try:
            if turn.card_id is None:
                turn.card_id = await turn.messenger.send(turn.chat_id, screen, thread_id=turn.thread_id)
            else:
                await turn.messenger.edit(turn.chat_id, turn.card_id, screen)
        except (BotApiError, BotApiUnsure):
            return
