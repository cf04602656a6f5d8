"""The occasion of an effect: the shot it belongs to, and where in it there is room."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from kirin_video.domain.shot import FPS
from kirin_video.engines.previs.camera import View
from kirin_video.engines.previs.plan import ShotPlan, TimeOfDay
from kirin_video.engines.previs.scenery import Lamp, Scene
from kirin_video.engines.previs.swarms import Floats, Swarm

_BREEZE = (0.75, 0.0, 0.22)
"""Metres a second of the air where the light says 1.0."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What an effect adds to a scene.

    Attributes:
        swarms: what is seen of it.
        lamps: how it lights its surroundings.
    """

    swarms: tuple[Swarm, ...] = ()
    lamps: tuple[Lamp, ...] = ()


def together(effects: Sequence[Effect]) -> Effect:
    """Several as one."""
    return Effect(
        tuple(swarm for effect in effects for swarm in effect.swarms),
        tuple(lamp for effect in effects for lamp in effect.lamps),
    )


@dataclass(frozen=True, slots=True)
class Occasion:
    """A shot that is ready but for its effects.

    Attributes:
        plan: what will be shown.
        scene: with its actors; its ground can be asked.
        views: the camera of every frame.
        times: seconds of the air at every frame: less in slow motion.
        aspect: width over height of the picture.
        seed: what makes this one different.
    """

    plan: ShotPlan
    scene: Scene
    views: tuple[View, ...]
    times: tuple[float, ...]
    aspect: float
    seed: int
    _streams: list[int] = field(default_factory=lambda: [0])

    @property
    def seconds(self) -> float:
        """Until when anything can happen."""
        return max(self.times) + 1.0 / FPS

    @property
    def ticks(self) -> Floats:
        """Every 24th of a second of the air, (t,): what lamps know their changes at."""
        return np.arange(math.ceil(self.seconds * FPS) + 1) / FPS

    @property
    def wind(self) -> Floats:
        """Metres a second."""
        strength = self.scene.light.wind
        return np.array(_BREEZE) * strength

    @property
    def dark(self) -> bool:
        """Whether flames and glows are the brightest things about."""
        return self.plan.time in {TimeOfDay.NIGHT, TimeOfDay.DUSK}

    def rng(self) -> np.random.Generator:
        """The next stream of this shot's chance."""
        self._streams[0] += 1
        return np.random.default_rng([self.seed & 0x7FFFFFFF, 601, self._streams[0]])

    def births(self, rng: np.random.Generator, per_s: float, life_s: float) -> Floats:
        """When they are born, (n,), seconds: at any time so many live, from the first frame on."""
        count = max(round(per_s * (self.seconds + life_s)), 1)
        steps = (np.arange(count) + rng.random(count)) / count
        return steps * (self.seconds + life_s) - life_s

    def floor(self, x: Floats, z: Floats) -> Floats:
        """Heights (n,) of the ground, or of the water over it."""
        heights = [self.scene.ground_height(a, b) for a, b in zip(x.tolist(), z.tolist(), strict=True)]
        lowest = self.scene.water.level_m if self.scene.water is not None else -math.inf
        return np.maximum(np.array(heights, float), lowest)

    def frame_at(self, time_s: float) -> int:
        """The number of the frame that shows a moment."""
        return int(np.abs(np.array(self.times) - time_s).argmin())

    def followed(self, values: Floats, at: Floats) -> Floats:
        """What is known for every frame, (f, 3), at other times (n,)."""
        order = np.argsort(self.times, kind="stable")
        known = np.array(self.times)[order]
        columns: list[Floats] = [np.interp(at, known, column) for column in values[order].T]
        return np.stack(columns, 1)

    def in_sight(
        self, rng: np.random.Generator, count: int, near_m: float, far_m: float, spread: float = 1.15
    ) -> tuple[Floats, Floats]:
        """Places (n, 3) in the picture of one moment of the clip or another, and those moments (n,).

        Args:
            rng: a stream of chance.
            count: how many.
            near_m: not nearer to the camera.
            far_m: not further.
            spread: how far over the picture's borders, 1.0 not at all.
        """
        which = rng.integers(0, len(self.views), count)
        depth = np.sqrt(rng.uniform(near_m**2, far_m**2, count))
        right, up = rng.uniform(-spread, spread, (2, count))
        return self.points(which, right, up, depth), np.array(self.times)[which]

    def points(
        self, which: Sequence[int] | NDArray[np.integer], right: Floats, up: Floats, depth: Floats
    ) -> Floats:
        """Places (n, 3) by the frames (n,) they are seen in.

        Args:
            which: numbers of frames.
            right: from the middle of the picture, -1 its left border, 1 its right one.
            up: likewise.
            depth: metres ahead of the camera.
        """
        frames = np.array([_frame(view, self.aspect) for view in self.views])[np.asarray(which, int)]
        eye, ahead, side, rise = (frames[:, k] for k in range(4))
        at = ahead + side * right[:, None] + rise * up[:, None]
        return eye + at * depth[:, None]


def _frame(view: View, aspect: float) -> Floats:
    """Eye, the way ahead, and half of the picture's width and height one metre ahead: (4, 3)."""
    eye, target = np.array(view.eye), np.array(view.target)
    ahead = (target - eye) / np.linalg.norm(target - eye)
    side = np.cross(ahead, (0.0, 1.0, 0.0))
    side /= np.linalg.norm(side)
    half = math.tan(math.radians(view.fov_deg) / 2.0)
    return np.stack([eye, ahead, side * half * aspect, np.cross(side, ahead) * half])
