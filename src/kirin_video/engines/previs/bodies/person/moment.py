"""What a choreography is made for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kirin_video.engines.previs.bodies.person.acts import Act
from kirin_video.engines.previs.bodies.person.bond import Bond
from kirin_video.engines.previs.bodies.person.frame import Frame
from kirin_video.engines.previs.bodies.person.grip import Grip
from kirin_video.engines.previs.bodies.person.rally import Rally
from kirin_video.engines.previs.bodies.person.seat import Seat
from kirin_video.engines.previs.bodies.person.shape import PersonShape
from kirin_video.engines.previs.bodies.posing import Floats
from kirin_video.engines.previs.bodies.quadruped.liveliness import Liveliness
from kirin_video.engines.previs.bodies.track import Track


@dataclass(slots=True)
class Moment:
    """What a move is made for.

    Attributes:
        act: what is done.
        shape: the proportions.
        frame: the joints, metres.
        leg_m: length of a leg.
        times: (f,), seconds.
        track: where the person is.
        root: (f, 3, 4), the person's space in the world; a move may change it.
        turns: (f,), of the track.
        life: small movements.
        speed: metres a second that the act goes at.
        carried: whether something carries the person.
        skirted: whether a skirt hangs round the legs.
        seat: what it sits or stands on, where something carries it.
        grips: by side, how something is held.
        held_m: how wide what both hands hold is, metres.
        bond: how somebody else is held.
        rally: how something is thrown and caught.
    """

    act: Act
    shape: PersonShape
    frame: Frame
    leg_m: float
    times: Floats
    track: Track
    root: Floats
    turns: Floats
    life: Liveliness
    speed: float
    carried: bool
    skirted: bool
    seat: Seat | None = None
    grips: Mapping[str, Grip] = field(default_factory=dict[str, Grip])
    held_m: float = 0.25
    bond: Bond | None = None
    rally: Rally | None = None

    @property
    def height(self) -> float:
        """Metres."""
        return self.shape.height_m
