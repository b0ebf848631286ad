"""Who lives in the demo, on the side of the messenger: phones on the page and the staff group."""

from dataclasses import dataclass

from bot.domain.people import Account
from bot.sandbox import Sandbox
from bot.sandbox.chats import Chat, Person
from bot.texts import demo as words
from bot.texts.demo import Resident

PLATFORM = "tg"


@dataclass(frozen=True, slots=True)
class Town:
    """Phones by the key of their resident, and the operators' group."""

    phones: dict[str, Person]
    group: Chat

    def account(self, resident: Resident) -> Account:
        phone = self.phones[resident.key]
        return Account(PLATFORM, phone.id, phone.id)


def inhabit(sandbox: Sandbox) -> Town:
    """Put the residents and the group into the sandbox; everybody has met the bot before."""
    phones = {
        resident.key: sandbox.world.add_person(resident.name, label=resident.label, started=True)
        for resident in words.RESIDENTS
    }
    group = sandbox.world.add_group(words.GROUP, forum=True, members=[phones["operator"], phones["coordinator"]])
    sandbox.world.guide = list(words.GUIDE)
    return Town(phones, group)
