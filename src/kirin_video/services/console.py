"""All that the console does beyond what callers of the API do, as one record."""

from __future__ import annotations

from dataclasses import dataclass

from kirin_video.services.own_keys import OwnKeys
from kirin_video.services.people import People
from kirin_video.services.sessions import Sessions


@dataclass(frozen=True)
class ConsoleServices:
    """The services behind the console's own pages.

    Attributes:
        people: who they are.
        sessions: where they are signed in.
        keys: the keys of the account that somebody works in.
    """

    people: People
    sessions: Sessions
    keys: OwnKeys
