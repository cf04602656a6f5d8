"""What drifts through the air: leaves, petals, confetti, dandelion seeds, bubbles, motes, flying sand."""

# ruff: noqa: PLR2004 -- effects are made of measures, and have many sides
from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from kirin_video.engines.previs.effects.occasion import Occasion
from kirin_video.engines.previs.light import Light
from kirin_video.engines.previs.plan import Setting
from kirin_video.engines.previs.swarms import Facing, Floats, Key, Look, Rgb, Shape, Swarm, grown


@dataclass(frozen=True, slots=True)
class _Sort:
    """One sort of drifting things.

    Attributes:
        shape: what each looks like.
        colors: linear, picked at random.
        core: the colour of its rib, or its pale foot.
        half_m: half of its width and of its length.
        fall: metres a second down.
        sway: metres and times a second.
        spin_hz: turns a second.
        blown: how much of the wind it takes.
        count: how many in the picture.
        far_m: how far away.
        near_m: how near.
    """

    shape: Shape
    colors: tuple[Rgb, ...]
    core: Rgb | None
    half_m: tuple[float, float]
    fall: float
    sway: tuple[float, float]
    spin_hz: float
    blown: float
    count: int
    far_m: float = 16.0
    near_m: float = 1.6


_LEAVES = _Sort(
    Shape.LEAF,
    ((0.80, 0.20, 0.03), (0.92, 0.42, 0.05), (0.96, 0.64, 0.08), (0.66, 0.12, 0.03), (0.70, 0.42, 0.08)),
    (0.80, 0.55, 0.20),
    (0.080, 0.125),
    0.85,
    (0.34, 0.32),
    0.55,
    1.0,
    380,
)
_GREEN_LEAVES = _Sort(
    Shape.LEAF,
    ((0.22, 0.42, 0.06), (0.34, 0.50, 0.08), (0.60, 0.48, 0.06)),
    (0.60, 0.70, 0.25),
    (0.072, 0.115),
    0.85,
    (0.34, 0.32),
    0.55,
    1.0,
    340,
)
_PETALS = _Sort(
    Shape.PETAL,
    ((0.92, 0.52, 0.60), (0.95, 0.66, 0.72), (0.90, 0.40, 0.52)),
    (0.98, 0.86, 0.88),
    (0.048, 0.058),
    0.55,
    (0.30, 0.36),
    0.60,
    1.25,
    760,
    14.0,
    1.2,
)
_ROSES = _Sort(
    Shape.PETAL,
    ((0.62, 0.03, 0.05), (0.74, 0.06, 0.08)),
    (0.80, 0.16, 0.16),
    (0.050, 0.060),
    0.7,
    (0.28, 0.34),
    0.55,
    1.0,
    520,
    14.0,
    1.2,
)
_CONFETTI = _Sort(
    Shape.SCRAP,
    (
        (0.85, 0.10, 0.12),
        (0.95, 0.62, 0.05),
        (0.10, 0.45, 0.85),
        (0.15, 0.62, 0.25),
        (0.75, 0.15, 0.60),
        (0.9, 0.85, 0.8),
    ),
    None,
    (0.032, 0.050),
    1.1,
    (0.16, 0.6),
    1.5,
    0.4,
    900,
    15.0,
    1.4,
)
_SEEDS = _Sort(
    Shape.SEED,
    ((0.95, 0.95, 0.92),),
    (0.35, 0.25, 0.14),
    (0.075, 0.085),
    0.06,
    (0.22, 0.22),
    0.0,
    1.4,
    190,
    9.0,
    1.0,
)


def falling(occasion: Occasion, what: str, *, share: float = 1.0) -> Swarm:
    """Leaves, petals or paper that come down all over the picture, and lie where they land.

    Args:
        occasion: the shot.
        what: ``leaves``, ``green leaves``, ``petals``, ``rose petals``, ``confetti`` or ``seeds``.
        share: of their usual number.
    """
    sort = _SORTS[what]
    rng, count = occasion.rng(), max(round(sort.count * share), 1)
    there, seen = occasion.in_sight(rng, count, sort.near_m, sort.far_m)
    # Each is where it is seen at a time of its own; its way is followed back from there.
    age = rng.uniform(0.0, 6.0, count)
    wind = sort.blown * occasion.wind
    drift = np.array([wind[0], -sort.fall, wind[2]])
    start = there - drift * age[:, None]
    born = seen - age
    floor = occasion.floor(there[:, 0], there[:, 2]) + 0.012
    rest = np.maximum((start[:, 1] - floor) / sort.fall, 0.0)
    life = np.minimum(rest + 4.0, 40.0) if sort.fall > 0.3 else np.full(count, 14.0)
    indoors = occasion.plan.setting in {Setting.ROOM, Setting.KITCHEN, Setting.STUDIO}
    if indoors:
        life = np.where(start[:, 1] > floor + 6.0, 0.0, life)
    turning = Facing.TUMBLING if sort.spin_hz > 0.0 else Facing.UPRIGHT
    look = Look(
        sort.shape,
        keys=(
            Key(0.0, (1.0, 1.0, 1.0), 0.0),
            Key(0.03, (1.0, 1.0, 1.0), 1.0),
            Key(0.94, (1.0, 1.0, 1.0), 1.0),
            Key(1.0, (1.0, 1.0, 1.0), 0.0),
        ),
        core=sort.core,
        facing=turning,
        # Light shines through leaves: in the shade of a wood they would be lost without it.
        glow=0.22,
        softness=0.12 if sort.spin_hz > 0.0 else 0.45,
        wind=(float(drift[0]), float(drift[1]), float(drift[2])),
        sway_m=sort.sway[0],
        sway_hz=sort.sway[1],
        spin_hz=sort.spin_hz,
    )
    tint = np.array(sort.colors)[rng.integers(0, len(sort.colors), count)] * rng.uniform(
        0.8, 1.15, (count, 1)
    )
    size = np.array(sort.half_m) * rng.uniform(0.75, 1.3, (count, 1))
    return grown(
        look,
        born=born,
        life=life,
        start=start,
        size=size,
        chance=rng.random(count),
        tint=tint,
        rest=rest if sort.fall > 0.3 else None,
    )


_SORTS = {
    "leaves": _LEAVES,
    "green leaves": _GREEN_LEAVES,
    "petals": _PETALS,
    "rose petals": _ROSES,
    "confetti": _CONFETTI,
    "seeds": _SEEDS,
}


def bubbles(occasion: Occasion) -> tuple[Swarm, ...]:
    """Soap bubbles in the air; streams of small ones under water."""
    if occasion.plan.setting is Setting.UNDERWATER:
        return (_rising(occasion),)
    rng, count = occasion.rng(), 90
    there, seen = occasion.in_sight(rng, count, 1.6, 11.0)
    age = rng.uniform(0.0, 6.0, count)
    drift = 0.5 * occasion.wind + np.array([0.0, 0.16, 0.0])
    tint = _rainbow(rng.random(count))
    look = Look(
        Shape.BUBBLE,
        keys=(
            Key(0.0, (1.0, 1.0, 1.0), 0.0, 0.3),
            Key(0.06, (1.0, 1.0, 1.0), 0.85),
            Key(0.985, (1.0, 1.0, 1.0), 0.85),
            Key(1.0, (1.0, 1.0, 1.0), 0.0, 1.25),
        ),
        core=(1.6, 1.6, 1.6),
        glow=0.45,
        cover=0.30,
        wind=tuple(drift.tolist()),
        sway_m=0.22,
        sway_hz=0.18,
    )
    size = 0.035 + 0.085 * rng.random(count) ** 2
    born = seen - age
    start = there - drift * age[:, None]
    return (
        grown(
            look,
            born=born,
            life=age + rng.uniform(2.0, 9.0, count),
            start=start,
            size=size,
            chance=rng.random(count),
            tint=tint,
        ),
    )


def _rising(occasion: Occasion) -> Swarm:
    """Columns of bubbles that widen and wobble as they rise."""
    rng = occasion.rng()
    foot, _ = occasion.in_sight(rng, 9, 3.0, 12.0, 0.9)
    foot[:, 1] = occasion.floor(foot[:, 0], foot[:, 2])
    born = occasion.births(rng, 34.0, 7.0)
    count = len(born)
    of = rng.integers(0, len(foot), count)
    start = foot[of] + rng.normal(0.0, 0.08, (count, 3)) * np.array([1.0, 0.3, 1.0])
    size = 0.020 + 0.075 * rng.random(count) ** 2.2
    velocity = np.stack([0.0 * born, 0.55 + 3.0 * size, 0.0 * born], 1)
    pale = (0.75, 0.92, 1.0)
    look = Look(
        Shape.BUBBLE,
        keys=(
            Key(0.0, pale, 0.0, 0.6),
            Key(0.05, pale, 0.9, 0.8),
            Key(0.9, pale, 0.85, 1.3),
            Key(1.0, pale, 0.0, 1.4),
        ),
        core=(1.4, 1.5, 1.5),
        glow=0.55,
        cover=0.35,
        sway_m=0.05,
        sway_hz=0.9,
    )
    return grown(
        look, born=born, life=7.0, start=start, velocity=velocity, size=size, chance=rng.random(count)
    )


def _rainbow(hue: Floats) -> Floats:
    """Pale colours of a thin film, (n, 3)."""
    wave = 2.0 * np.pi * (hue[:, None] + np.array([0.0, 0.33, 0.67]))
    return 0.72 + 0.38 * np.cos(wave)


def flying_sand(occasion: Occasion) -> tuple[Swarm, ...]:
    """A sandstorm: streaks over the ground and walls of dust that pass by."""
    rng, count = occasion.rng(), 700
    there, seen = occasion.in_sight(rng, count, 1.5, 18.0)
    gale = np.array([7.5, 0.0, 1.6])
    age = rng.uniform(0.0, 2.0, count)
    sand = (0.72, 0.50, 0.28)
    grains = Look(
        Shape.STREAK,
        keys=(Key(0.0, sand, 0.0), Key(0.2, sand, 0.5), Key(0.8, sand, 0.5), Key(1.0, sand, 0.0)),
        facing=Facing.ALONG,
        wind=tuple(gale.tolist()),
        sway_m=0.18,
        sway_hz=0.8,
        streak_s=0.05,
    )
    swarm = grown(
        grains,
        born=seen - age,
        life=age + rng.uniform(0.4, 2.0, count),
        start=there - gale * age[:, None],
        size=rng.uniform(0.004, 0.011, count),
        chance=rng.random(count),
    )
    return swarm, _walls(occasion, gale, sand)


def _walls(occasion: Occasion, gale: Floats, sand: Rgb) -> Swarm:
    rng, count = occasion.rng(), 46
    there, seen = occasion.in_sight(rng, count, 9.0, 48.0, 1.5)
    there[:, 1] = occasion.floor(there[:, 0], there[:, 2]) + rng.uniform(0.0, 3.5, count)
    age = rng.uniform(0.0, 5.0, count)
    look = Look(
        Shape.PUFF,
        keys=(
            Key(0.0, sand, 0.0, 0.8),
            Key(0.3, sand, 0.30),
            Key(0.7, sand, 0.30, 1.2),
            Key(1.0, sand, 0.0, 1.5),
        ),
        softness=0.5,
        wind=tuple((0.6 * gale).tolist()),
        spin_hz=0.02,
    )
    return grown(
        look,
        born=seen - age,
        life=8.0,
        start=there - 0.6 * gale * age[:, None],
        size=rng.uniform(2.0, 4.5, count),
        chance=rng.random(count),
    )


def sandy(light: Light) -> Light:
    """A light whose air is full of sand."""
    level = sum(light.horizon) / 3.0 / 0.42
    air: Rgb = (0.62 * level, 0.41 * level, 0.21 * level)
    return replace(
        light,
        horizon=air,
        horizon_away=(0.9 * air[0], 0.9 * air[1], 0.9 * air[2]),
        zenith=(0.8 * air[0], 0.78 * air[1], 0.76 * air[2]),
        haze_per_m=0.013,
        cover=0.0,
        disc=0.0,
    )
