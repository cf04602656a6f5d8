"""Let somebody in who knows their password, and slow down whoever guesses."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType
from typing import Final

from kirin_video.domain.errors import TooManyRequests, Unauthenticated
from kirin_video.services.passwords import Passwords
from kirin_video.services.sessions import NewSession, Sessions
from kirin_video.store.database import Database
from kirin_video.store.person_rows import PersonRows
from kirin_video.store.session_rows import SessionRows

WINDOW: Final = timedelta(minutes=15)
"""In which tries are counted together."""

TRIES: Final[Mapping[str, int]] = MappingProxyType({"here": 8, "address": 40, "login": 100})
"""Tries in a window: at a login from one address, from one address at any, and at a login from anywhere. The
last is far above the first, so that a stranger who guesses does not lock somebody out who knows."""

REFUSAL: Final = "Nobody has this login and this password."
_MAX_LOGIN: Final = 1000


@dataclass(frozen=True)
class SignIn:
    """Signs people in.

    Attributes:
        database: where they are.
        people: their rows.
        rows: the rows of sessions and tries.
        sessions: begins sessions.
        passwords: verifies passwords.
    """

    database: Database
    people: PersonRows
    rows: SessionRows
    sessions: Sessions
    passwords: Passwords

    async def __call__(self, login: str, password: str, *, address: str, agent: str) -> NewSession:
        """Sign somebody in.

        Args:
            login: as they gave it.
            password: as they gave it.
            address: where they are, as far as is known.
            agent: their browser, in its own words.

        Raises:
            Unauthenticated: login or password is wrong; which, nobody is told.
            TooManyRequests: there were too many tries.
            Overloaded: the database cannot be reached.
        """
        person_id, verifier = await self.check(login, password, address=address)
        renewed = await self.passwords.verifier(password) if self.passwords.needs_renewal(verifier) else None
        async with self.database.transaction() as connection:
            session = await self.sessions.begin(connection, person_id, agent)
            if renewed is not None:
                await self.people.set_password(connection, person_id, renewed)
        return session

    async def check(self, login: str, password: str, *, address: str) -> tuple[str, str]:
        """See whether somebody has a login and a password, counting the try.

        Returns:
            Who it is, and what the password was verified by.

        Raises:
            Unauthenticated: login or password is wrong.
            TooManyRequests: there were too many tries.
            Overloaded: the database cannot be reached.
        """
        login = login.strip()[:_MAX_LOGIN]
        subjects = _subjects(login, address)
        async with self.database.connection() as connection:
            counted = await self.rows.count_tries(connection, list(subjects.values()), WINDOW)
            found = await self.people.password(connection, login)
        over = [kind for kind, most in TRIES.items() if counted[subjects[kind]].used > most]
        if over:
            raise _slow_down(max(counted[subjects[kind]].left_s for kind in over))
        verifier = None if found is None else found[1]
        if not await self.passwords.verify(verifier, password) or found is None:
            raise Unauthenticated(REFUSAL)
        async with self.database.connection() as connection:
            await self.rows.forget_try(connection, list(subjects.values()), subjects["here"], WINDOW)
        return found


def _subjects(login: str, address: str) -> Mapping[str, str]:
    """What tries are counted by. A login is kept as its hash: people type passwords there by mistake."""
    hashed = hashlib.sha256(login.casefold().encode("utf-8", "backslashreplace")).hexdigest()[:32]
    return {"here": f"here:{hashed}:{address}", "address": f"address:{address}", "login": f"login:{hashed}"}


def _slow_down(left_s: float) -> TooManyRequests:
    wait_s = max(1, math.ceil(left_s))
    return TooManyRequests(
        f"There were too many tries to sign in. Try again in {math.ceil(wait_s / 60)} minutes.",
        retry_after_s=wait_s,
    )
