import math
from collections.abc import Callable
from typing import Any, cast

from kirin_video.domain.change import Change
from kirin_video.domain.task import TaskStatus
from kirin_video.services.known_answers import TRUSTED_S, KnownAnswer, KnownAnswers


class Feed:
    """A feed that tells what the test says."""

    def __init__(self) -> None:
        self.is_open = False

    def follow(self, on_change: Callable[[Change], None], on_gap: Callable[[], None]) -> None:
        self.tell, self.gap = on_change, on_gap

    def open(self) -> None:
        self.is_open = True


class Pulse:
    """A pulse that is heard when the test says."""

    as_of_s = -math.inf
    beats = 0
    heard_later = False

    def beat(self, _now_s: float) -> None:
        self.beats += 1

    async def heard(self, since_s: float) -> bool:
        if self.heard_later:
            self.as_of_s = since_s
        return self.heard_later

    def distrust(self) -> None:
        self.as_of_s = -math.inf


class Known:
    """Answers, and what they depend on."""

    def __init__(self) -> None:
        self.now_s = 100.0
        self.feed, self.pulse = Feed(), Pulse()
        self.answers = KnownAnswers(cast("Any", self.feed), cast("Any", self.pulse), lambda: self.now_s)
        self.feed.gap()
        self.pulse.as_of_s = self.now_s

    def keep(self, task_id: str, *names: str, since: int | None = None) -> None:
        reading = self.answers.reading() if since is None else since
        for name in names:
            self.answers.keep(reading, task_id, "acme", name, KnownAnswer(task_id.encode()))

    async def found(self, name: str, account_id: str = "acme") -> bytes | None:
        answer = await self.answers.find(account_id, name)
        return None if answer is None else answer.body

    def change(self, task_id: str) -> None:
        self.feed.tell(Change(task_id, 2, TaskStatus.IN_PROGRESS, 0.5))


async def test_an_answer_is_known_to_its_account_until_its_task_changes() -> None:
    known = Known()
    known.keep("t1", "t1", "mine")
    known.keep("t2", "t2")
    assert [await known.found(name) for name in ("t1", "mine", "t2", "t3")] == [b"t1", b"t1", b"t2", None]
    assert await known.found("t1", "another") is None
    known.change("t1")
    assert [await known.found(name) for name in ("t1", "mine", "t2")] == [None, None, b"t2"]
    known.answers.forget("t2")
    assert await known.found("t2") is None


async def test_what_changed_while_it_was_read_is_not_kept() -> None:
    known = Known()
    reading = known.answers.reading()
    known.change("t1")
    known.keep("t1", "t1", since=reading)
    known.keep("t2", "t2", since=reading)
    assert (await known.found("t1"), await known.found("t2")) == (None, b"t2")
    known.keep("t1", "t1")
    assert await known.found("t1") == b"t1"


async def test_nothing_is_known_of_a_time_when_nobody_heard() -> None:
    known = Known()
    known.keep("t1", "t1")
    reading = known.answers.reading()
    known.feed.gap()
    known.keep("t2", "t2", since=reading)
    assert known.pulse.as_of_s == -math.inf
    known.pulse.as_of_s = known.now_s
    assert (await known.found("t1"), await known.found("t2")) == (None, None)


async def test_nothing_is_known_when_hearing_may_be_too_far_behind() -> None:
    known = Known()
    known.keep("t1", "t1")
    known.now_s += TRUSTED_S * 0.99
    assert await known.found("t1") == b"t1"
    known.now_s += TRUSTED_S * 0.02
    assert await known.found("t1") is None
    known.pulse.as_of_s = known.now_s
    assert await known.found("t1") == b"t1"


async def test_on_a_busy_server_a_poll_waits_to_hear_what_it_must() -> None:
    known = Known()
    known.keep("t1", "t1")
    known.now_s += 10
    assert await known.found("t1") is None  # nobody else polls: not worth waiting for
    known.now_s += 0.001
    assert await known.found("t1") is None  # nothing comes
    known.pulse.heard_later = True
    assert await known.found("t1") == b"t1"
    assert known.pulse.as_of_s == known.now_s - TRUSTED_S


async def test_those_who_poll_seldom_cost_no_hearing() -> None:
    known = Known()
    for _ in range(5):
        known.now_s += 0.5
        await known.found("t1")
    assert (known.feed.is_open, known.pulse.beats) == (False, 0)
    known.now_s += 0.001
    await known.found("t1")
    assert (known.feed.is_open, known.pulse.beats) == (True, 1)


async def test_memory_is_bounded() -> None:
    known = Known()
    for number in range(10_050):
        known.keep(f"t{number}", f"t{number}")
    assert (await known.found("t49"), await known.found("t50")) == (None, b"t50")
    reading = known.answers.reading()
    for number in range(10_050):
        known.change(f"other{number}")
    known.keep("t1", "t1", since=reading)  # its change might be among those that are not remembered
    assert await known.found("t1") is None
