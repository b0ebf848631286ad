"""What a feature listens to: taps by prefix, commands with their Russian words, awaited input."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from bot.domain.people import Role
from handlers.turn import Turn

TapHandler = Callable[[Turn, list[str]], Awaitable[None]]
CommandHandler = Callable[[Turn, str], Awaitable[None]]
# False: not what was awaited; whoever takes such things is asked, and it is still awaited.
InputHandler = Callable[[Turn, dict[str, object]], Awaitable[bool | None]]
Taker = Callable[[Turn], Awaitable[bool]]  # True: it was for this feature, nobody else is asked


@dataclass(frozen=True, slots=True)
class Command:
    """`name` is Latin for the menu; `words` are what people type instead. Only for `roles`, when given.

    `takes_rest`: «найти 5» is the command with the rest «5»; otherwise the words must be the whole message.
    `fits`: which rests are meant for it: «отчёт учителя лежал на столе» is no command.
    `breaks_in`: which rests are meant for it even while words are awaited, though never those to the hotline.
    `signed`: what is said goes out under their name, so not while they are writing to the hotline.
    `with_photo`: a photo that has it as a caption is kept as well; not where a photo would say who writes to the hotline.
    """

    name: str
    handle: CommandHandler
    words: tuple[str, ...] = ()
    takes_rest: bool = False
    roles: frozenset[Role] | None = None
    fits: Callable[[str], bool] | None = None
    breaks_in: Callable[[str], bool] | None = None
    signed: bool = False
    with_photo: bool = True


@dataclass(slots=True)
class Feature:
    """One entry in the bot's table of contents. Prefixes and states are unique over all features."""

    name: str
    taps: dict[str, TapHandler] = field(default_factory=dict)
    commands: list[Command] = field(default_factory=list)
    inputs: dict[str, InputHandler] = field(default_factory=dict)
    media: Taker | None = None  # photos and files out of nowhere
    brief: frozenset[str] = frozenset()  # those of `inputs` that ask for a code, a name, a time or «да», not for words
    unsigned: frozenset[str] = frozenset()  # those of `inputs` whose words go out without a name
    takes_files: frozenset[str] = frozenset()  # those of `inputs` that take photos and files themselves
    text: Taker | None = None  # text nobody waits for
    group_taps: dict[str, Taker] = field(default_factory=dict)  # of `taps`: whether this group is where it is answered
    group: Taker | None = None  # messages in a staff group
    edited: Taker | None = None  # a message of theirs was changed
