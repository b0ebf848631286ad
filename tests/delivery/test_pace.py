"""Token buckets on a clock that a test turns."""

from bot.delivery.pace import PACED_PER_SECOND_AT_LEAST, ROOM_FOR_ANSWERS, Pace


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def sent_within(pace: Pace, clock: Clock, seconds: float, chats: list[int]) -> int:
    """How many paced messages go out, sending as early as the pace allows, round the chats."""
    end, sent, turn = clock.now + seconds, 0, 0
    while clock.now < end:
        if (pause := pace.overall_wait()) > 0:
            clock.now += pause
            continue
        for offset in range(len(chats)):
            chat = chats[(turn + offset) % len(chats)]
            if pace.wait(chat) == 0:
                pace.reserve(1)
                pace.take(chat, reserved=True)
                sent, turn = sent + 1, turn + offset + 1
                break
        else:
            clock.now += 0.01
    return sent


def test_25_a_second_in_all():
    clock = Clock()
    sent = sent_within(Pace(clock), clock, 10, list(range(1, 100)))
    assert 245 <= sent <= 255


def test_one_a_second_in_a_chat_after_a_small_burst():
    clock = Clock()
    assert 12 <= sent_within(Pace(clock), clock, 10, [1]) <= 13


def test_twenty_a_minute_in_a_group():
    clock = Clock()
    assert 20 <= sent_within(Pace(clock), clock, 60, [-100]) <= 23
    assert 19 <= sent_within(Pace(clock), clock, 60, [-200]) <= 23


def test_direct_answers_never_wait_but_count():
    clock = Clock()
    pace = Pace(clock)
    pace.reserve(int(PACED_PER_SECOND_AT_LEAST))
    for chat in range(1, 60):
        pace.take(chat)
    assert pace.overall_wait() > 0
    assert pace.overall_wait() <= (ROOM_FOR_ANSWERS + 1) / 25 + 0.001, "answers may delay the rest, not stop it"


def test_answers_without_end_do_not_starve_what_was_promised():
    clock = Clock()
    pace, sent = Pace(clock), 0
    for number in range(40 * 30):  # 40 direct answers a second: more than the messenger allows
        clock.now += 1 / 40
        pace.take(1000 + number)
        if pace.overall_wait() == 0 and pace.available():
            pace.reserve(1)
            sent += 1
    assert PACED_PER_SECOND_AT_LEAST * 29 <= sent <= PACED_PER_SECOND_AT_LEAST * 32


def test_freezing_one_chat_leaves_the_others():
    clock = Clock()
    pace = Pace(clock)
    pace.limited(1, 60)
    assert pace.wait(1) == 60
    assert pace.wait(2) == 0
    clock.now += 61
    assert pace.wait(1) == 0


def test_two_private_chats_limited_mean_everything_two_groups_do_not():
    clock = Clock()
    pace = Pace(clock)
    pace.limited(-1, 40)
    pace.limited(-2, 40)
    assert pace.wait(5) == 0
    pace.limited(1, 40)
    assert pace.wait(5) == 0
    pace.limited(1, 40)
    assert pace.wait(5) == 0
    pace.limited(2, 40)
    assert pace.wait(5) == 40


def test_what_was_not_sent_is_given_back():
    clock = Clock()
    pace = Pace(clock)
    before = pace.available()
    pace.reserve(2)
    pace.give_back()
    pace.give_back()
    assert pace.available() == before


def test_forgotten_chats_do_not_fill_the_memory():
    clock = Clock()
    pace = Pace(clock)
    for chat in range(1, 20_000):
        pace.take(chat)
        clock.now += 0.1
    assert len(pace._chats) < 6000
