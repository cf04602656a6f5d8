"""Deliver callbacks: claim what is due, try it, note how it went."""

from __future__ import annotations

import json
import logging
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Final

from kirin_video.domain.callback import DeliveryState, Problem, task_at
from kirin_video.domain.callback_schedule import (
    DISABLED_AFTER,
    FORGOTTEN_AFTER,
    is_redirect,
    is_success,
    retry_after_s,
    retry_delay_s,
)
from kirin_video.domain.callback_signature import signed_headers
from kirin_video.domain.wire import WireModel
from kirin_video.media.post import Posted, SafePoster, Unreachable
from kirin_video.services.callback_secrets import Ahead, CallbackSecrets, no_time_ahead
from kirin_video.services.results import LinkResult
from kirin_video.services.task_resource import task_resource
from kirin_video.store.database import Connection, Database
from kirin_video.store.outbox_rows import ClaimedRow, EndedAttempt, OutboxRows, Room
from kirin_video.store.task_rows import TaskRows

LEASE: Final = timedelta(seconds=60)
"""What a worker has claimed and not ended by then is anybody's again; an attempt takes much less."""

_HEADERS: Final = {"content-type": "application/json", "user-agent": "kirin-video"}
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Letter:
    """A delivery that is ready to be tried.

    Attributes:
        claim: the delivery, as it was claimed.
        body: what is sent; None if it cannot be made.
        secrets: what it is signed with.
    """

    claim: ClaimedRow
    body: bytes | None
    secrets: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Tried:
    """How an attempt went.

    Attributes:
        started_at: when it began; aware.
        duration_ms: how long it took.
        posted: the answer, if there was one.
        problem: why it failed, where the answer's status does not say it.
    """

    started_at: datetime
    duration_ms: int
    posted: Posted | None
    problem: Problem | None

    @property
    def status(self) -> int | None:
        """The HTTP status of the answer, if there was one."""
        return None if self.posted is None else self.posted.status

    @property
    def arrived(self) -> bool:
        """Whether the receiver has it."""
        return is_success(self.status)


def encode_body(resource: WireModel) -> str:
    """A resource as polling answers it, to the byte."""
    shown = resource.model_dump(mode="json", exclude_none=True)
    return json.dumps(shown, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


@dataclass(frozen=True)
class ClaimDeliveries:
    """Claims deliveries that are due, and writes down what each will send before it is first tried.

    Attributes:
        database: where they are.
        outbox: their rows.
        tasks: the rows of tasks.
        secrets: what they are signed with.
        link_result: links that live for as long as attempts may go on, and a while longer.
        public_url: where callers reach the server; None for where each task's own caller did.
        ahead: how far time is ahead.
    """

    database: Database
    outbox: OutboxRows
    tasks: TaskRows
    secrets: CallbackSecrets
    link_result: LinkResult
    public_url: str | None
    ahead: Ahead = no_time_ahead

    async def __call__(self, room: Room) -> list[Letter]:
        """Claim as much as there is room for.

        Raises:
            Overloaded: the database cannot be reached. What was claimed comes back when its lease lapses.
        """
        async with self.database.transaction() as connection:
            claims = await self.outbox.claim(connection, room, LEASE, self.ahead())
            if not claims:
                return []
            made = await self._make_bodies(connection, [claim for claim in claims if claim.body is None])
            if made:
                await self.outbox.fix_bodies(connection, made)
            secrets = await self.secrets.good(connection, [claim.account_id for claim in claims])
        return [
            Letter(
                claim,
                None if (body := claim.body or made.get(claim.id)) is None else body.encode(),
                tuple(secret for _, secret in secrets[claim.account_id]),
            )
            for claim in claims
        ]

    async def _make_bodies(self, connection: Connection, claims: Sequence[ClaimedRow]) -> dict[str, str]:
        """What deliveries will send, by their ids; one whose body cannot be made is not there."""
        try:
            return await self._made(connection, claims)
        except (ValueError, KeyError, TypeError):
            if len(claims) == 1:
                _log.exception("the body of delivery %s cannot be made", claims[0].id)
                return {}
        made: dict[str, str] = {}
        for claim in claims:  # one that cannot be read must not hold up the others
            made |= await self._make_bodies(connection, [claim])
        return made

    async def _made(self, connection: Connection, claims: Sequence[ClaimedRow]) -> dict[str, str]:
        asked = [(claim.account_id, claim.task_id or "") for claim in claims]
        found = await self.tasks.find_many(connection, asked) if asked else []
        made: dict[str, str] = {}
        for claim, stored in zip(claims, found, strict=True):
            if stored is None:
                continue
            task = task_at(stored.task, claim.event, claim.progress)
            base_url = (self.public_url or claim.base_url).rstrip("/")
            made[claim.id] = encode_body(task_resource(task, self.link_result(task), base_url))
        return made


@dataclass(frozen=True)
class TryDelivery:
    """Posts a delivery to its receiver.

    Attributes:
        poster: the one way out.
    """

    poster: SafePoster

    async def __call__(self, letter: Letter) -> Tried:
        """Try a delivery once. How it went is an answer, never an error."""
        started_at, begun = letter.claim.claimed_at, time.monotonic()
        posted, problem = None, None
        if letter.body is None:
            problem = Problem.UNBUILDABLE
        else:
            headers = signed_headers(
                letter.secrets, letter.claim.id, int(started_at.timestamp()), letter.body
            )
            try:
                posted = await self.poster.post(letter.claim.url, {**_HEADERS, **headers}, letter.body)
            except Unreachable:
                problem = Problem.UNREACHABLE
            except Exception:  # noqa: BLE001 - whatever a receiver does, it must not stop the deliverer
                _log.exception("delivery %s broke off", letter.claim.id)
                problem = Problem.UNREACHABLE
        if posted is not None and is_redirect(posted.status):
            problem = Problem.REDIRECT
        return Tried(started_at, round((time.monotonic() - begun) * 1000), posted, problem)


@dataclass(frozen=True)
class EndAttempt:
    """Notes attempts, and decides what becomes of deliveries and receivers.

    Attributes:
        database: where they are.
        outbox: their rows.
        ahead: how far time is ahead.
        chance: uniform in 0.0 to 1.0.
    """

    database: Database
    outbox: OutboxRows
    ahead: Ahead = no_time_ahead
    chance: Callable[[], float] = random.random

    async def __call__(self, letter: Letter, tried: Tried) -> None:
        """Note an attempt, in one commit; nothing if the claim has lapsed meanwhile and is another's.

        Doing it again after an error changes nothing more.

        Raises:
            Overloaded: the database cannot be reached; it may have been done all the same.
        """
        claim, ahead = letter.claim, self.ahead()
        is_gone = tried.status == HTTPStatus.GONE
        async with self.database.transaction() as connection:
            if is_gone and claim.task_id is not None:
                # First of all: whoever deletes a task locks it in this order too.
                await self.outbox.stop(connection, claim.task_id, ahead)
            if not await self.outbox.end(
                connection, claim.id, claim.claim, self._ended(letter, tried), ahead
            ):
                return
            if tried.arrived:
                await self.outbox.receiver_succeeded(connection, claim.receiver_id)
                return
            if tried.problem is Problem.UNBUILDABLE or is_gone:
                return  # the receiver has done nothing wrong
            disabled = await self.outbox.receiver_failed(
                connection,
                claim.receiver_id,
                disabled_after=DISABLED_AFTER,
                forgotten_after=FORGOTTEN_AFTER,
                ahead=ahead,
            )
        if disabled is not None:
            _log.warning(
                "callbacks of account %s to %s are disabled: every attempt since %s has failed; "
                "`kirin callbacks enable %s` enables them again",
                claim.account_id,
                disabled[0],
                f"{disabled[1]:%Y-%m-%d %H:%M} UTC",
                claim.receiver_id,
            )

    async def let_go(self, letters: Sequence[Letter]) -> None:
        """Give claimed deliveries back before they were tried to the end.

        Raises:
            Overloaded: the database cannot be reached; they come back when their leases lapse.
        """
        claims = [(letter.claim.id, letter.claim.claim) for letter in letters]
        async with self.database.connection() as connection:
            await self.outbox.let_go(connection, claims, self.ahead())

    def _ended(self, letter: Letter, tried: Tried) -> EndedAttempt:
        delay_s = self._delay_s(letter, tried)
        state = DeliveryState.PENDING
        if delay_s is None:
            state = DeliveryState.DELIVERED if tried.arrived else DeliveryState.FAILED
        return EndedAttempt(
            state=state,
            delay=None if delay_s is None else timedelta(seconds=delay_s),
            started_at=tried.started_at,
            duration_ms=tried.duration_ms,
            status=tried.status,
            problem=tried.problem,
            answer="" if tried.posted is None else _text(tried.posted.head),
        )

    def _delay_s(self, letter: Letter, tried: Tried) -> float | None:
        """Seconds until the next attempt; None if there is none."""
        is_over = tried.arrived or tried.status == HTTPStatus.GONE
        # A test is one attempt; and a body that cannot be made now never can.
        if is_over or letter.claim.task_id is None or tried.problem is Problem.UNBUILDABLE:
            return None
        header = None if tried.posted is None else tried.posted.retry_after
        asked_s = retry_after_s(header, tried.started_at)
        return retry_delay_s(letter.claim.tries + 1, asked_s, self.chance())


def _text(head: bytes) -> str:
    """The beginning of an answer as text that can be kept."""
    return head.decode("utf-8", "replace").replace("\0", "\N{REPLACEMENT CHARACTER}")
