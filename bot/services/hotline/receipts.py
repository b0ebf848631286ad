"""The slow hash of a receipt: one at a time, off the event loop."""

import asyncio

from argon2.low_level import Type, hash_secret_raw

from bot.sealing import Keys

# 64 MiB, 3 passes: about a tenth of a second for us, years for whoever tries 10^15 codes without the server's salt.
MEMORY_KIB = 64 * 1024
PASSES = 3


class Receipts:
    """The salt is derived from the installation's secret, so a code can be looked up and a stolen table cannot be tried."""

    def __init__(self, keys: Keys) -> None:
        self._salt = keys.derive("hotline-receipt")[:16]
        self._one_at_a_time = asyncio.Semaphore(1)

    async def hash(self, code: str) -> str:
        async with self._one_at_a_time:
            raw = await asyncio.to_thread(
                hash_secret_raw, code.encode(), self._salt, PASSES, MEMORY_KIB, 1, 32, Type.ID
            )
        return raw.hex()
