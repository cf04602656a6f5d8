"""Tails of those who sit or lie: down to the ground, along it, and round the body."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from kirin_video.engines.previs.bodies.posing import Floats, aligned, apply
from kirin_video.engines.previs.bodies.quadruped.frame import TAIL_BONES, Frame
from kirin_video.engines.previs.bodies.quadruped.liveliness import Liveliness
from kirin_video.engines.previs.bodies.quadruped.shape import QuadShape

_STEEPEST = 0.92
"""How steeply a tail comes down, at most, as the sine of the angle."""
_STIR_RAD = 0.10


def laid_tail(s: QuadShape, f: Frame, pelvis: Floats, curl: float, life: Liveliness) -> Iterator[Floats]:
    """The bones of a tail that lies on the ground, (f, 3, 4) each, from its root to its tip.

    Args:
        s: the proportions.
        f: the joints at rest.
        pelvis: (f, 3, 4), of the bone that it hangs on, in the animal's space.
        curl: radians from straight behind to where its tip points; positive to the right.
        life: small movements.
    """
    at = apply(pelvis, f.tail[0])
    on_ground = max(s.tail_base, 0.6 * s.tuft)
    for k in range(TAIL_BONES):
        long = float(np.linalg.norm(f.tail[k + 1] - f.tail[k]))
        drop = np.clip((at[:, 1] - on_ground) / max(long, 1e-6), -_STEEPEST, _STEEPEST)
        share = (k + 0.5) / TAIL_BONES
        turn = curl * share + _STIR_RAD * share * life.wave(3.1, 0.6 * k)
        level = np.sqrt(1.0 - drop * drop)
        way = np.stack([-level * np.cos(turn), -drop, level * np.sin(turn)], 1)
        end = at + long * way
        yield aligned(f.tail[k], f.tail[k + 1], at, end)
        at = end
