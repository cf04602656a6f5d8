"""Names and passwords that people choose, and whether they will do."""

from __future__ import annotations

from dataclasses import dataclass

from kirin_video.domain.errors import Fault, Rejected
from kirin_video.domain.person import CredentialProblem, Registration, password_problem
from kirin_video.services.passwords import Passwords


class BadCredentials(Rejected):
    """A name or password that somebody chose will not do.

    Attributes:
        problems: what is wrong with it.
    """

    fault = Fault.INVALID_PARAMETER

    def __init__(self, problems: list[CredentialProblem]) -> None:
        super().__init__(", ".join(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True)
class Credentials:
    """Judges what people choose, and hashes their passwords.

    Attributes:
        passwords: hashes them.
    """

    passwords: Passwords

    async def of_registration(self, registration: Registration) -> str:
        """The verifier of somebody who registers.

        Raises:
            BadCredentials: what they chose will not do.
        """
        if problems := registration.problems():
            raise BadCredentials(problems)
        return await self.passwords.verifier(registration.password)

    async def of_password(self, password: str, login: str) -> str:
        """The verifier of a new password.

        Raises:
            BadCredentials: it will not do.
        """
        if problem := password_problem(password, login):
            raise BadCredentials([problem])
        return await self.passwords.verifier(password)
