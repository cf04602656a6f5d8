"""Bonds: how two people hold each other."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Touch(StrEnum):
    """How two people hold each other."""

    HANDS = "hands"
    EMBRACE = "embrace"
    WALTZ = "waltz"
    SHAKE = "shake"
    """Right hands, face to face."""
    CUDDLE = "cuddle"
    """Arms round an animal's neck."""


@dataclass(frozen=True, slots=True)
class Bond:
    """One person's half of two who touch.

    Attributes:
        touch: how they hold each other.
        side: on which side the other one is, or whose hand is joined: ``r`` or ``l``.
        apart_m: from one to the other.
        high_m: how high their joined hands, or the other one's shoulders, are.
        leads: whether this is the first of the two.
    """

    touch: Touch
    side: str
    apart_m: float
    high_m: float
    leads: bool
