"""One bot a database: the second one says so in plain words and touches nothing."""

from pathlib import Path

import pytest

from bot.app import App
from bot.sandbox import Sandbox
from storage.errors import AnotherInstanceRuns
from tests.running import bot_at, settings_for


async def test_second_instance_is_refused_while_the_first_runs(tmp_path: Path) -> None:
    async with Sandbox.start() as sandbox:
        async with bot_at(sandbox, tmp_path):
            with pytest.raises(AnotherInstanceRuns):
                async with App.start(settings_for(sandbox, tmp_path)):
                    pass
        async with bot_at(sandbox, tmp_path) as again:
            assert again.app.lease.epoch == 2


async def test_bot_ends_when_another_took_the_lease(tmp_path: Path) -> None:
    async with Sandbox.start() as sandbox, App.start(settings_for(sandbox, tmp_path), poll_seconds=1) as app:
        async with app.database.transaction() as tx:
            await tx.execute("UPDATE instance SET epoch = epoch + 1, owner = 'elsewhere 1 1'")
        with pytest.raises(AnotherInstanceRuns):
            await app.run()
