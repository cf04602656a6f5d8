"""All that is known before a clip is painted: the scene, every view, and what was measured on its land.

A scene's ground is a function, which cannot be sent to a painting process; a prospect is numbers only.
Painting processes import this module and nothing that builds worlds: `survey` makes prospects.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.camera import View
from kirin_video.engines.previs.clock import Clock
from kirin_video.engines.previs.glass import Glass
from kirin_video.engines.previs.scenery import Scene, Water


@dataclass(frozen=True, slots=True)
class SkySpan:
    """The part of the sky that a clip shows.

    Attributes:
        left_rad: the leftmost azimuth, 0 along -z, positive to the right.
        right_rad: the rightmost azimuth.
        highest_rad: the greatest elevation, mirrored views included.
        seconds: until when clouds drift by.
    """

    left_rad: float
    right_rad: float
    highest_rad: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Prospect:
    """A clip ready to be painted.

    Attributes:
        scene: the world; its stage's ground can no longer be asked.
        views: the camera of every frame.
        mist_floor_m: the height that mist lies on.
        shadow_middle: the point in the middle of the fine shadows.
        splashes: float32, (n, 4), places where rain lands and a phase for each; none where it does not show.
        sky: the part of the sky in sight.
        clock: how time runs.
        cuts: frames at which the camera starts anew, somewhere else.
        glass: before the camera; None where everything is sharp.
        shutter: whether what moves is blurred along its way.
    """

    scene: Scene
    views: tuple[View, ...]
    mist_floor_m: float
    shadow_middle: tuple[float, float, float]
    splashes: NDArray[np.float32]
    sky: SkySpan
    clock: Clock
    cuts: frozenset[int] = frozenset()
    glass: Glass | None = None
    shutter: bool = False

    def between(self, first: int, end: int) -> Prospect:
        """The clip's frames from one up to another, as they are in the whole."""
        # Actors that share their poses go on doing so: what is the same object is sent and loaded once.
        poses = {id(actor.poses): actor.poses[first:end] for actor in self.scene.actors}
        actors = tuple(
            replace(
                actor,
                poses=poses[id(actor.poses)],
                contacts=None if actor.contacts is None else actor.contacts[first:end],
            )
            for actor in self.scene.actors
        )
        return replace(
            self,
            scene=replace(
                self.scene,
                actors=actors,
                hours=self.scene.hours[first:end],
                water=_between(self.scene.water, first, end),
            ),
            views=self.views[first:end],
            clock=self.clock.between(first, end),
            cuts=frozenset(k - first for k in self.cuts if first < k < end),
        )


def _between(water: Water | None, first: int, end: int) -> Water | None:
    """Water with the wave on it where it is from one frame up to another."""
    if water is None or water.breaker is None:
        return water
    return replace(water, breaker=replace(water.breaker, places=water.breaker.places[first:end]))


def sent_away(_x: float, _z: float) -> float:
    """The ground of a prospect's stage."""
    raise LookupError("the land stayed where it was built")
