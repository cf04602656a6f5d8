"""Draws shapes as a photographer shows clay: a soft key light, a sky that fills, a seamless ground.

Rays are marched through the distance field (sphere tracing: the distance to the nearest surface is how far a
ray may go without missing anything). Shadows are soft by how closely a ray to the light passes by a surface,
corners are darker by how much nearer the surface is than a free point would be.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kirin_video.presets.fields import Distances, Points, joined

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


_KEY = np.asarray((-0.52, 0.72, 0.46), np.float32) / np.float32(math.sqrt(0.52**2 + 0.72**2 + 0.46**2))
_RIM = np.asarray((0.62, 0.35, -0.70), np.float32) / np.float32(math.sqrt(0.62**2 + 0.35**2 + 0.70**2))
_KEY_LIGHT = np.asarray((1.30, 1.20, 1.06), np.float32) * np.float32(1.75)
_SKY_LIGHT = np.asarray((0.80, 0.88, 1.00), np.float32) * np.float32(0.72)
_BOUNCE = np.asarray((1.00, 0.93, 0.86), np.float32) * np.float32(0.30)
_RIM_LIGHT = np.asarray((0.95, 0.97, 1.05), np.float32) * np.float32(0.30)
_GROUND = np.asarray((0.66, 0.655, 0.65), np.float32)
_BACKDROP = np.asarray((0.90, 0.905, 0.915), np.float32)
_FIELD_OF_VIEW = 24.0
_MARGIN = 1.16
_STEPS = 110
_NEAR = 0.0008


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
    camera = _Camera(subject, yaw, pitch)
    centres = np.stack(np.meshgrid(np.arange(side_px), np.arange(side_px)), axis=-1).reshape(-1, 2) + 0.5
    light, surface = _light(subject, camera, centres, side_px)
    image = light.reshape(side_px, side_px, 3)
    edges = np.flatnonzero(_edges(surface.reshape(side_px, side_px)))
    offsets = [((i + 0.5) / 4 - 0.5, ((i * 2 + i // 2) % 4 + 0.5) / 4 - 0.5) for i in range(4)]
    finer = [_light(subject, camera, centres[edges] + np.asarray(each), side_px)[0] for each in offsets]
    image.reshape(-1, 3)[edges] = np.mean([_tone(each) for each in finer], axis=0)
    plain = np.ones(side_px * side_px, bool)
    plain[edges] = False
    image.reshape(-1, 3)[plain] = _tone(image.reshape(-1, 3)[plain])
    # Half a step of noise keeps the soft ground from showing bands.
    noise = np.random.default_rng(7).random((side_px, side_px, 1)) - 0.5
    return np.clip(image * 255.0 + 0.5 + noise, 0, 255).astype(np.uint8)


class _Camera:
    """Where rays begin and go."""

    def __init__(self, subject: Subject, yaw: float, pitch: float) -> None:
        a, b = math.radians(yaw), math.radians(pitch)
        self.back = np.asarray((math.sin(a) * math.cos(b), math.sin(b), math.cos(a) * math.cos(b)), np.float32)
        self.right = np.asarray((math.cos(a), 0.0, -math.sin(a)), np.float32)
        self.up = np.cross(self.back, self.right).astype(np.float32)
        self.slope = math.tan(math.radians(_FIELD_OF_VIEW / 2))
        self.distance = subject.reach * _MARGIN / math.sin(math.radians(_FIELD_OF_VIEW / 2))
        self.eye = np.asarray((0.0, subject.centre, 0.0), np.float32) + self.back * np.float32(self.distance)
        # The light stays with the photographer.
        self.key = self._around(_KEY, a)
        self.rim = self._around(_RIM, a)

    def rays(self, at: NDArray[np.float64], side_px: int) -> Points:
        """The direction through each point of the picture, in pixels."""
        x = ((at[:, :1] / side_px) * 2.0 - 1.0) * self.slope
        y = (1.0 - (at[:, 1:] / side_px) * 2.0) * self.slope
        rays = x * self.right + y * self.up - self.back
        return (rays / np.sqrt(np.einsum("ij,ij->i", rays, rays))[:, None]).astype(np.float32)

    @staticmethod
    def _around(v: Points, a: float) -> Points:
        c, s = math.cos(a), math.sin(a)
        return np.asarray((c * v[0] + s * v[2], v[1], c * v[2] - s * v[0]), np.float32)


def _light(
    subject: Subject, camera: _Camera, at: NDArray[np.float64], side_px: int
) -> tuple[NDArray[np.float32], NDArray[np.int32]]:
    """The light that comes in at points of the picture, linear; and a number that tells surfaces apart."""
    rays = camera.rays(at, side_px)
    distance = _march(subject, camera.eye, rays)
    light = np.empty((len(rays), 3), np.float32)
    surface = np.zeros(len(rays), np.int32)
    hit = np.flatnonzero(np.isfinite(distance))
    miss = np.flatnonzero(~np.isfinite(distance))
    if len(hit):
        points = camera.eye + rays[hit] * distance[hit, None]
        light[hit], surface[hit] = _clay_light(subject, camera, points, rays[hit])
    if len(miss):
        light[miss] = _ground_light(subject, camera, rays[miss])
    return light, surface


def _clay_light(
    subject: Subject, camera: _Camera, points: Points, rays: Points
) -> tuple[NDArray[np.float32], NDArray[np.int32]]:
    made_of = subject.parts(points)
    clays = list(made_of)
    which = np.argmin(np.stack([made_of[clay] for clay in clays]), axis=0)
    colour = np.asarray([clay.colour for clay in clays], np.float32)[which]
    gloss = np.asarray([clay.gloss for clay in clays], np.float32)[which]
    polish = np.asarray([clay.polish for clay in clays], np.float32)[which]
    normals = _normals(subject, points)
    lifted = points + normals * np.float32(0.006)
    open_ = _openness(subject, lifted, normals)
    shade = _shadow(subject, lifted, camera.key)
    facing = np.clip(normals @ camera.key, 0.0, 1.0) * shade
    sky = (0.5 + 0.5 * normals[:, 1]) * open_
    bounce = (0.5 - 0.5 * normals[:, 1]) * open_
    rim = np.clip(normals @ camera.rim, 0.0, 1.0) * open_
    light = (
        facing[:, None] * _KEY_LIGHT + sky[:, None] * _SKY_LIGHT + bounce[:, None] * _BOUNCE
        + rim[:, None] * _RIM_LIGHT
    ) * colour
    halfway = camera.key - rays
    halfway /= np.sqrt(np.einsum("ij,ij->i", halfway, halfway))[:, None]
    shine = np.clip(np.einsum("ij,ij->i", normals, halfway), 0.0, 1.0) ** polish * shade
    grazing = (1.0 - np.clip(-np.einsum("ij,ij->i", normals, rays), 0.0, 1.0)) ** 5
    light += ((shine * 1.6 + 0.25 * grazing * open_) * gloss)[:, None]
    steps = np.round(normals * 3.0).astype(np.int32) @ np.asarray((1, 16, 256), np.int32)
    return light.astype(np.float32), (which.astype(np.int32) + 1) * 4096 + steps


def _ground_light(subject: Subject, camera: _Camera, rays: Points) -> NDArray[np.float32]:
    """The ground, which runs into the backdrop without a seam."""
    down = rays[:, 1] < -1e-4
    t = np.where(down, -camera.eye[1] / np.where(down, rays[:, 1], -1.0), 0.0)
    points = camera.eye + rays * t[:, None].astype(np.float32)
    away = np.hypot(points[:, 0], points[:, 2]) / np.float32(subject.reach)
    near = np.flatnonzero(down & (away < 7.0))
    lit = np.ones(len(rays), np.float32)
    open_ = np.ones(len(rays), np.float32)
    if len(near):
        up = np.zeros((len(near), 3), np.float32)
        up[:, 1] = 1.0
        above = points[near] + up * np.float32(0.004)
        lit[near] = _shadow(subject, above, camera.key)
        open_[near] = _openness(subject, above, up)
    ground = (
        (lit * camera.key[1])[:, None] * _KEY_LIGHT * 0.36 + open_[:, None] * _SKY_LIGHT * 0.76
    ) * _GROUND
    plain = (camera.key[1] * _KEY_LIGHT * 0.36 + _SKY_LIGHT * 0.76) * _GROUND
    # Relative to the empty ground, so that shadows are all that is left of it on the backdrop.
    shade = ground / plain
    fade = np.clip((away - 3.2) / 3.8, 0.0, 1.0)[:, None]
    fade = np.where(down[:, None], fade * fade * (3 - 2 * fade), 1.0)
    glow = np.float32(1.0) - np.float32(0.07) * np.clip(1.0 - rays @ -camera.back, 0.0, 1.0)[:, None] * 20
    return (_BACKDROP * glow * (shade * (1 - fade) + fade)).astype(np.float32)


def _distance(subject: Subject, points: Points) -> Distances:
    return joined(*subject.parts(points).values())


def _march(subject: Subject, eye: Points, rays: Points) -> Distances:
    """How far each ray goes until it meets the subject; infinite if it does not."""
    enter, leave = _inside_reach(subject, np.broadcast_to(eye, rays.shape), rays)
    found = np.full(len(rays), np.inf, np.float32)
    active = np.flatnonzero(leave > enter)
    t = enter[active].copy()
    for _ in range(_STEPS):
        if not len(active):
            break
        d = _distance(subject, eye + rays[active] * t[:, None])
        met = d < _NEAR
        found[active[met]] = t[met]
        t = t + d * np.float32(0.92)
        going = ~met & (t < leave[active])
        active, t = active[going], t[going]
    return found


def _inside_reach(subject: Subject, starts: Points, rays: Points) -> tuple[Distances, Distances]:
    """Where rays enter and leave the sphere about the subject; leaving is before entering if they miss it."""
    from_centre = starts - np.asarray((0.0, subject.centre, 0.0), np.float32)
    b = np.einsum("ij,ij->i", from_centre, rays)
    c = np.einsum("ij,ij->i", from_centre, from_centre) - np.float32(subject.reach**2)
    root = np.sqrt(np.maximum(b * b - c, 0.0))
    enter = np.maximum(-b - root, 0.0)
    leave = np.where(b * b < c, np.float32(-1.0), -b + root)
    return enter, leave


def _normals(subject: Subject, points: Points) -> Points:
    """Gradients of the distance by four differences at the corners of a tetrahedron."""
    corners = np.asarray(((1, -1, -1), (-1, -1, 1), (-1, 1, -1), (1, 1, 1)), np.float32)
    eps = np.float32(0.0015)
    total = np.zeros_like(points)
    for corner in corners:
        total += corner * _distance(subject, points + corner * eps)[:, None]
    return total / np.maximum(np.sqrt(np.einsum("ij,ij->i", total, total)), 1e-9)[:, None]


def _openness(subject: Subject, points: Points, normals: Points) -> Distances:
    """How much of the sky a point sees, 0 to 1; the ground hides some of it too."""
    hidden = np.zeros(len(points), np.float32)
    weight = 0.52
    for step in range(1, 6):
        away = np.float32(subject.reach * 0.055 * step)
        free = points + normals * away
        d = np.minimum(_distance(subject, free), np.maximum(free[:, 1], 0.0) + away * 0.35)
        hidden += np.float32(weight) * np.maximum(away - d, 0.0) / away
        weight *= 0.72
    return np.clip(1.0 - 0.62 * hidden, 0.0, 1.0)


def _shadow(subject: Subject, points: Points, to_light: Points) -> Distances:
    """How much of the light reaches each point, 0 to 1."""
    rays = np.broadcast_to(to_light, points.shape)
    enter, leave = _inside_reach(subject, points, rays)
    lit = np.ones(len(points), np.float32)
    active = np.flatnonzero(leave > 0.0)
    t = np.maximum(enter[active], np.float32(0.012))
    for _ in range(48):
        if not len(active):
            break
        d = _distance(subject, points[active] + to_light * t[:, None])
        lit[active] = np.minimum(lit[active], np.clip(0.5 + 0.5 * d * 9.0 / t, 0.0, 1.0))
        t = t + np.clip(d, 0.018, 0.22)
        going = (lit[active] > 0.004) & (t < leave[active])
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


def _tone(light: NDArray[np.float32]) -> NDArray[np.float32]:
    """Linear light as sRGB, with highlights rolled off from 0.8 upwards."""
    knee = np.float32(0.8)
    over = np.maximum(light - knee, 0.0)
    rolled = np.minimum(light, knee) + (1 - knee) * (1 - np.exp(-over / (1 - knee)))
    return np.where(rolled <= 0.0031308, rolled * 12.92, 1.055 * np.maximum(rolled, 1e-6) ** (1 / 2.4) - 0.055)
