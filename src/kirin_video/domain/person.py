"""People who use the console: what they may do, and what their names and passwords look like.

A person signs in; a program has a key. Both act for an account, and what a person may do is said in the
scopes that keys have, so that every service judges both alike.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from kirin_video.domain.access import Scope

MAX_LOGIN: Final = 254
MAX_NAME: Final = 80
MIN_PASSWORD: Final = 12
MAX_PASSWORD: Final = 256
_FEWEST_CHARACTERS: Final = 5
_PREFIX: Final = "person_"
_LOGIN: Final = re.compile(r"[^\s\x00-\x1f\x7f]{1,254}")


class Role(StrEnum):
    """What a person may do; each role includes those below it."""

    ADMIN = "admin"
    """Everything, in every account, and the server itself."""

    MEMBER = "member"
    """Make, change and delete what their account has."""

    VIEWER = "viewer"
    """See what their account has."""


ROLE_SCOPES: Final[Mapping[Role, frozenset[Scope]]] = MappingProxyType(
    {
        Role.ADMIN: frozenset(Scope),
        Role.MEMBER: frozenset({Scope.READ, Scope.GENERATE}),
        Role.VIEWER: frozenset({Scope.READ}),
    }
)
"""What a role means in terms of keys."""


class CredentialProblem(StrEnum):
    """What is wrong with a name or password that somebody chose."""

    LOGIN_FORM = "login_form"
    LOGIN_TAKEN = "login_taken"
    NAME_FORM = "name_form"
    PASSWORD_SHORT = "password_short"  # noqa: S105 - the name of a problem
    PASSWORD_LONG = "password_long"  # noqa: S105
    PASSWORD_EASY = "password_easy"  # noqa: S105


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may sign in.

    Attributes:
        id: ``person_`` and 16 hexadecimal digits; what they make carries it where a program's has a key's id.
        login: what they sign in with, as they wrote it; told apart from others without regard to case.
        name: what they are called.
        role: what they may do.
        account_id: the account they belong to.
        created_at: when they joined; aware.
        last_seen_at: when they were last here, give or take a minute; aware. None for never.
        disabled_at: since when they may not sign in; aware. None if they may.
    """

    id: str
    login: str
    name: str
    role: Role
    account_id: str
    created_at: datetime
    last_seen_at: datetime | None = None
    disabled_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Registration:
    """How somebody wants to be known.

    Attributes:
        login: what they will sign in with.
        name: what they are called.
        password: their password; it is stored nowhere.
    """

    login: str
    name: str
    password: str

    def problems(self) -> list[CredentialProblem]:
        """Everything wrong with it, in the order of its fields."""
        found: list[CredentialProblem] = []
        if not _LOGIN.fullmatch(self.login) or not self.login.isprintable():
            found.append(CredentialProblem.LOGIN_FORM)
        if not 1 <= len(self.name.strip()) <= MAX_NAME or not self.name.isprintable():
            found.append(CredentialProblem.NAME_FORM)
        problem = password_problem(self.password, self.login)
        return found if problem is None else [*found, problem]


def password_problem(password: str, login: str) -> CredentialProblem | None:
    """What is wrong with a password; None if it will do.

    Length is what counts against guessing, so nothing is asked of its characters but that there be a few.

    Args:
        password: the password.
        login: whose it would be.
    """
    if len(password) < MIN_PASSWORD:
        return CredentialProblem.PASSWORD_SHORT
    if len(password) > MAX_PASSWORD:
        return CredentialProblem.PASSWORD_LONG
    if len(set(password)) < _FEWEST_CHARACTERS or password.casefold() == login.casefold():
        return CredentialProblem.PASSWORD_EASY
    return None


def new_person_id() -> str:
    """Make an id for a person."""
    return _PREFIX + secrets.token_hex(8)
