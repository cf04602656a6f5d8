"""A cut-out that moves before a photograph: its way, its gait, and the layer it is drawn from."""

# ruff: noqa: PLR2004 - the numbers are shares of a height that were tuned by looking
from __future__ import annotations

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from kirin_video.domain.shot import FPS
from kirin_video.engines.previs.photo.guest import Ground, Guest
from kirin_video.engines.previs.photo.layers import Layer
from kirin_video.engines.previs.plan import Action
from kirin_video.engines.previs.references.cutting import Cut
from kirin_video.engines.previs.references.poses import Pose
from kirin_video.engines.previs.references.views import Side, mirrored
from kirin_video.engines.previs.visitors.entrances import Entrance
from kirin_video.engines.previs.visitors.matching import matched

Plane = NDArray[np.float32]
Floats = NDArray[np.float64]

_STARTS_S, _APPEARS_S = 0.25, 1.1
_ARRIVES: Final = 0.68
_OUTSIDE: Final = 0.08
_FASTEST: Final = 2.6
_SLOWS: Final = 0.22
_REST_FOOT: Final = 0.94
_SHADE, _CONTACT = 0.46, 0.72
_HIP, _NECK = 0.46, 0.72
_TURN_S: Final = 0.5
"""So long it takes to turn from the side to the front."""
_EDGEWISE: Final = 0.72
"""How narrow it becomes while it turns; layers can be squeezed no further."""
_BELOW: Final = 0.002
"""By how much less near the shade is than who throws it."""


class Puppet:
    """One visitor.

    Args:
        entrance: its part.
        ground: the picture it comes into.
        duration_s: length of the clip.
        seed: of its gait.
    """

    def __init__(self, entrance: Entrance, ground: Ground, *, duration_s: float, seed: int) -> None:
        self._entrance, self._seed = entrance, seed
        height, width = ground.rgb.shape[:2]
        self._width, self._height = width, height
        cut = entrance.figure.view.cut
        if entrance.side < 0.0 and entrance.figure.view.side is Side.SIDE:
            cut = mirrored(cut)
        self._high = entrance.tall * height
        self._wide = self._width_of(cut)
        self._rest = width / 2.0, (1.0 if entrance.figure.hangs else _REST_FOOT) * height
        self._from, self._to, self._lasts_s = self._way(duration_s)
        self._poses = self._acted(np.arange(round(duration_s * FPS) + 1) / FPS)
        around = _around(ground, entrance)
        self.guests = [self._worn(cut, around, turns_up=False)]
        if entrance.turns_to is not None:
            self.guests.append(self._worn(entrance.turns_to.cut, around, turns_up=True))
        if not (entrance.figure.hangs or entrance.aloft):
            shade = self._shaded(cut.alpha)
            self.guests.insert(0, Guest(shade, entrance.near - _BELOW, self._slide, self.opacity))

    def _width_of(self, cut: Cut) -> float:
        return self._high * cut.alpha.shape[1] / cut.alpha.shape[0]

    def _worn(self, cut: Cut, around: NDArray[np.uint8], *, turns_up: bool) -> Guest:
        """One view of it: it is seen until it has turned half round, or from then on."""

        def stir(grid: Plane, time_s: float) -> None:
            self.stir(grid, time_s)
            grid[0] = np.float32(self._rest[0]) + (grid[0] - np.float32(self._rest[0])) / self._breadth(
                time_s
            )

        def opacity(time_s: float) -> float:
            return self.opacity(time_s) if (self._turned(time_s) >= 0.5) is turns_up else 0.0

        return Guest(
            self._layer(matched(cut.rgb, cut.alpha, around), cut), self._entrance.near, stir, opacity
        )

    def _turned(self, time_s: float) -> float:
        """How far it has turned from the view it comes in to the one it stays in, 0 to 1."""
        if self._entrance.turns_to is None:
            return 0.0
        return _smooth((time_s - self._lasts_s) / _TURN_S)

    def _breadth(self, time_s: float) -> np.float32:
        """How broad it is while it turns round: a view from the edge is narrow."""
        turned = self._turned(time_s)
        return np.float32(max(abs(float(np.cos(np.pi * turned))), _EDGEWISE))

    def _way(self, duration_s: float) -> tuple[float, float, float]:
        """Where it starts and stops, pixels, and for how long it goes."""
        entrance = self._entrance
        stop = entrance.place * self._width
        if entrance.side == 0.0:
            return stop, stop, 0.0
        outside = self._wide / 2 + _OUTSIDE * self._width
        start = -outside if entrance.side > 0 else self._width + outside
        pace = entrance.figure.motion.pace(entrance.action) * self._high / entrance.figure.body.height_m
        usual = abs(stop - start) / max(pace, 1.0)
        longest = max(_ARRIVES * duration_s, 1.0)
        return start, stop, float(np.clip(usual, min(longest, 1.0), longest))

    def opacity(self, time_s: float) -> float:
        """Who walks in is there all along, beyond the border; others come out of nothing."""
        if time_s <= 0.0:
            return 0.0
        return 1.0 if self._entrance.side else _smooth((time_s - _STARTS_S) / _APPEARS_S)

    def at(self, time_s: float) -> float:
        """Where its middle is, pixels."""
        if not self._lasts_s:
            return self._to
        u = min(max(time_s / self._lasts_s, 0.0), 1.0)
        if 0.0 <= self._to <= self._width:
            # at an even pace, and slower over the last steps
            ease = _SLOWS
            v = max(u - (1.0 - ease), 0.0) / ease
            u = (min(u, 1.0 - ease) + ease * (v - v * v / 2)) / (1.0 - ease / 2)
        return self._from + (self._to - self._from) * u

    def _acted(self, times: Floats) -> Pose:
        """How it stands at every frame: going while it goes, then alive where it is."""
        entrance, motion = self._entrance, self._entrance.figure.motion
        way = np.array([abs(self.at(float(time_s)) - self._from) for time_s in times])
        gone = way / self._high * entrance.figure.body.height_m
        pose = motion.pose(entrance.action, gone, times, seed=self._seed)
        if not entrance.side:
            return pose
        rest = motion.pose(Action.IDLE, gone, times, seed=self._seed)
        done = np.clip((times - self._lasts_s + 0.4) / 0.5, 0.0, 1.0)
        return _between(pose, rest, done * done * (3.0 - 2.0 * done))

    def stir(self, grid: Plane, time_s: float) -> None:
        """From the picture's coordinates to those of the layer, in place: all of its motion undone."""
        now = min(max(round(time_s * FPS), 0), len(self._poses.up) - 1)
        pose, high = self._poses, self._high
        sign = -1.0 if self._entrance.side < 0.0 else 1.0
        right = (grid[0] - np.float32(self.at(time_s))) / np.float32(high)
        up = (np.float32(self._entrance.foot * self._height) - grid[1]) / np.float32(high)
        if self._entrance.side == 0.0:
            up = up + np.float32(0.05 * (1.0 - self.opacity(time_s)))
        right = right - np.float32(pose.aside[now])
        up = up - np.float32(pose.up[now])
        right, up = _turned(right, up, sign * float(pose.lean[now]), 0.0)
        right, up = _turned(right, up, sign * abs(float(pose.roll[now] - pose.roll[0])), 0.5)
        breath = 1.0 + 0.6 * float(pose.breath[now])
        stretch = float(pose.stretch[now]) * breath * (1.0 - 0.12 * float(pose.bow[now]))
        right = right * np.float32(np.sqrt(stretch) / max(float(np.cos(pose.yaw[now])), 0.72))
        up = up / np.float32(stretch)
        right, up = _limbs_undone(right, up, pose, now, sign)
        grid[0] = np.float32(self._rest[0]) + right * np.float32(high)
        grid[1] = np.float32(self._rest[1]) - up * np.float32(high)

    def _layer(self, rgb: NDArray[np.uint8], cut: Cut) -> Layer:
        """The cut-out at rest, in some light, in a picture of its own."""
        alpha = cut.alpha
        size = max(2, round(self._width_of(cut))), max(2, round(self._high))
        shrinking = size[1] < alpha.shape[0]
        mode = cv2.INTER_AREA if shrinking else cv2.INTER_CUBIC
        color = np.asarray(cv2.resize(rgb, size, interpolation=mode), np.uint8)
        cover = np.clip(np.asarray(cv2.resize(alpha, size, interpolation=mode), np.float32), 0, 1)
        canvas = np.zeros((self._height, self._width, 3), np.uint8)
        opaque = np.zeros((self._height, self._width), np.float32)
        left, top = round(self._rest[0] - size[0] / 2), round(self._rest[1]) - size[1]
        x0, y0 = max(left, 0), max(top, 0)
        x1, y1 = min(left + size[0], self._width), min(top + size[1], self._height)
        part = slice(y0 - top, y1 - top), slice(x0 - left, x1 - left)
        canvas[y0:y1, x0:x1], opaque[y0:y1, x0:x1] = color[part], cover[part]
        return Layer(canvas, opaque, self._nearness())

    def _nearness(self) -> Plane:
        return np.full((8, 8), self._entrance.near, np.float32)

    def _slide(self, grid: Plane, time_s: float) -> None:
        """As :meth:`stir`, for the shade, which goes along and does nothing else."""
        grid[0] += np.float32(self._rest[0] - self.at(time_s))
        grid[1] += np.float32(self._rest[1] - self._entrance.foot * self._height)

    def _shaded(self, alpha: Plane) -> Layer:
        """A soft dark patch on the ground below it, as wide as what stands there."""
        cover = np.asarray(
            cv2.resize(alpha, (max(2, round(self._wide)), max(2, round(self._high)))), np.float32
        )
        low = np.flatnonzero((cover[round(0.86 * len(cover)) :] > 0.5).any(axis=0))
        wide = (float(low[-1] - low[0]) if len(low) else self._wide) * 0.62
        plane = np.zeros((self._height, self._width), np.float32)
        offset = (float(low.mean()) - cover.shape[1] / 2) if len(low) else 0.0
        center = round(self._rest[0] + offset), round(self._rest[1] - 0.012 * self._high)
        axes = max(2, round(wide)), max(1, round(0.2 * wide + 0.008 * self._high))
        cv2.ellipse(plane, center, axes, 0, 0, 360, _SHADE, cv2.FILLED)
        soft = np.asarray(cv2.GaussianBlur(plane, (0, 0), max(1.0, 0.16 * wide)), np.float32)
        # where the feet touch hardly any light gets in
        touching = np.zeros_like(plane)
        core = max(1, round(0.7 * wide)), max(1, round(0.008 * self._high))
        cv2.ellipse(touching, center, core, 0, 0, 360, _CONTACT, cv2.FILLED)
        close = np.asarray(cv2.GaussianBlur(touching, (0, 0), max(0.8, 0.035 * wide)), np.float32)
        return Layer(np.zeros((*plane.shape, 3), np.uint8), np.maximum(soft, close), self._nearness())


def _limbs_undone(right: Plane, up: Plane, pose: Pose, now: int, sign: float) -> tuple[Plane, Plane]:
    """The nod of the head, the swing of the legs and the lift of the feet undone."""
    head = np.clip((up - np.float32(0.66)) / np.float32(0.2), 0, 1)
    tipped = right - np.float32(sign * pose.nod[now]) * head * np.maximum(up - np.float32(_NECK), 0)
    leg = np.clip((np.float32(_HIP) - up) / np.float32(_HIP), 0, 1)
    side = np.tanh(tipped / np.float32(0.05))
    lifts = np.float32(pose.lift[0][now]), np.float32(pose.lift[1][now])
    swung = tipped + np.float32(pose.swing[now]) * np.float32(_HIP) * leg * leg * side
    lifted = up - np.float32(0.5) * leg * (lifts[0] * (1 - side) + lifts[1] * (1 + side))
    return np.asarray(swung, np.float32), np.asarray(lifted, np.float32)


def _around(ground: Ground, entrance: Entrance) -> NDArray[np.uint8]:
    """The part of the photograph that a visitor comes to stand before."""
    height, width = ground.rgb.shape[:2]
    middle = float(np.clip(entrance.place, 0.15, 0.85))
    left, right = (int(np.clip((middle + by) * width, 0, width)) for by in (-0.25, 0.25))
    top = int(np.clip(entrance.foot - entrance.tall, 0.0, 0.8) * height)
    bottom = int(np.clip(entrance.foot, 0.3, 1.0) * height)
    return ground.rgb[top:bottom:4, left:right:4]


def _turned(right: Plane, up: Plane, angle: float, about: float) -> tuple[Plane, Plane]:
    """A turn to the right by an angle undone, about a point so high above the foot."""
    cos, sin = np.float32(np.cos(angle)), np.float32(np.sin(angle))
    high = up - np.float32(about)
    turned = right * cos - high * sin, right * sin + high * cos + np.float32(about)
    return turned[0].astype(np.float32), turned[1].astype(np.float32)


def _between(pose: Pose, rest: Pose, share: Floats) -> Pose:
    """Poses a share of the way to others, for every frame."""

    def mixed(a: Floats, b: Floats) -> Floats:
        return a + share * (b - a)

    return Pose(
        up=mixed(pose.up, rest.up), aside=mixed(pose.aside, rest.aside), lean=mixed(pose.lean, rest.lean),
        bow=mixed(pose.bow, rest.bow), yaw=mixed(pose.yaw, rest.yaw), roll=pose.roll,
        stretch=mixed(pose.stretch, rest.stretch), breath=mixed(pose.breath, rest.breath),
        nod=mixed(pose.nod, rest.nod), swing=mixed(pose.swing, rest.swing),
        lift=(mixed(pose.lift[0], rest.lift[0]), mixed(pose.lift[1], rest.lift[1])),
    )  # fmt: skip


def _smooth(u: float) -> float:
    u = min(max(u, 0.0), 1.0)
    return u * u * (3.0 - 2.0 * u)
