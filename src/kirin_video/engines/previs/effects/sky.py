"""What happens in the sky: a rainbow, rays of light, shooting stars, lightning, a whirlwind."""

# ruff: noqa: PLR0913, PLR0917, PLR2004 -- effects are made of measures, and have many sides
from __future__ import annotations

import math

import numpy as np

from kirin_video.engines.previs.effects.occasion import Effect, Occasion
from kirin_video.engines.previs.plan import Setting, TimeOfDay
from kirin_video.engines.previs.scenery import Lamp
from kirin_video.engines.previs.swarms import Facing, Floats, Key, Look, Rgb, Shape, Swarm, grown

_BOW: tuple[Rgb, ...] = (
    (0.50, 0.05, 0.30),
    (0.22, 0.12, 0.75),
    (0.05, 0.35, 0.85),
    (0.08, 0.62, 0.22),
    (0.85, 0.78, 0.10),
    (0.95, 0.42, 0.05),
    (0.90, 0.10, 0.06),
)
_BOW_M = 150.0
_FUNNEL, _OVER_HORIZON = 0.12, 0.02
"""How wide a tornado is across the picture, and from how high on something before it hides it."""


def _still(
    look: Look, occasion: Occasion, start: Floats, way: Floats, size: Floats, tint: Floats | None = None
) -> Swarm:
    """A swarm that is there all the time."""
    count = len(start)
    return grown(
        look,
        born=np.full(count, -1.0),
        life=occasion.seconds + 2.0,
        start=start,
        velocity=way,
        size=size,
        chance=np.array([k * 0.618 % 1.0 for k in range(count)]),
        tint=tint,
    )


def rainbow(occasion: Occasion) -> Effect:
    """An arc over the land in the middle of the clip's views, red outside."""
    middle = occasion.views[len(occasion.views) // 2]
    ahead = np.array(middle.target) - np.array(middle.eye)
    yaw = math.atan2(ahead[0], -ahead[2])
    half = math.tan(math.radians(middle.fov_deg) / 2.0)
    radius = _BOW_M * min(0.62 * half * occasion.aspect + 0.18, 0.75)
    foot = np.array(middle.eye) + _BOW_M * np.array([math.sin(yaw + 0.16), 0.0, -math.cos(yaw + 0.16)])
    foot[1] = middle.eye[1] - 0.30 * radius
    right = np.array([math.cos(yaw), 0.0, math.sin(yaw)])
    steps = np.linspace(0.10, math.pi - 0.10, 41)
    turn = (steps[1:] + steps[:-1]) / 2.0
    starts: list[Floats] = []
    ways: list[Floats] = []
    tints: list[Floats] = []
    wide = 0.020 * radius
    for k, color in enumerate(_BOW):
        r = radius + (k - 3) * 0.85 * wide
        out = np.cos(turn)[:, None] * right + np.sin(turn)[:, None] * np.array([0.0, 1.0, 0.0])
        starts.append(foot + r * out)
        ways.append(-np.sin(turn)[:, None] * right + np.cos(turn)[:, None] * np.array([0.0, 1.0, 0.0]))
        # It fades towards its feet.
        tints.append(np.array(color) * np.sin(turn)[:, None] ** 0.7)
    start = np.concatenate(starts)
    size = np.stack([np.full(len(start), wide), np.full(len(start), 0.5 * radius * (steps[1] - steps[0]))], 1)
    look = Look(Shape.BAND, keys=(Key(0.0, (1.0, 1.0, 1.0), 0.34),), facing=Facing.FIXED, glow=1.0, cover=0.0)
    swarm = _still(look, occasion, start, np.concatenate(ways), size, np.concatenate(tints))
    return Effect((swarm,))


def rays(occasion: Occasion) -> Effect:
    """Shafts of sunlight that slant through the air; where a lighthouse is shown its own beam is meant."""
    if any(subject.kind == "lighthouse" for subject in occasion.plan.subjects):
        return Effect()
    rng = occasion.rng()
    wet = occasion.plan.setting is Setting.UNDERWATER
    low = occasion.plan.time in {TimeOfDay.DAWN, TimeOfDay.DUSK}
    sun = np.array(occasion.scene.light.sun)
    flat = sun * np.array([1.0, 0.0, 1.0])
    # A level shaft is a wall, an upright one a pillar: never flatter than 40 degrees nor steeper than 70.
    rise = min(max(math.asin(max(sun[1], 0.0)), math.radians(40.0)), math.radians(70.0))
    way = flat / max(float(np.linalg.norm(flat)), 1e-6) * math.cos(rise) + np.array(
        [0.0, math.sin(rise), 0.0]
    )
    count = 15
    there, _ = occasion.in_sight(rng, count, 5.0, 19.0, 0.95)
    length = rng.uniform(6.5, 11.0, count)
    floor = occasion.floor(there[:, 0], there[:, 2])
    there[:, 1] = floor + length * way[1] * rng.uniform(0.75, 0.95, count)
    color = np.array(occasion.scene.light.sun_color)
    color = color / max(float(color.max()), 1e-6) * ((0.5, 0.9, 1.0) if wet else (1.0, 0.90, 0.66))
    key: Rgb = (float(color[0]), float(color[1]), float(color[2]))
    look = Look(
        Shape.BEAM,
        keys=(Key(0.0, key, 0.30 if low or wet else 0.26),),
        facing=Facing.FIXED,
        glow=1.0,
        cover=0.0,
        twinkle=0.55,
        twinkle_hz=0.16,
        shimmer=False,
    )
    size = np.stack([rng.uniform(0.25, 0.85, count), length], 1)
    return Effect((_still(look, occasion, there, np.broadcast_to(way, (count, 3)), size),))


def meteors(occasion: Occasion) -> Effect:
    """Shooting stars, one after the other, most of them the same way."""
    rng = occasion.rng()
    count = max(round(2.4 * occasion.seconds), 3)
    born = (np.arange(count) + rng.uniform(0.1, 0.8, count)) * occasion.seconds / count - 0.15
    frames = np.array([occasion.frame_at(t) for t in born.tolist()])
    far = np.full(count, 240.0)
    right, up = rng.uniform(-0.85, 0.55, count), rng.uniform(0.35, 1.0, count)
    start = occasion.points(frames, right, up, far)
    end = occasion.points(
        frames, right + rng.uniform(0.35, 0.6, count), up - rng.uniform(0.28, 0.5, count), far
    )
    life = rng.uniform(0.55, 0.9, count)
    look = Look(
        Shape.STREAK,
        keys=(
            Key(0.0, (1.6, 1.8, 2.4), 0.0),
            Key(0.2, (2.2, 2.3, 2.6), 1.0),
            Key(0.7, (2.4, 2.2, 1.8), 0.9),
            Key(1.0, (1.5, 1.0, 0.6), 0.0),
        ),
        core=(3.0, 3.0, 3.0),
        facing=Facing.ALONG,
        glow=1.0,
        cover=0.0,
        streak_s=0.42,
    )
    swarm = grown(
        look,
        born=born,
        life=life,
        start=start,
        velocity=(end - start) / life[:, None],
        size=np.stack([rng.uniform(0.7, 1.2, count), np.full(count, 0.8)], 1),
        chance=rng.random(count),
    )
    return Effect((swarm,))


def lightning(occasion: Occasion) -> Effect:
    """Bolts that flicker twice, the cloud lit from behind them, and the land for as long."""
    rng = occasion.rng()
    times = occasion.ticks
    strikes = np.arange(0.35 + float(rng.uniform(0.0, 0.25)), max(occasion.seconds, 0.5), 1.55)
    strikes = strikes + rng.uniform(-0.2, 0.2, len(strikes))
    swarms: list[Swarm] = []
    # In a street the sky is a strip.
    aside = 0.12 if occasion.plan.setting is Setting.CITY else 0.62
    level = np.zeros(len(times))
    at = np.zeros(3)
    for time_s in strikes.tolist():
        frame = occasion.frame_at(time_s)
        top, foot = occasion.points(
            [frame, frame],
            rng.uniform(-aside, aside) + np.array([0.0, rng.uniform(-0.15, 0.15)]),
            np.array([1.12, -0.1]),
            np.full(2, 170.0),
        )
        swarms += [_bolt(top, foot, time_s, rng), _lit_cloud(top, time_s)]
        age = times - time_s
        level += np.where(
            (age >= 0.0) & (age < 0.5),
            np.exp(-7.0 * np.maximum(age, 0.0)) * (0.6 + 0.4 * np.cos(44.0 * age)),
            0.0,
        )
        at = at + top / len(strikes)
    colors = tuple((1.7 * v, 1.9 * v, 2.5 * v) for v in level.tolist())
    lamp = Lamp((float(at[0]), float(at[1]), float(at[2]) + 60.0), (0.0, 0.0, 0.0), 170.0, colors=colors)
    return Effect(tuple(swarms), (lamp,))


_FLICKER = (
    Key(0.0, (2.2, 2.4, 3.4), 1.0),
    Key(0.22, (1.6, 1.8, 3.0), 0.25),
    Key(0.34, (2.2, 2.4, 3.4), 0.95),
    Key(0.6, (1.4, 1.6, 2.8), 0.35),
    Key(1.0, (0.8, 0.9, 2.0), 0.0),
)


def _bolt(top: Floats, foot: Floats, time_s: float, rng: np.random.Generator) -> Swarm:
    """A broken line with branches (midpoints moved aside again and again)."""
    points = np.array([top, foot])
    step = float(np.linalg.norm(foot - top))
    side = np.cross(foot - top, (0.0, 0.0, 1.0)) / step
    for k in range(6):
        middle = (points[1:] + points[:-1]) / 2.0
        middle = middle + side * rng.normal(0.0, 0.085 * step / 2.0**k, (len(middle), 1))
        points = np.insert(points, np.arange(1, len(points)), middle, axis=0)
    pieces = [(points[:-1], points[1:], 1.0)]
    for at in rng.choice(np.arange(8, 44), 4, replace=False).tolist():
        end = points[at] + (foot - top) * rng.uniform(0.12, 0.28) + side * step * rng.uniform(-0.22, 0.22)
        branch = points[at] + (end - points[at]) * np.linspace(0.0, 1.0, 9)[:, None]
        branch[1:] += side * rng.normal(0.0, 0.012 * step, (8, 1))
        pieces.append((branch[:-1], branch[1:], 0.5))
    start = np.concatenate([(a + b) / 2.0 for a, b, _ in pieces])
    way = np.concatenate([b - a for a, b, _ in pieces])
    wide = np.concatenate([np.full(len(a), w) for a, _, w in pieces]) * 0.0060 * step
    size = np.stack([wide, 0.56 * np.linalg.norm(way, axis=1)], 1)
    look = Look(Shape.BAND, keys=_FLICKER, core=(4.0, 4.0, 4.5), facing=Facing.FIXED, glow=1.0, cover=0.0)
    return grown(
        look,
        born=np.full(len(start), time_s),
        life=0.42,
        start=start,
        velocity=way,
        size=size,
        chance=np.full(len(start), 0.5),
    )


def _lit_cloud(top: Floats, time_s: float) -> Swarm:
    keys = tuple(Key(k.share, (0.5, 0.55, 0.85), 0.8 * k.opacity) for k in _FLICKER)
    look = Look(Shape.GLOW, keys=keys, glow=1.0, cover=0.0)
    return grown(
        look,
        born=np.array([time_s]),
        life=0.46,
        start=top[None],
        size=np.array([[120.0, 70.0]]),
        chance=np.array([0.5]),
    )


def _freest(occasion: Occasion, sides: tuple[float, ...], far_m: float) -> float:
    """Of some places across the picture the one with the least before it, nearer than so far."""
    (view,) = occasion.views[len(occasion.views) // 2 :][:1]
    eye, target = np.array(view.eye), np.array(view.target)
    ahead = target - eye
    ahead /= np.linalg.norm(ahead)
    aside = np.cross(ahead, (0.0, 1.0, 0.0))
    aside /= np.linalg.norm(aside)
    wide = math.tan(math.radians(view.fov_deg) / 2.0) * occasion.aspect
    points = np.concatenate([np.zeros((1, 3)), *(p.mesh.positions[::7] for p in occasion.scene.parts)]) - eye
    depth = points @ ahead
    points, depth = points[(depth > 1.0) & (depth < far_m)], depth[(depth > 1.0) & (depth < far_m)]
    across, tall = points @ aside / (depth * wide), points[:, 1] / depth
    hidden = [float(np.sum((np.abs(across - side) < _FUNNEL) & (tall > _OVER_HORIZON))) for side in sides]
    return sides[int(np.argmin(np.array(hidden) + 1e-3 * np.arange(len(sides))))]


def tornado(occasion: Occasion) -> Effect:
    """A funnel of dust that turns and wanders in the distance, where little is before it."""
    rng = occasion.rng()
    right = _freest(occasion, (0.25, -0.3, 0.55, -0.6, 0.0), 46.0)
    (foot,) = occasion.points(
        [len(occasion.views) // 2], np.array([right]), np.array([0.0]), np.array([46.0])
    )
    foot[1] = occasion.floor(foot[:1], foot[2:])[0]
    tall, count = 38.0, 520
    share = rng.random(count) ** 0.8
    radius = 1.1 + 12.0 * share**2.2 + rng.normal(0.0, 0.25, count)
    angle = rng.uniform(0.0, math.tau, count)
    bend = 3.0 * np.sin(2.4 * share)
    start = foot + np.stack([radius * np.cos(angle) + bend, tall * share, radius * np.sin(angle)], 1)
    dust = (0.15, 0.135, 0.12)
    look = Look(
        Shape.PUFF,
        keys=(Key(0.0, dust, 0.72),),
        softness=0.34,
        whirl=2.6,
        axis=(float(foot[0]), float(foot[2])),
        spin_hz=0.05,
    )
    size = (0.8 + 3.0 * share**1.4) * rng.uniform(0.7, 1.2, count)
    funnel = grown(
        look,
        born=np.full(count, -6.0),
        life=occasion.seconds + 9.0,
        start=start,
        size=size,
        chance=rng.random(count),
        tint=np.repeat(rng.uniform(0.75, 1.15, (count, 1)), 3, 1),
    )
    return Effect((funnel,))
