"""The fields in which somebody says how they want to be known, and what is said when they will not do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kirin_video.domain.person import (
    MAX_NAME,
    MAX_PASSWORD,
    MIN_PASSWORD,
    CredentialProblem,
    Registration,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kirin_video.console.forms import Form
    from kirin_video.console.language import Catalogue

_FIELDS = {
    CredentialProblem.LOGIN_FORM: "login",
    CredentialProblem.LOGIN_TAKEN: "login",
    CredentialProblem.NAME_FORM: "name",
    CredentialProblem.PASSWORD_SHORT: "password",
    CredentialProblem.PASSWORD_LONG: "password",
    CredentialProblem.PASSWORD_EASY: "password",
}


def read_registration(form: Form) -> Registration:
    """What somebody chose. Passwords are taken as they are, spaces and all."""
    return Registration(form.text("login"), form.text("name"), form.raw("password"))


def told(text: Catalogue, problems: Iterable[CredentialProblem]) -> Mapping[str, str]:
    """What is wrong, in words, by field."""
    return {
        _FIELDS[problem]: text(
            f"problem.{problem}", least=MIN_PASSWORD, most=MAX_PASSWORD, longest_name=MAX_NAME
        )
        for problem in problems
    }
