"""Where callbacks go: it trusts no signature that it has not checked, and is itself not to be relied on."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from receiver import Received, Receiver, receiver
from standardwebhooks.webhooks import Webhook

_MOODS = {200: 60, 204: 10, 500: 12, 503: 8, 429: 4, 302: 3}
_HANGS = 0.02


@dataclass(frozen=True)
class Arrival:
    """One delivery, as it arrived.

    Attributes:
        id: its `webhook-id`.
        account: whose path it came to.
        body: its bytes.
        task: the task in it.
        answered: the status that it was answered with; 0 for none.
    """

    id: str
    account: str
    body: bytes
    task: Mapping[str, Any]
    answered: int


@dataclass
class Inbox:
    """Keeps what arrives, and answers as its mood is.

    Attributes:
        receiver: who listens.
        secrets: what each account's callbacks are signed with.
        dice: for its moods.
        is_calm: whether it answers everything well from now on.
        arrivals: by task.
        forged: what was wrong with deliveries that cannot be trusted.
    """

    receiver: Receiver
    dice: random.Random
    secrets: dict[str, str] = field(default_factory=dict[str, str])
    is_calm: bool = False
    arrivals: dict[str, list[Arrival]] = field(default_factory=lambda: defaultdict(list))
    forged: list[str] = field(default_factory=list[str])

    def hear(self, received: Received) -> None:
        """Check a delivery, and decide what to answer."""
        account = received.path.strip("/").split("/")[0]
        try:
            Webhook(self.secrets[account]).verify(received.body, received.headers)
        except Exception as error:  # noqa: BLE001 - whatever is wrong with it
            self.forged.append(f"a callback to {received.path} is not to be trusted: {error!r}")
            return
        self.receiver.hangs = not self.is_calm and self.dice.random() < _HANGS
        moods = {200: 1} if self.is_calm else _MOODS
        [self.receiver.status] = self.dice.choices(list(moods), weights=list(moods.values()))
        answered = 0 if self.receiver.hangs else self.receiver.status
        arrival = Arrival(received.id, account, received.body, received.task, answered)
        self.arrivals[arrival.task["id"]].append(arrival)


@asynccontextmanager
async def inbox(dice: random.Random) -> AsyncIterator[Inbox]:
    """An inbox until the block ends."""
    async with receiver() as listening:
        made = Inbox(listening, dice)
        listening.hears = made.hear
        yield made
