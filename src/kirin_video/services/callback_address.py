"""Whether a callback may go to a URL, as far as its text tells: one answer for tasks, elements, tests."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from kirin_video.domain.errors import Fault, Violation

AddressRefusal = Callable[[str], str | None]
"""Why a URL may not be connected to, as far as its text tells; None if it may."""

_NOT_CALLED: Final = (
    "may not be called: the host must be public, the port 80, 443 or above 1023, and the URL without a "
    "user name."
)


def callback_violations(
    url: str | None, address_refusal: AddressRefusal, name: str = "callback_url"
) -> list[Violation]:
    """What is wrong with a callback's address: nothing, or one thing.

    Where its host's name leads is judged at each attempt.

    Args:
        url: the address; None if there is none.
        address_refusal: see there.
        name: of the parameter.
    """
    if url is None or not address_refusal(url):
        return []
    return [Violation(name, Fault.CALLBACK_REFUSED, f"{name} {_NOT_CALLED}")]
