"""Let a caller in: a good key with the right scope."""

from __future__ import annotations

from dataclasses import dataclass

from kirin_video.domain.access import Scope
from kirin_video.domain.errors import Forbidden
from kirin_video.services.authenticate import Authenticate, Caller


@dataclass(frozen=True)
class Admit:
    """Decides whether a call may go on.

    Attributes:
        authenticate: says whose key it is.
    """

    authenticate: Authenticate

    async def __call__(self, key_text: str, scope: Scope) -> Caller:
        """Check a key and its scope.

        Raises:
            Unauthenticated: the key is malformed, unknown, revoked or expired.
            Forbidden: the key lacks the scope.
            Overloaded: the database cannot be reached.
        """
        caller = await self.authenticate(key_text)
        if scope not in caller.scopes:
            has = " and ".join(sorted(caller.scopes))
            raise Forbidden(
                f'This key lacks the scope "{scope}", which this call needs; it has {has}. '
                f'"kirin keys create --scope {scope}" makes one that has it.'
            )
        return caller
