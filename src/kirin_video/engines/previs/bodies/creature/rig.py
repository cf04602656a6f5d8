# ruff: noqa: PLR0913 -- rows as TOML has them, measures of lumps
"""A creature in the making: bones, then surfaces on them, in any unit; then its real size."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.bodies.body import Body, Bone, Contact, Motion, Point, Shell, Skeleton, Vector
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.surfaces import fused, scaled
from kirin_video.engines.previs.plan import Age

Floats = NDArray[np.float64]

_AGED = {Age.BABY: 0.45, Age.CHILD: 0.6, Age.YOUNG: 0.8}


def point(at: Vector) -> Point:
    """Three numbers."""
    x, y, z = (float(v) for v in at)
    return x, y, z


@dataclass(slots=True)
class Rig:
    """Bones and surfaces of one creature.

    Attributes:
        bones: parents first.
        shells: its surfaces.
    """

    bones: list[Bone] = field(default_factory=list[Bone])
    shells: list[Shell] = field(default_factory=list[Shell])

    def bone(self, name: str, head: Vector, parent: int = -1) -> int:
        """A new bone that turns about its head."""
        x, y, z = point(head)
        self.bones.append(Bone(name, (x, y, z), (x + 0.05, y, z), parent))
        return len(self.bones) - 1

    def index(self, name: str) -> int:
        """The place of a bone."""
        return Skeleton(tuple(self.bones)).index(name)

    def factor(self, order: Order) -> float:
        """How much it must grow to be as high as its kind, its age and the plan say."""
        high = max(float(shell.mesh.positions[:, 1].max()) for shell in self.shells)
        low = min(float(shell.mesh.positions[:, 1].min()) for shell in self.shells)
        height = order.kind.height_m * order.subject.size * _AGED.get(order.subject.age, 1.0)
        return height / (high - min(low, 0.0))

    def finish(
        self,
        order: Order,
        factor: float,
        motion: Motion,
        *,
        head: str,
        face: float,
        anchors: Mapping[str, tuple[int, Point]] | None = None,
        contacts: tuple[Contact, ...] = (),
        tall: float = 0.0,
    ) -> Body:
        """The body.

        Args:
            order: what was asked for.
            factor: metres of a unit.
            motion: in metres.
            head: the bone of its face.
            face: size of its face, units.
            anchors: further places on it, metres.
            contacts: where it meets the ground, metres.
            tall: how high it comes above the ground or the water, metres, where that is more than its body.
        """
        bones = tuple(
            Bone(b.name, point(np.array(b.head) * factor), point(np.array(b.tail) * factor), b.parent)
            for b in self.bones
        )
        shells = fused([scaled(shell, factor) for shell in self.shells])
        points = np.concatenate([shell.mesh.positions for shell in shells])
        long, high, wide = (float(v) for v in np.ptp(points, axis=0))
        at = self.index(head)
        return Body(
            kind=order.kind.name,
            skeleton=Skeleton(bones),
            shells=shells,
            motion=motion,
            length_m=long,
            height_m=max(high, tall),
            width_m=wide,
            face_m=face * factor,
            contacts=contacts,
            anchors={"head": (at, bones[at].head), **(anchors or {})},
        )
