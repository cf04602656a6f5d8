"""The outbox as workers see it: deliveries are claimed, and attempts at them end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from kirin_video.domain.callback import DeliveryEvent, DeliveryState, Problem
from kirin_video.store.database import Connection, Database


@dataclass(frozen=True, slots=True)
class ClaimedRow:
    """A delivery that a worker may try now.

    Attributes:
        id: the delivery.
        claim: the number of this claim; only the newest may end the attempt.
        account_id: whose it is.
        receiver_id: its receiver.
        task_id: its task; None for a test.
        event: what it tells.
        progress: how far the task was then, 0.0 to 1.0.
        url: where it goes.
        base_url: where links in it lead.
        body: what is sent, if that was written down before.
        tries: attempts that have failed since it was made or last resent.
        is_failing: whether its receiver's newest attempt failed.
        claimed_at: now, by the database's clock; aware.
    """

    id: str
    claim: int
    account_id: str
    receiver_id: str
    task_id: str | None
    event: DeliveryEvent
    progress: float
    url: str
    base_url: str
    body: str | None
    tries: int
    is_failing: bool
    claimed_at: datetime


@dataclass(frozen=True, slots=True)
class EndedAttempt:
    """What came of an attempt.

    Attributes:
        state: what the delivery is now.
        delay: until the next attempt; None if there is none.
        started_at: when the attempt began; aware.
        duration_ms: how long it took.
        status: the HTTP status of the answer, if there was one.
        problem: why it failed, where the status does not say it.
        answer: the beginning of the answer.
    """

    state: DeliveryState
    delay: timedelta | None
    started_at: datetime
    duration_ms: int
    status: int | None
    problem: Problem | None
    answer: str


@dataclass(frozen=True, slots=True)
class Room:
    """What a worker can take on.

    Attributes:
        healthy: deliveries to receivers that work.
        failing: deliveries to receivers whose newest attempt failed.
        per_receiver: deliveries to one receiver that works, those that it has already included.
        per_account: deliveries of one account in each of the two shares, likewise.
        running: what each receiver has already, in this worker.
        running_of_accounts: what each account has already, by whether its receiver fails.
    """

    healthy: int
    failing: int
    per_receiver: int
    per_account: int
    running: Mapping[str, int]
    running_of_accounts: Mapping[tuple[str, bool], int]


class OutboxRows:
    """Claims deliveries and ends attempts. Time is the database's, and whatever it is to be ahead of that.

    Args:
        database: where they are.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def claim(
        self, connection: Connection, room: Room, lease: timedelta, ahead: timedelta
    ) -> list[ClaimedRow]:
        """Claim deliveries that are due; each comes back when its lease lapses."""
        parameters = {
            "room": room.healthy,
            "room_for_failing": room.failing,
            "per_receiver": room.per_receiver,
            "busy": list(room.running),
            "running": list(room.running.values()),
            "per_account": room.per_account,
            "accounts": [account_id for account_id, _ in room.running_of_accounts],
            "accounts_failing": [is_failing for _, is_failing in room.running_of_accounts],
            "accounts_running": list(room.running_of_accounts.values()),
            "lease": lease,
            "ahead": ahead,
        }
        return [
            ClaimedRow(
                id=row["id"],
                claim=row["claim"],
                account_id=row["account_id"],
                receiver_id=row["receiver_id"],
                task_id=row["task_id"],
                event=DeliveryEvent(row["event"]),
                progress=row["progress"],
                url=row["url"],
                base_url=row["base_url"] or "",
                body=row["body"],
                tries=row["tries"],
                is_failing=row["failing"],
                claimed_at=row["claimed_at"],
            )
            for row in await self._database.rows(connection, "claim_deliveries", parameters)
        ]

    async def fix_bodies(self, connection: Connection, bodies: Mapping[str, str]) -> None:
        """Write down what claimed deliveries send, each under its id."""
        parameters = {"ids": list(bodies), "bodies": list(bodies.values())}
        await self._database.run(connection, "fix_bodies", parameters)

    async def let_go(
        self, connection: Connection, claims: Sequence[tuple[str, int]], ahead: timedelta
    ) -> None:
        """Give claimed deliveries back at once, each by its id and claim."""
        parameters = {
            "ids": [identity for identity, _ in claims],
            "claims": [claim for _, claim in claims],
            "ahead": ahead,
        }
        await self._database.run(connection, "let_go_deliveries", parameters)

    async def end(
        self, connection: Connection, identity: str, claim: int, ended: EndedAttempt, ahead: timedelta
    ) -> bool:
        """Note an attempt and what becomes of its delivery; whether the claim was still the newest."""
        parameters = {
            "id": identity,
            "claim": claim,
            "state": ended.state,
            "delay": ended.delay,
            "started_at": ended.started_at,
            "duration_ms": ended.duration_ms,
            "status": ended.status,
            "problem": ended.problem,
            "answer": ended.answer,
            "ahead": ahead,
        }
        return await self._database.row(connection, "end_attempt", parameters) is not None

    async def receiver_succeeded(self, connection: Connection, receiver_id: str) -> None:
        """Forget a receiver's failures."""
        await self._database.run(connection, "receiver_succeeded", {"receiver_id": receiver_id})

    async def receiver_failed(
        self,
        connection: Connection,
        receiver_id: str,
        *,
        disabled_after: timedelta,
        forgotten_after: timedelta,
        ahead: timedelta,
    ) -> tuple[str, datetime] | None:
        """Note a receiver's failure.

        Returns:
            Its origin and since when it fails, if this failure was one too many and it is disabled now.
        """
        noted = {"receiver_id": receiver_id, "forgotten_after": forgotten_after, "ahead": ahead}
        await self._database.run(connection, "receiver_failed", noted)
        judged = {"receiver_id": receiver_id, "disabled_after": disabled_after, "ahead": ahead}
        row = await self._database.row(connection, "disable_receiver", judged)
        return None if row is None else (row["origin"], row["failing_since"])

    async def stop(self, connection: Connection, task_id: str, ahead: timedelta) -> None:
        """End a task's callback, as its receiver wishes."""
        await self._database.run(connection, "stop_callback", {"task_id": task_id, "ahead": ahead})
