"""A window pane in the rain, close up: drops on the glass, some that run down, a blurred view behind it."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from kirin_video.engines.previs.camera import Stage
from kirin_video.engines.previs.city.solids import soft_box
from kirin_video.engines.previs.light import Light, direction, light_for
from kirin_video.engines.previs.mesh import Mesh
from kirin_video.engines.previs.plan import TimeOfDay, Weather
from kirin_video.engines.previs.scenery import Finish, Part, Scene, Sky
from kirin_video.engines.previs.shapes import Color, as_mesh
from kirin_video.engines.previs.swarms import Facing, Key, Look, Shape, Swarm, grown
from kirin_video.engines.previs.worlds.droplets import VIEWS, glassy
from kirin_video.engines.previs.worlds.site import Site, fitting_fov

_EYE_M, _UP_M, _DIAGONAL_DEG = 1.0, 1.3, 62.0
"""How far the eye is from the pane and above the floor, and its field of view."""
_VIEW_M = 7.0
"""How far away the view is."""
_LONGEST_S, _BEFORE_S = 16.0, 9.0
"""Drops begin to run until so late in a clip, and have begun so long before it."""
_FRAME: Color = (0.93, 0.91, 0.87)
_STANDING, _RUNNING, _FALLING = 420, 130, 1500
_BEADS = 13
"""How many small drops one that runs leaves behind."""

_LIGHTS: tuple[Color, ...] = (
    (1.0, 0.66, 0.26),
    (1.0, 0.84, 0.56),
    (1.0, 0.22, 0.14),
    (0.30, 0.62, 1.0),
    (0.36, 0.92, 0.52),
)


def build(site: Site) -> Scene:
    """Build the pane, its frame, and what is blurred behind it."""
    fov = fitting_fov(site.aspect, _DIAGONAL_DEG)
    high = _EYE_M * math.tan(math.radians(fov) / 2.0)
    half = high * site.aspect, high
    return Scene(
        stage=Stage((0.0, _UP_M, _EYE_M), (0.0, _UP_M, 0.0), fov, _floor, 0.1),
        light=_light(site),
        sky=Sky(site.seed, light=light_for(site.plan.time, Weather.RAIN)),
        # The rain is behind the pane.
        weather=Weather.CLEAR,
        seed=site.seed,
        parts=(
            Part(_view(site), Finish.HARD, casts=False, cell_m=0.0),
            *(Part(mesh, Finish.HARD, cell_m=0.0) for mesh in _frame(half)),
        ),
        swarms=tuple(_drops(site, half)),
        roughness=0.02,
        shadow_radius_m=3.0,
        shadow_center=(0.0, 0.0),
        round_rad=0.2,
    )


def _floor(_x: float, _z: float) -> float:
    return 0.0


def _light(site: Site) -> Light:
    """Light that shows the view as it is painted, and the frame a little darker."""
    lit = site.plan.time in {TimeOfDay.DAY, TimeOfDay.DAWN}
    air = (0.62, 0.63, 0.64) if lit else (0.50, 0.50, 0.52)
    return replace(
        light_for(TimeOfDay.DAY, Weather.CLOUDY),
        sun=direction(-30.0, 40.0), sun_color=(0.55, 0.52, 0.48), horizon=air, horizon_away=air, zenith=air,
        glow=(0.0, 0.0, 0.0), bounce=(0.45, 0.45, 0.45), disc=0.0, haze_per_m=0.0, mist_per_m=0.0, cover=0.0,
        stars=0.0, exposure=1.0, saturation=1.05, wind=0.0, caustics=0.0,
    )  # fmt: skip


def _frame(half: tuple[float, float]) -> list[Mesh]:
    """The lower rail with the sill before it, and an upright bar to one side."""
    wide, high = half
    low, bar = _UP_M - 0.80 * high, 0.46 * wide
    edge = 2.2 * wide
    return [
        soft_box((-edge, low - 0.5, -0.03), (edge, low, 0.03), _FRAME, bevel=0.012),
        soft_box((-edge, low - 0.5, 0.03), (edge, low - 0.045, 0.22), _FRAME, bevel=0.012),
        soft_box((bar - 0.022, low, -0.025), (bar + 0.022, _UP_M + 2.5 * high, 0.025), _FRAME, bevel=0.01),
    ]


def _view(site: Site) -> Mesh:
    """A wall of soft patches, as a lens shows what it is not focused on."""
    sky, far, near = (np.array(tone) for tone in VIEWS[site.plan.time])
    noise = site.noise(5)
    x, y = np.meshgrid(np.linspace(-9.0, 9.0, 73), np.linspace(-4.0, 8.0, 49))
    patches = noise.fbm((x / 2.6).astype(np.float32), (y / 2.0).astype(np.float32), 2)[..., None]
    rise = np.clip((y - _UP_M + 0.5 + 0.9 * patches[..., 0]) / 2.2 + 0.5, 0.0, 1.0)[..., None]
    tone = near + (far - near) * np.clip(2.0 * rise, 0.0, 1.0)
    tone = tone + (sky - tone) * np.clip(2.0 * rise - 0.9, 0.0, 1.0) + 0.12 * patches * tone
    points = np.stack([x, y, np.full_like(x, -_VIEW_M)], -1).reshape(-1, 3)
    at = np.arange(x.size).reshape(x.shape)
    a, b, c, d = at[:-1, :-1], at[:-1, 1:], at[1:, :-1], at[1:, 1:]
    faces = np.concatenate([np.stack([a, b, c], -1).reshape(-1, 3), np.stack([b, d, c], -1).reshape(-1, 3)])
    return as_mesh(points, np.tile([0.0, 0.0, 1.0], (len(points), 1)), tone.reshape(-1, 3), faces)


def _drops(site: Site, half: tuple[float, float]) -> list[Swarm]:
    """Everything wet, and the lights behind it."""
    rng = site.rng(9)
    wide, high = 1.25 * half[0], 1.3 * half[1]
    swarms = _lights(site, rng)
    swarms.append(_rain(rng))
    count = _STANDING
    at = np.stack(
        [rng.uniform(-wide, wide, count), rng.uniform(-high, high, count) + _UP_M, np.full(count, 0.004)], 1
    )
    radius = 0.0030 + 0.0150 * rng.random(count) ** 3.0
    size = np.stack([radius, radius * rng.uniform(1.0, 1.35, count)], 1)
    born, life = np.full(count, -_BEFORE_S), np.full(count, 1e3)
    swarms += glassy(site, born, life, at, size, np.zeros((count, 3)), rng.random(count))
    return [*swarms, *_running(site, rng, wide, high)]


def _running(site: Site, rng: np.random.Generator, wide: float, high: float) -> list[Swarm]:
    """Drops that run down, and the beads that each leaves on its way."""
    count = _RUNNING
    born = rng.uniform(-_BEFORE_S, _LONGEST_S, count)
    speed = rng.uniform(0.05, 0.20, count)
    top = np.minimum(rng.uniform(-0.2, 1.1, count) * high, high) + _UP_M
    start = np.stack([rng.uniform(-wide, wide, count), top, np.full(count, 0.006)], 1)
    life = (top - _UP_M + high) / speed
    radius = rng.uniform(0.0085, 0.0150, count)
    way = np.stack([np.zeros(count), -speed, np.zeros(count)], 1)
    size = np.stack([radius, 1.45 * radius], 1)
    swarms = glassy(site, born, life, start, size, way, rng.random(count))
    share = (np.arange(_BEADS) + 0.5) / _BEADS
    when = born[:, None] + share * life[:, None]
    places = start[:, None] + way[:, None] * (share * life[:, None])[..., None]
    places[..., 0] += rng.normal(0.0, 0.0016, places.shape[:2])
    beads = rng.uniform(0.0018, 0.0046, when.size)
    stretched = np.stack([beads, beads * rng.uniform(1.2, 3.0, when.size)], 1)
    flat = places.reshape(-1, 3)
    swarms += glassy(
        site,
        when.ravel(),
        np.full(when.size, 7.0),
        flat,
        stretched,
        np.zeros_like(flat),
        rng.random(when.size),
    )
    return swarms


def _lights(site: Site, rng: np.random.Generator) -> list[Swarm]:
    """Lamps out of focus by night: large round discs."""
    dark = site.plan.time in {TimeOfDay.NIGHT, TimeOfDay.DUSK}
    if not dark:
        return []
    count = 54
    at = np.stack(
        [rng.uniform(-6.5, 6.5, count), _UP_M + rng.normal(-0.5, 1.1, count), rng.uniform(-6.6, -5.4, count)],
        1,
    )
    tints = np.array(_LIGHTS)[rng.integers(0, len(_LIGHTS), count)]
    strength = 0.34
    look = Look(
        Shape.DROP, (Key(0.0, (strength, strength, strength), 1.0),), glow=1.0, cover=0.0, softness=0.06,
        twinkle=0.12, twinkle_hz=0.3,
    )  # fmt: skip
    return [
        grown(
            look, born=np.full(count, -1.0), life=1e3, start=at, size=rng.uniform(0.12, 0.36, count),
            chance=rng.random(count), tint=tints,
        )
    ]  # fmt: skip


def _rain(rng: np.random.Generator) -> Swarm:
    """Rain between the pane and the view, thin and pale."""
    count = _FALLING
    at = np.stack(
        [rng.uniform(-4.5, 4.5, count), np.full(count, _UP_M + 3.2), rng.uniform(-5.0, -1.2, count)], 1
    )
    look = Look(
        Shape.STREAK, (Key(0.0, (0.62, 0.66, 0.72), 0.22),), facing=Facing.ALONG, glow=1.0, softness=0.5,
        streak_s=0.035,
    )  # fmt: skip
    return grown(
        look, born=rng.uniform(-1.0, _LONGEST_S + 4.0, count), life=1.0, start=at,
        size=np.tile([0.004, 0.05], (count, 1)), velocity=np.array([0.35, -6.5, 0.0]),
        chance=rng.random(count),
    )  # fmt: skip
