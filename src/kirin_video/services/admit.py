"""Let a caller in: a good key with the right scope, of an account within its rate."""

from __future__ import annotations

from dataclasses import dataclass

from kirin_video.domain.access import Scope, Standing
from kirin_video.domain.errors import Forbidden
from kirin_video.services.authenticate import Authenticate, Caller
from kirin_video.services.rates import CountCreates, CountReads, require_within


@dataclass(frozen=True, slots=True)
class Admission:
    """A call that may go on.

    Attributes:
        caller: who calls.
        standing: where the account stands in its window; None if no limit applies.
    """

    caller: Caller
    standing: Standing | None


@dataclass(frozen=True)
class Admit:
    """Decides whether a call may go on.

    Attributes:
        authenticate: says whose key it is.
        count_creates: counts calls that make something.
        count_reads: counts the others.
    """

    authenticate: Authenticate
    count_creates: CountCreates
    count_reads: CountReads

    async def __call__(self, key_text: str, scope: Scope, *, creates: bool) -> Admission:
        """Check a key and its scope, and count the call.

        Args:
            key_text: the key as the caller sent it.
            scope: what it must be good for.
            creates: whether the call makes something.

        Raises:
            Unauthenticated: the key is malformed, unknown, revoked or expired.
            Forbidden: the key lacks the scope.
            TooManyRequests: the account is over its rate.
            Overloaded: the database cannot be reached.
        """
        caller = await self.authenticate(key_text)
        if scope not in caller.scopes:
            has = " and ".join(f'"{had}"' for had in sorted(caller.scopes))
            raise Forbidden(
                f'This call needs a key with the scope "{scope}"; yours has {has}. '
                f'"kirin keys create --scope {scope}" makes one.'
            )
        return await self.count(caller, creates=creates)

    async def count(self, caller: Caller, *, creates: bool) -> Admission:
        """Count a call of somebody who may make it.

        Raises:
            TooManyRequests: the account is over its rate.
            Overloaded: the database cannot be reached.
        """
        standing = await self._count(caller, creates=creates)
        if standing is not None:
            require_within(standing)
        return Admission(caller, standing)

    async def _count(self, caller: Caller, *, creates: bool) -> Standing | None:
        limits, account_id = caller.limits, caller.account_id
        if creates:
            quota = limits.creates_per_minute
            return await self.count_creates(account_id, quota) if quota else None
        quota = limits.reads_per_minute
        return self.count_reads(account_id, quota) if quota else None
