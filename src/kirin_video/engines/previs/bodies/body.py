"""A body: shells on a skeleton, and what it can do.

A body's own space: metres, x forward, y up, z to its right, the ground at y = 0, the middle of its feet at
the origin. Every family of bodies (quadrupeds, people, vehicles ...) builds a `Body` and gives it a `Motion`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.bodies.track import Track
from kirin_video.engines.previs.coats import PLAIN, Coat
from kirin_video.engines.previs.mesh import Mesh
from kirin_video.engines.previs.plan import Action
from kirin_video.engines.previs.scenery import Print

Floats = NDArray[np.float64]
Point = tuple[float, float, float]
Vector = Sequence[float] | NDArray[np.floating]
"""Three numbers, as whoever sculpts has them."""


@dataclass(frozen=True, slots=True)
class Bone:
    """A rigid piece of a skeleton at rest.

    Attributes:
        name: unique within its skeleton.
        head: where it begins, metres.
        tail: where it ends, metres.
        parent: the index of the bone it hangs on; -1 for the root. Always less than its own.
    """

    name: str
    head: Point
    tail: Point
    parent: int = -1


@dataclass(frozen=True, slots=True)
class Skeleton:
    """Bones in the order of a pose's matrices, parents first."""

    bones: tuple[Bone, ...]

    def __len__(self) -> int:
        return len(self.bones)

    def index(self, name: str) -> int:
        """The place of a bone.

        Raises:
            KeyError: there is none of that name.
        """
        for at, bone in enumerate(self.bones):
            if bone.name == name:
                return at
        raise KeyError(name)


@dataclass(frozen=True, slots=True)
class Shell:
    """One closed surface of a body, of one kind of material; its fields are those of `scenery.Actor`."""

    mesh: Mesh
    skin: NDArray[np.uint8]
    along: NDArray[np.float32]
    bones: NDArray[np.uint8]
    weights: NDArray[np.uint8]
    coat: Coat = PLAIN
    printed: Print | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """Where a body meets the ground: shade gathers there, and feet must not slide.

    Attributes:
        bone: index of the bone that carries it.
        point: at rest, in the body's space.
        radius_m: of the shade.
        darkness: 0 to 1, where it touches; it fades as the contact is lifted.
    """

    bone: int
    point: Point
    radius_m: float
    darkness: float = 0.6


class Motion(Protocol):
    """How a body moves."""

    def pace(self, action: Action) -> float:
        """The speed that an action is done at, metres a second over the ground; 0 stays in place."""
        ...

    def poses(self, action: Action, track: Track, times: Floats, *, seed: int) -> NDArray[np.float32]:
        """Where every bone is.

        Args:
            action: what is done; what the body cannot do becomes the nearest thing that it can.
            track: where the body is in the world at any time, and the ground below it.
            times: float64, (f,), seconds from the clip's start.
            seed: what makes this one different from its neighbour: phase, looks, flicks.

        Returns:
            float32, (f, bones, 3, 4), from the body's space at rest to the world.
        """
        ...


@dataclass(frozen=True, slots=True)
class Body:
    """Something ready to be put on stage.

    Attributes:
        kind: its name in the catalogue.
        skeleton: its bones.
        shells: its surfaces.
        motion: how it moves.
        length_m: along x at rest.
        height_m: along y at rest.
        width_m: along z at rest.
        face_m: height of its face, or of what a close-up shows of it.
        contacts: where it meets the ground.
        anchors: named places on it that others can use: ``saddle``, ``head``, ``mouth`` ...; the bone that
            carries each, and the place at rest.
        sides: the only sides that it can be seen from, turns from its front in radians; empty for a whole
            body. Staging turns it so that one of them shows.
        about: the bones that a picture of it is about, where that is not all of it: the lantern, not the
            house that it hangs from.
        about_share: how tall those are, as a share of its height.
    """

    kind: str
    skeleton: Skeleton
    shells: tuple[Shell, ...]
    motion: Motion
    length_m: float
    height_m: float
    width_m: float
    face_m: float
    contacts: tuple[Contact, ...] = ()
    anchors: Mapping[str, tuple[int, Point]] = field(default_factory=dict[str, tuple[int, Point]])
    sides: tuple[float, ...] = ()
    about: tuple[int, ...] = ()
    about_share: float = 1.0
