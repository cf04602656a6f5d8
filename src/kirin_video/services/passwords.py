"""Passwords: turned into what verifies them, and verified; in threads, a few at a time."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_AT_A_TIME: Final = 2
"""Each takes 64 MiB and all of four cores for a moment; more than these wait."""


@dataclass(frozen=True)
class Passwords:
    """Hashes and verifies passwords by argon2id, with the costs that RFC 9106 gives for ordinary machines.

    Attributes:
        hasher: does it; tests give a cheaper one.
    """

    hasher: PasswordHasher = field(default_factory=PasswordHasher)
    _turns: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_AT_A_TIME), repr=False)

    async def verifier(self, password: str) -> str:
        """What is stored of a password: salt, costs and hash in argon2's own notation."""
        async with self._turns:
            return await asyncio.to_thread(self.hasher.hash, password)

    async def verify(self, verifier: str | None, password: str) -> bool:
        """Whether a password is the right one.

        Without anything to verify it by, as long is spent on a verifier that nothing matches: how long an
        answer takes does not tell whether somebody has the login.
        """
        async with self._turns:
            return await asyncio.to_thread(self._verify, verifier, password)

    def needs_renewal(self, verifier: str) -> bool:
        """Whether a verifier was made with lower costs than are usual now."""
        return self.hasher.check_needs_rehash(verifier)

    def _verify(self, verifier: str | None, password: str) -> bool:
        if verifier is None:
            self.hasher.hash(password)
            return False
        try:
            return self.hasher.verify(verifier, password)
        except (VerificationError, InvalidHashError):
            return False
