"""Units that write two halves of a pair: a whole pair or none, anything else is a broken unit."""

from storage.database import Database


class Deliberate(Exception):
    """Thrown by a unit of a test."""


async def pairs(database: Database) -> dict[int, int]:
    async with database.read() as reader:
        return {row[0]: row[1] for row in await reader.fetch_all("SELECT pair, COUNT(*) FROM half GROUP BY pair")}


async def write_pair(database: Database, pair: int, fail_at: int = 0) -> None:
    async with database.transaction() as tx:
        for side in (1, 2):
            if side == fail_at:
                raise Deliberate
            await tx.execute("INSERT INTO half (pair, side) VALUES (:pair, :side)", pair=pair, side=side)
        if fail_at == 3:
            raise Deliberate
