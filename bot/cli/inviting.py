"""`coordinator`: a one-time code on the server's console, for a coordinator whom nobody in the chat let in."""

from pathlib import Path

from bot.cli.opening import opened, utc_now
from bot.cli.reading import read_settings
from bot.cli.running import run_loop
from bot.domain.people import MUNICIPALITY_ID
from bot.texts import cli as words


def invite_coordinator(env: Path) -> int:
    settings = read_settings(env)

    async def work() -> None:
        async with opened(settings) as (_, services):
            invitation = await services.enrolment.coordinator_from_console(MUNICIPALITY_ID, utc_now())
        print(words.further_coordinator(invitation.code, invitation.expires_at, settings.zone))

    return run_loop(work())
