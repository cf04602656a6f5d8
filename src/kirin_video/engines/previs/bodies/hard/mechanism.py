"""What moves on a hard body, and how the whole of it goes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from kirin_video.engines.previs.bodies.body import Contact, Point


class Ride(StrEnum):
    """How the whole body goes through the world."""

    WHEELS = "wheels"
    CYCLE = "cycle"
    """On two wheels in line: it leans."""
    RAILS = "rails"
    BOAT = "boat"
    DIVER = "diver"
    """Below the water."""
    PLANE = "plane"
    ROTOR = "rotor"
    """A helicopter: its nose goes down when it goes."""
    BALLOON = "balloon"
    CABLE = "cable"
    """Hangs from a cable."""
    ROCKET = "rocket"
    SAUCER = "saucer"
    STROLL = "stroll"
    """A robot: it walks on its swinging legs."""
    STILL = "still"
    """Stands where it is; falls, rolls, spins and floats when asked to."""
    ROOTED = "rooted"
    """Grows where it is: at most it sways."""


@dataclass(frozen=True, slots=True)
class Wheel:
    """Turns with the distance gone: so much of it as rolls under its rim.

    Attributes:
        bone: what turns.
        pivot: its hub at rest.
        radius_m: of the tread.
    """

    bone: int
    pivot: Point
    radius_m: float


@dataclass(frozen=True, slots=True)
class Spinner:
    """Turns with time: rotors, propellers, a mill's sails, radar.

    Attributes:
        bone: what turns.
        pivot: its hub at rest.
        axis: a unit vector, right-handed.
        turns_per_s: how fast.
        always: whether it turns while the body stands.
    """

    bone: int
    pivot: Point
    axis: Point
    turns_per_s: float
    always: bool = False


@dataclass(frozen=True, slots=True)
class Swing:
    """Goes to and fro: legs, arms, a pendulum, sails.

    Attributes:
        bone: what swings.
        pivot: what it hangs on.
        axis: a unit vector.
        degrees: to both sides.
        stride_m: once to and fro in so many metres gone; 0 goes by time, once in ``period_s``.
        period_s: see there.
        phase: share of a period that it is ahead.
    """

    bone: int
    pivot: Point
    axis: Point
    degrees: float
    stride_m: float = 0.0
    period_s: float = 2.0
    phase: float = 0.0


@dataclass(frozen=True, slots=True)
class Hinge:
    """Opens when it is told to open; otherwise it is open, or shut.

    Attributes:
        bone: what moves.
        pivot: a point of its hinge.
        axis: the hinge's direction, a unit vector.
        degrees: from open to shut.
        rests_shut: whether it is shut until it is told to open.
    """

    bone: int
    pivot: Point
    axis: Point
    degrees: float
    rests_shut: bool = False


@dataclass(frozen=True, slots=True)
class Flame:
    """Flickers; it is gone while the engine rests.

    Attributes:
        bone: what flickers.
        pivot: where it comes from.
        always: whether it burns while the body stands, as on a candle.
    """

    bone: int
    pivot: Point
    always: bool = False


@dataclass(frozen=True, slots=True)
class Puff:
    """Smoke that a launch leaves behind: born below the engine, it stays there, swells and drifts aside.

    Attributes:
        bone: what swells; its parent stands on the ground.
        pivot: where it is born while the body stands.
        born_s: when.
        drift: metres a second that it moves at first.
        size: how many times as large it grows.
    """

    bone: int
    pivot: Point
    born_s: float
    drift: Point
    size: float


@dataclass(frozen=True, slots=True)
class Cue:
    """Where a piece is at one moment of its course.

    Attributes:
        at_s: when, seconds.
        move: how far it is from where it is at rest, metres.
        size: how large it is, as a share of its size at rest, along each axis.
        turn_deg: how far it is turned about its course's axis.
        even: whether it comes there from the cue before at an even pace, rather than softly.
    """

    at_s: float
    move: Point = (0.0, 0.0, 0.0)
    size: Point = (1.0, 1.0, 1.0)
    turn_deg: float = 0.0
    even: bool = False


@dataclass(frozen=True, slots=True)
class Course:
    """Goes its way by the clock, from cue to cue: layers come down, wax burns away, a screen lights up.

    Attributes:
        bone: what goes.
        pivot: what it turns about and shrinks to.
        cues: in order of time; before the first and after the last it stays.
        axis: what it turns about, a unit vector.
    """

    bone: int
    pivot: Point
    cues: tuple[Cue, ...]
    axis: Point = (1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Track:
    """Rails that lie still while a train runs over them.

    Attributes:
        bones: of its pieces, from the last to the first.
        piece_m: how long each is.
        first_m: where the first piece's middle is at rest, along x.
    """

    bones: tuple[int, ...]
    piece_m: float
    first_m: float


@dataclass(frozen=True, slots=True)
class Mechanism:
    """Everything that moves on a body.

    Attributes:
        ride: how the whole goes.
        hull: the bone that heaves, rolls and pitches.
        base_m: how far apart it touches the ground along x.
        gauge_m: and along z.
        speed: metres a second when it goes at its usual pace.
        height_m: of the whole.
        middle_m: height of what it spins and rolls round.
        wheels, spinners, swings, hinges, flames, puffs: what moves by itself.
        courses: what goes by the clock.
        gear: bones that are drawn in while it flies.
        rails: the rails below it.
        contacts: where it meets the ground.
        anchors: named places, as in `Body`.
        sides: what it can be seen from, as in `Body`.
        about: bones that a picture of it is about, as in `Body`.
        lines: bones that reach far beyond it, which its size leaves out: a cable.
    """

    ride: Ride
    hull: int
    base_m: float
    gauge_m: float
    speed: float = 0.0
    height_m: float = 1.0
    middle_m: float = 0.5
    wheels: tuple[Wheel, ...] = ()
    spinners: tuple[Spinner, ...] = ()
    swings: tuple[Swing, ...] = ()
    hinges: tuple[Hinge, ...] = ()
    flames: tuple[Flame, ...] = ()
    puffs: tuple[Puff, ...] = ()
    courses: tuple[Course, ...] = ()
    gear: tuple[int, ...] = ()
    rails: Track | None = None
    contacts: tuple[Contact, ...] = ()
    anchors: tuple[tuple[str, int, Point], ...] = ()
    sides: tuple[float, ...] = ()
    about: tuple[int, ...] = ()
    lines: tuple[int, ...] = ()

    def scaled(self, k: float) -> Mechanism:
        """The same of a body so many times as large."""

        def point(p: Point) -> Point:
            return p[0] * k, p[1] * k, p[2] * k

        rails = self.rails and replace(
            self.rails, piece_m=self.rails.piece_m * k, first_m=self.rails.first_m * k
        )
        return replace(
            self,
            base_m=self.base_m * k,
            gauge_m=self.gauge_m * k,
            speed=self.speed * min(k, 1.0) ** 0.5,
            height_m=self.height_m * k,
            middle_m=self.middle_m * k,
            wheels=tuple(replace(w, pivot=point(w.pivot), radius_m=w.radius_m * k) for w in self.wheels),
            spinners=tuple(replace(s, pivot=point(s.pivot)) for s in self.spinners),
            swings=tuple(replace(s, pivot=point(s.pivot), stride_m=s.stride_m * k) for s in self.swings),
            hinges=tuple(replace(h, pivot=point(h.pivot)) for h in self.hinges),
            flames=tuple(replace(f, pivot=point(f.pivot)) for f in self.flames),
            rails=rails,
            puffs=tuple(replace(p, pivot=point(p.pivot), drift=point(p.drift)) for p in self.puffs),
            courses=tuple(
                replace(
                    c, pivot=point(c.pivot), cues=tuple(replace(cue, move=point(cue.move)) for cue in c.cues)
                )
                for c in self.courses
            ),
            contacts=tuple(replace(c, point=point(c.point), radius_m=c.radius_m * k) for c in self.contacts),
            anchors=tuple((name, bone, point(p)) for name, bone, p in self.anchors),
        )
