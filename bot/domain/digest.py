"""The digest of a day or a week: who gets it, and what one receiver has chosen."""

from dataclasses import dataclass
from datetime import time

from bot.domain.people import Role

DIGEST_ROLES = (Role.COORDINATOR, Role.HEAD, Role.REGIONAL)


@dataclass(frozen=True, slots=True)
class Choice:
    """As one receiver sees it; `at` is local time, `may_change`: the hour and the group."""

    at: time
    wanted: bool
    has_group: bool
    may_change: bool
