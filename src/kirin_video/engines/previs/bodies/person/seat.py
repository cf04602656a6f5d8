"""Seats: places on what carries somebody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kirin_video.engines.previs.bodies.person.acts import Act, Hands, Move
from kirin_video.engines.previs.bodies.posing import Floats


class Posture(StrEnum):
    """Ways to be carried."""

    ASTRIDE = "astride"
    PEDALS = "pedals"
    """On a saddle, feet on pedals, hands at the bar."""
    CHAIR = "chair"
    """Feet on the ground or the floor before the seat."""
    LOW = "low"
    """On the floor of a boat, legs ahead."""
    UPRIGHT = "upright"
    """Standing on it."""
    BOARD = "board"
    """Standing sideways, knees bent."""
    LYING = "lying"
    TRUNK = "trunk"
    """Climbing it."""
    SHOULDERS = "shoulders"
    """On somebody's shoulders, the legs before his chest."""


@dataclass(frozen=True, slots=True)
class Seat:
    """A place on something that carries.

    Attributes:
        posture: how it is sat on.
        floor_m: how far below it feet rest, metres.
        known: places in the world by name (``foot_l``, ``hand_r``): rising seconds (k,), metres (k, 3).
    """

    posture: Posture
    floor_m: float = 0.45
    known: Mapping[str, tuple[Floats, Floats]] = field(default_factory=dict[str, tuple[Floats, Floats]])

    def adapted(self, act: Act) -> Act:
        """The act as it is done here."""
        free = act.hands
        if self.posture is Posture.TRUNK:
            return Act(Move.SCALE, curiosity=0.3)
        if self.posture in {Posture.UPRIGHT, Posture.BOARD}:
            stays = act.move in {Move.GO, Move.SIT, Move.RIDE, Move.GLIDE}
            return Act(hands=free, curiosity=act.curiosity) if stays else act
        if self.posture is Posture.LYING or act.move is Move.LIE:
            return Act(Move.LIE, curiosity=0.0 if act.curiosity == 0.0 else 0.6)
        hands = Hands.REST if self.posture is Posture.PEDALS and free is Hands.HOLD else free
        return Act(Move.SIT, hands=hands, curiosity=act.curiosity)
