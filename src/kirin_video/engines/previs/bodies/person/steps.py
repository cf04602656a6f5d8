"""Footsteps: where each foot is, in the person's own space. A foot on the ground stays where it came down."""

# ruff: noqa: PLR0913, PLR0917, PLR2004 -- clothes and limbs have many sides; shares stand where they are used
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from kirin_video.engines.previs.bodies.person.frame import SIDES, Frame
from kirin_video.engines.previs.bodies.person.gait import Gait
from kirin_video.engines.previs.bodies.posing import Floats, apply, inverse
from kirin_video.engines.previs.bodies.track import Track

Grounds = Callable[[Floats], tuple[Floats, Floats]]
"""Where a body is, (f, 3) in the world and turns (f,), at any measure of its progress (f,)."""


@dataclass(frozen=True, slots=True)
class Footing:
    """One foot in every frame.

    Attributes:
        place: (f, 3), of the ball of the foot, in the person's own space.
        air: (f,), 0 on the ground, up to 1 in the middle of the swing.
        pitch: (f,), radians that the heel is lifted; negative lifts the toes.
        yaw: (f,), radians that it points to the left of the body.
    """

    place: Floats
    air: Floats
    pitch: Floats
    yaw: Floats


def ball_of(f: Frame, side: str) -> Floats:
    """The ball of a foot at rest, on the ground."""
    return f.legs[side][3] * np.array([1.0, 0.0, 1.0])


def planted(f: Frame, side: str, count: int, shift: Floats | None = None, yaw: float = 0.0) -> Footing:
    """A foot that stays where it is at rest, or so much from there."""
    zero = np.zeros(count)
    place = np.repeat((ball_of(f, side) + (0.0 if shift is None else shift))[None], count, 0)
    return Footing(place, zero, zero, zero + yaw)


def striding(
    gait: Gait, f: Frame, side: str, cycles: Floats, root: Floats, turns: Floats, *, leg_m: float,
    grounds: Grounds, narrow: float = 0.55, start: float | None = None, terrain: Track | None = None,
) -> Footing:  # fmt: skip
    """A foot on its way.

    Args:
        gait: how it goes.
        f: the joints.
        side: which foot.
        cycles: (f,), how many cycles have passed.
        root: (f, 3, 4), the person's space in the world.
        turns: (f,), of the body.
        leg_m: length of a leg.
        grounds: where the body is at any number of cycles.
        narrow: how near the middle the feet come down, as a share of their distance at rest.
        start: when in a cycle it comes down; the left one at 0, the right one at a half.
        terrain: whose ground it stands on; None is flat at the body's own height.
    """
    begin = start if start is not None else (0.0 if side == "l" or gait.together else 0.5)
    turn = np.floor(cycles - begin)
    share = cycles - begin - turn
    ball = ball_of(f, side) * np.array([1.0, 1.0, narrow])
    before, yaw0 = _print(grounds, turn + begin + gait.duty / 2.0, ball, terrain)
    after, yaw1 = _print(grounds, turn + 1.0 + begin + gait.duty / 2.0, ball, terrain)
    s = np.clip((share - gait.duty) / (1.0 - gait.duty), 0.0, 1.0)
    eased = s * s * (3.0 - 2.0 * s)
    world = before + (after - before) * eased[:, None]
    air = np.sin(np.pi * s**0.85) * (s > 0.0)
    world[:, 1] += gait.lift * leg_m * _arc(s)
    place = apply(inverse(root), world)
    yaw = yaw0 + (yaw1 - yaw0) * eased - turns
    return Footing(place, np.clip(air, 0.0, 1.0), _pitch(gait, share, s), yaw)


def _arc(s: Floats) -> Floats:
    """The height of a swinging foot: up quickly behind, down slowly in front."""
    return np.where(s > 0.0, np.sin(np.pi * s**0.75) * (1.0 - 0.45 * s), 0.0)


def _pitch(gait: Gait, share: Floats, s: Floats) -> Floats:
    """Toes up when the heel strikes, flat, the heel lifted behind, and through the air."""
    d = gait.duty
    strike = -0.24 * min(gait.roll, 1.0) * (1.0 if d > 0.5 else 0.35)
    known_stance = np.array([0.0, 0.16, 0.52, 0.84, 1.0]) * d
    stance = np.interp(share, known_stance, [strike, 0.0, 0.03 * gait.roll, 0.42 * gait.roll, gait.roll])
    swing = np.interp(
        s, [0.0, 0.16, 0.42, 0.70, 0.88, 1.0],
        [gait.roll, 1.12 * gait.roll, 0.62 * gait.roll, 0.05, strike * 0.95, strike],
    )  # fmt: skip
    return np.where(share < d, stance, swing)


def _print(grounds: Grounds, at: Floats, ball: Floats, terrain: Track | None) -> tuple[Floats, Floats]:
    """Where a foot comes down when the body is in the middle of its stance."""
    places, turns = grounds(at)
    x = places[:, 0] + np.cos(turns) * ball[0] + np.sin(turns) * ball[2]
    z = places[:, 2] - np.sin(turns) * ball[0] + np.cos(turns) * ball[2]
    y = places[:, 1]
    if terrain is not None:
        y = y + terrain.terrain(x, z) - terrain.terrain(places[:, 0], places[:, 2])
    return np.stack([x, y, z], 1), turns


def both(make: Callable[[str], Footing]) -> dict[str, Footing]:
    """Both feet."""
    return {side: make(side) for side in SIDES}
