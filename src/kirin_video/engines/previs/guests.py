"""Guests: what a shot brings along from outside, beside what its plan makes the engine build."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Protocol

from kirin_video.engines.previs.camera import Stage
from kirin_video.engines.previs.given_camera import GivenCamera
from kirin_video.engines.previs.scenery import Scene, Sheet
from kirin_video.engines.previs.staging import NOBODY, Troupe


class GivenPlace(Protocol):
    """A world that is not built from a plan."""

    def stage(self, aspect: float) -> Stage:
        """Its view, of which only the lens is known yet."""
        ...

    def scene(self, aspect: float, far_m: float | None, face_m: float | None) -> Scene:
        """The world without anybody in it, made for a leading subject so far away, or for its face."""
        ...


@dataclass(frozen=True, slots=True)
class Guests:
    """What a shot brings along from outside: bodies that wear pictures, a place, a camera's way.

    Attributes:
        bodies: by the kind that the plan says.
        sheet: the pictures that they wear.
        place: the picture that is the world, where one is.
        camera: how the camera moves, where that does not follow from the plan.
        tempo: how fast time runs at every frame of the clip, where it does not run evenly.
    """

    bodies: Troupe = field(default_factory=lambda: NOBODY)
    sheet: Sheet | None = None
    place: GivenPlace | None = None
    camera: GivenCamera | None = None
    tempo: tuple[float, ...] = ()

    def between(self, first: int, end: int) -> Guests:
        """The same for a part of the clip."""
        camera = None if self.camera is None else self.camera.between(first, end)
        return replace(self, camera=camera, tempo=self.tempo[first:end])
