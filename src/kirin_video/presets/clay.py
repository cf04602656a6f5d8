"""Draws shapes as a photographer shows clay: a soft key light, a sky that fills, a seamless ground.

Rays are marched through the distance field (sphere tracing: the distance to the nearest surface is how far a
ray may go without missing anything). Shadows are soft by how closely a ray to the light passes by a surface,
corners are darker by how much nearer the surface is than a free point would be.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kirin_video.presets.fields import Distances, Points, joined, length

Rgb = tuple[float, float, float]
Parts = Callable[[Points], Mapping["Clay", Distances]]
"""The distance of each part of a subject, by what the part is made of."""


@dataclass(frozen=True, slots=True)
class Clay:
    """What a part is made of.

    Attributes:
        colour: linear reflectance of red, green and blue.
        gloss: how much of the light it mirrors, 0 to 1.
        polish: how small the highlight is, an exponent.
    """

    colour: Rgb
    gloss: float = 0.12
    polish: float = 24.0


@dataclass(frozen=True, slots=True)
class Subject:
    """A thing to draw.

    Attributes:
        parts: its shape.
        centre: the height to look at.
        reach: a sphere of this radius about the centre holds all of it.
    """

    parts: Parts
    centre: float
    reach: float


_KEY = (-0.52, 0.72, 0.46)
_RIM = (0.62, 0.35, -0.70)
_KEY_LIGHT = np.asarray((1.30, 1.20, 1.06), np.float32)[:, None] * np.float32(1.30)
_SKY_LIGHT = np.asarray((0.80, 0.88, 1.00), np.float32)[:, None] * np.float32(0.58)
_BOUNCE = np.asarray((1.00, 0.93, 0.86), np.float32)[:, None] * np.float32(0.26)
_RIM_LIGHT = np.asarray((0.95, 0.97, 1.05), np.float32)[:, None] * np.float32(0.26)
_BACKDROP = np.asarray((0.80, 0.81, 0.83), np.float32)[:, None]
_OFFSETS = ((-0.375, -0.125), (-0.125, 0.375), (0.125, -0.375), (0.375, 0.125))
"""Where the finer rays of a pixel go, in pixels from its centre: no two in one row or column."""

_FIELD_OF_VIEW = 24.0
_MARGIN = 1.16
_STEPS = 110
_SHADOW_STEPS = 48
_NEAR = 0.0008
_BLOCK = 8  # pixels
_DARK = 0.004  # light that nobody sees
_LEVEL = 1e-4  # slope of a ray that never meets the ground
_SHADED = 7.0  # how far shadows are looked for, in reaches
_TOUCHED = 1.35  # how far the subject hides some sky, in reaches
_LINEAR_END = 0.0031308  # of sRGB


def draw(subject: Subject, yaw: float, pitch: float, side_px: int) -> NDArray[np.uint8]:
    """Draw a subject.

    Args:
        subject: what to draw.
        yaw: degrees the camera goes around it; 0 is in front, 90 shows the side that is to its left.
        pitch: degrees the camera looks down.
        side_px: width and height.

    Returns:
        Pixels of shape (side_px, side_px, 3), sRGB.
    """
    camera = _Camera(subject, yaw, pitch, side_px)
    centres = _grid(np.arange(side_px) + 0.5)
    starts = _starts(subject, camera, side_px).ravel()
    light, surface = _light(subject, camera, centres, starts)
    pixels = _tone(light)
    edges = np.flatnonzero(_edges(surface.reshape(side_px, side_px)))
    finer = [
        _tone(_light(subject, camera, centres[:, edges] + _column(offset), starts[edges])[0])
        for offset in _OFFSETS
    ]
    pixels[:, edges] = np.mean(finer, axis=0)
    # Half a step of noise keeps the soft ground from showing bands.
    noise = np.random.default_rng(7).random(side_px * side_px) - 0.5
    image = np.clip(pixels * 255.0 + 0.5 + noise, 0, 255).astype(np.uint8)
    return np.ascontiguousarray(image.T).reshape(side_px, side_px, 3)


class _Camera:
    """Where rays begin and go."""

    def __init__(self, subject: Subject, yaw: float, pitch: float, side_px: int) -> None:
        a, b = math.radians(yaw), math.radians(pitch)
        back = (math.sin(a) * math.cos(b), math.sin(b), math.cos(a) * math.cos(b))
        right = (math.cos(a), 0.0, -math.sin(a))
        self.back, self.right = _column(back), _column(right)
        self.up = _column(np.cross(back, right))
        self.side_px = side_px
        self.slope = math.tan(math.radians(_FIELD_OF_VIEW / 2))
        self.distance = subject.reach * _MARGIN / math.sin(math.radians(_FIELD_OF_VIEW / 2))
        self.eye = _column((0.0, subject.centre, 0.0)) + self.back * np.float32(self.distance)
        # The light stays with the photographer.
        self.key, self.rim = self._around(_KEY, a), self._around(_RIM, a)

    def rays(self, at: Points) -> Points:
        """The direction through each point of the picture, in pixels."""
        x = ((at[0] / self.side_px) * 2.0 - 1.0) * self.slope
        y = (1.0 - (at[1] / self.side_px) * 2.0) * self.slope
        rays = (x * self.right + y * self.up - self.back).astype(np.float32)
        return rays / length(rays)

    @staticmethod
    def _around(v: tuple[float, float, float], a: float) -> Points:
        c, s = math.cos(a), math.sin(a)
        turned = _column((c * v[0] + s * v[2], v[1], c * v[2] - s * v[0]))
        return turned / length(turned)


def _light(
    subject: Subject, camera: _Camera, at: Points, starts: Distances
) -> tuple[Points, NDArray[np.int32]]:
    """The light that comes in at points of the picture, linear; and a number that tells surfaces apart."""
    rays = camera.rays(at)
    distance = _march(subject, camera.eye, rays, starts)
    light = np.empty_like(rays)
    surface = np.zeros(rays.shape[1], np.int32)
    hit, miss = np.flatnonzero(np.isfinite(distance)), np.flatnonzero(~np.isfinite(distance))
    if len(hit):
        points = camera.eye + rays[:, hit] * distance[hit]
        light[:, hit], surface[hit] = _clay_light(subject, camera, points, rays[:, hit])
    if len(miss):
        light[:, miss] = _ground_light(subject, camera, rays[:, miss])
    return light, surface


def _clay_light(
    subject: Subject, camera: _Camera, points: Points, rays: Points
) -> tuple[Points, NDArray[np.int32]]:
    made_of = subject.parts(points)
    which = np.argmin(np.stack(list(made_of.values())), axis=0)
    colour = np.asarray([clay.colour for clay in made_of], np.float32).T[:, which]
    gloss = np.asarray([clay.gloss for clay in made_of], np.float32)[which]
    polish = np.asarray([clay.polish for clay in made_of], np.float32)[which]
    normals = _normals(subject, points)
    lifted = points + normals * np.float32(0.006)
    seen = _openness(subject, lifted, normals)
    facing = np.clip((normals * camera.key).sum(axis=0), 0.0, 1.0)
    towards = np.flatnonzero(facing > 0.0)
    shade = np.zeros_like(facing)
    shade[towards] = _shadow(subject, lifted[:, towards], camera.key)
    light = facing * shade * _KEY_LIGHT
    light += (0.5 + 0.5 * normals[1]) * seen * _SKY_LIGHT
    light += (0.5 - 0.5 * normals[1]) * seen * _BOUNCE
    light += np.clip((normals * camera.rim).sum(axis=0), 0.0, 1.0) * seen * _RIM_LIGHT
    light *= colour
    halfway = camera.key - rays
    shine = np.clip((normals * halfway).sum(axis=0) / length(halfway), 0.0, 1.0) ** polish * shade
    grazing = (1.0 - np.clip(-(normals * rays).sum(axis=0), 0.0, 1.0)) ** 5
    light += (shine * 1.6 + 0.25 * grazing * seen) * gloss
    steps = np.asarray((1, 16, 256), np.int32) @ np.round(normals * 3.0).astype(np.int32)
    return light, (which.astype(np.int32) + 1) * 4096 + steps


def _ground_light(subject: Subject, camera: _Camera, rays: Points) -> Points:
    """The ground, which runs into the backdrop without a seam."""
    down = rays[1] < -_LEVEL
    points = camera.eye - rays * (camera.eye[1] / np.where(down, rays[1], -1.0))
    away = np.hypot(points[0], points[2]) / np.float32(subject.reach)
    near = np.flatnonzero(down & (away < _SHADED))
    beside = np.flatnonzero(down & (away < _TOUCHED))
    lit, seen = np.ones_like(away), np.ones_like(away)
    lift, up = _column((0.0, 0.004, 0.0)), _column((0.0, 1.0, 0.0))
    lit[near] = _shadow(subject, points[:, near] + lift, camera.key)
    seen[beside] = _openness(subject, points[:, beside] + lift, np.repeat(up, len(beside), axis=1))
    key, sky = camera.key[1] * _KEY_LIGHT * 0.36, _SKY_LIGHT * 0.76
    # Relative to the empty ground, so that shadows are all that is left of it on the backdrop.
    shade = (lit * key + seen * sky) / (key + sky)
    fade = np.clip((away - 3.2) / 3.8, 0.0, 1.0)
    fade = np.where(down, fade * fade * (3.0 - 2.0 * fade), 1.0)
    vignette = 1.0 - 1.4 * np.clip(1.0 + (rays * camera.back).sum(axis=0), 0.0, 1.0)
    return _BACKDROP * vignette * (shade * (1.0 - fade) + fade)


def _distance(subject: Subject, points: Points) -> Distances:
    return joined(*subject.parts(points).values())


def _starts(subject: Subject, camera: _Camera, side_px: int) -> Distances:
    """How far every ray of a block of pixels may go at least; infinite where all of them miss the subject.

    One cone is marched for each block: it may advance as long as the nearest surface is farther away than the
    cone is wide.
    """
    blocks = -(-side_px // _BLOCK)
    rays = camera.rays(_grid(np.arange(blocks) * _BLOCK + _BLOCK / 2))
    # Half a block's diagonal, and a pixel for the finer rays that look beside the centres of pixels.
    spread = (_BLOCK / 2 + 1.0) * math.sqrt(2.0) * 2.0 * camera.slope / side_px
    found = np.full(rays.shape[1], np.inf, np.float32)
    active = np.flatnonzero(np.isinf(found))
    t = np.full(rays.shape[1], camera.distance - subject.reach * 1.1, np.float32)
    for _ in range(_STEPS):
        room = _distance(subject, camera.eye + rays[:, active] * t) - t * np.float32(spread)
        met = room < _NEAR
        found[active[met]] = t[met]
        t = t + np.maximum(room, _NEAR) * np.float32(0.9)
        going = ~met & (t < camera.distance + subject.reach * 1.1)
        active, t = active[going], t[going]
        if not len(active):
            break
    found[active] = t
    return np.repeat(np.repeat(found.reshape(blocks, blocks), _BLOCK, 0), _BLOCK, 1)[:side_px, :side_px]


def _march(subject: Subject, eye: Points, rays: Points, starts: Distances) -> Distances:
    """How far each ray goes from its start until it meets the subject; infinite if it does not."""
    enter, leave = _inside_reach(subject, eye, rays)
    found = np.full(rays.shape[1], np.inf, np.float32)
    enter = np.maximum(enter, starts)
    active = np.flatnonzero(leave > enter)
    t = enter[active]
    for _ in range(_STEPS):
        if not len(active):
            break
        d = _distance(subject, eye + rays[:, active] * t)
        met = d < _NEAR
        found[active[met]] = t[met]
        t = t + d * np.float32(0.92)
        going = ~met & (t < leave[active])
        active, t = active[going], t[going]
    return found


def _inside_reach(subject: Subject, starts: Points, rays: Points) -> tuple[Distances, Distances]:
    """Where rays enter and leave the sphere about the subject; leaving is before entering if they miss it."""
    from_centre = starts - _column((0.0, subject.centre, 0.0))
    b = (from_centre * rays).sum(axis=0)
    c = (from_centre * from_centre).sum(axis=0) - np.float32(subject.reach**2)
    root = np.sqrt(np.maximum(b * b - c, 0.0))
    return np.maximum(-b - root, 0.0), np.where(b * b < c, np.float32(-1.0), -b + root)


def _normals(subject: Subject, points: Points) -> Points:
    """Gradients of the distance by four differences at the corners of a tetrahedron."""
    total = np.zeros_like(points)
    for corner in ((1.0, -1.0, -1.0), (-1.0, -1.0, 1.0), (-1.0, 1.0, -1.0), (1.0, 1.0, 1.0)):
        towards = _column(corner)
        total += towards * _distance(subject, points + towards * np.float32(0.0015))
    return total / np.maximum(length(total), 1e-9)


def _openness(subject: Subject, points: Points, normals: Points) -> Distances:
    """How much of the sky a point sees, 0 to 1; the ground hides some of it too."""
    hidden = np.zeros(points.shape[1], np.float32)
    weight = 0.52
    for step in range(1, 6):
        away = np.float32(subject.reach * 0.055 * step)
        free = points + normals * away
        d = np.minimum(_distance(subject, free), np.maximum(free[1], 0.0) + away * 0.35)
        hidden += np.float32(weight) * np.clip(away - d, 0.0, away) / away
        weight *= 0.72
    return np.clip(1.0 - 0.62 * hidden, 0.0, 1.0)


def _shadow(subject: Subject, points: Points, to_light: Points) -> Distances:
    """How much of the light reaches each point, 0 to 1."""
    enter, leave = _inside_reach(subject, points, to_light)
    lit = np.ones(points.shape[1], np.float32)
    active = np.flatnonzero(leave > 0.0)
    t = np.maximum(enter[active], np.float32(0.012))
    for _ in range(_SHADOW_STEPS):
        if not len(active):
            break
        d = _distance(subject, points[:, active] + to_light * t)
        lit[active] = np.minimum(lit[active], np.clip(0.5 + 0.5 * d * 9.0 / t, 0.0, 1.0))
        t = t + np.clip(d, 0.018, 0.22)
        going = (lit[active] > _DARK) & (t < leave[active])
        active, t = active[going], t[going]
    return lit * lit * (3.0 - 2.0 * lit)


def _edges(surface: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Pixels beside which another surface begins."""
    found = np.zeros(surface.shape, bool)
    across, down = surface[:, 1:] != surface[:, :-1], surface[1:] != surface[:-1]
    found[:, 1:] |= across
    found[:, :-1] |= across
    found[1:] |= down
    found[:-1] |= down
    return found


def _tone(light: Points) -> Points:
    """Linear light as sRGB, with highlights rolled off from 0.7 upwards."""
    knee = 0.7
    over = np.maximum(light - knee, 0.0)
    rolled = np.minimum(light, knee) + (1.0 - knee) * (1.0 - np.exp(-over / (1.0 - knee)))
    bent = 1.055 * np.maximum(rolled, 1e-6) ** (1 / 2.4) - 0.055
    return np.where(rolled <= _LINEAR_END, rolled * 12.92, bent)


def _grid(steps: Points) -> Points:
    """The points of a square grid as columns, row by row."""
    x, y = np.meshgrid(steps, steps)
    return np.stack((x.ravel(), y.ravel()))


def _column(v: Iterable[float]) -> Points:
    return np.asarray(tuple(v), np.float32)[:, None]
