"""I12: somebody with no role in the small town who presses other people's buttons."""

from dataclasses import dataclass, field

from tests.faults.actor import Actor

FORGED = (
    *("a:{}:{}:no", "rr:{}:{}:no:mistake", "rx:{}", "ra:{}:0", "u:{}", "pw:{}:{}:other"),  # an observer's
    *("ima:1", "uo:1", "ex:d:20260422"),  # a coordinator's
)


@dataclass
class Stranger(Actor):
    """Forges buttons of observers, coordinators and operators. Nothing may come of it, so nothing is expected."""

    reports: list[int] = field(default_factory=list)
    items: tuple[str, ...] = ()

    def act(self) -> bool:
        data = self.random.choice(FORGED).format(self.random.choice(self.reports), self.random.choice(self.items))
        self._taps(self.card["message_id"], data, "forged")
        return True
