"""Who drives: a head and shoulders that lie on the glass, dim as behind it, and the rim of a wheel.

Glass is opaque here: what is seen through it is painted on it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.skins import Floats, Surface, both, panel
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.mesh import Mesh
from kirin_video.engines.previs.plan import SubjectPlan

Rgb = tuple[float, float, float]
MANNED = "manned"
"""The trait of a vehicle that somebody drives."""
ACCOMPANIED = "accompanied"
"""The trait of a vehicle with somebody beside its driver."""
HOLDING = "holding"
"""The trait of a robot that has something in its hand."""
_SKIN: Rgb = (0.56, 0.38, 0.28)
_HAIR: Rgb = (0.13, 0.09, 0.07)
_SHIRTS: tuple[Rgb, ...] = ((0.20, 0.30, 0.46), (0.46, 0.20, 0.18), (0.24, 0.34, 0.24), (0.44, 0.42, 0.38))
_RIM: Rgb = (0.02, 0.02, 0.022)
_TAKEN = 0.78
"""The share of a bus's seats at its windows that are taken."""
_HEAD_M = 0.088, 0.118
"""Half a head's width and height."""


@dataclass(frozen=True, slots=True)
class Pane:
    """A pane of glass that somebody is seen through.

    Attributes:
        surface: its points at metres to the side and up.
        side: where the driver's middle is.
        low: the height of its lower edge.
        head: the height of the head's middle.
        wheel: whether the wheel shows below the face, as through a windscreen.
        mirrored: whether there is such a pane on the other side too.
        lift: how far the glass is off its surface already, metres.
    """

    surface: Surface
    side: float
    low: float
    head: float
    wheel: bool = False
    mirrored: bool = False
    lift: float = 0.012


def is_manned(subject: SubjectPlan) -> bool:
    """Whether somebody drives it."""
    return MANNED in subject.traits


def seat_driver(order: Order, kit: Assembly, bone: int, *panes: Pane) -> None:
    """Let a driver be seen through some panes, if there is one."""
    if not is_manned(order.subject):
        return
    shirt = _SHIRTS[order.seed % len(_SHIRTS)]
    for pane in panes:
        for k, mesh in enumerate(_bust(pane, shirt)):
            lifted = both(mesh) if pane.mirrored else (mesh,)
            kit.add(*lifted, bone=bone, gloss=0.35 if k else 0.5, shades=False)
        if pane.wheel and ACCOMPANIED in order.subject.traits:
            beside = replace(pane, side=-pane.side, wheel=False)
            for mesh in _bust(beside, _SHIRTS[(order.seed + 1) % len(_SHIRTS)]):
                kit.add(mesh, bone=bone, gloss=0.4, shades=False)


def seat_passengers(order: Order, kit: Assembly, bone: int, *panes: Pane) -> None:
    """Let people be seen through the side windows of what somebody drives: at most of its seats."""
    if not is_manned(order.subject):
        return
    rng = np.random.default_rng([order.seed, 71])
    for pane in panes:
        shirt, sits = _SHIRTS[int(rng.integers(len(_SHIRTS)))], float(rng.random()) < _TAKEN
        aside = replace(pane, side=pane.side + float(rng.uniform(-0.1, 0.1)))
        for mesh in _bust(aside, shirt) if sits else ():
            kit.add(*both(mesh), bone=bone, gloss=0.4, shades=False)


def _bust(pane: Pane, shirt: Rgb) -> list[Mesh]:
    """Shoulders, neck, head, hair, wheel; each a little further out than the last."""
    wide, tall = _HEAD_M
    chest = max(pane.head - 1.55 * tall - pane.low, 0.02)
    parts: list[tuple[float, float, float, float, Rgb, tuple[float, float]]] = [
        (0.0, pane.low, 0.235, chest, shirt, (0.0, math.pi)),
        (0.0, pane.head - 1.05 * tall, 0.05, 0.075, _SKIN, (0.0, math.tau)),
        (0.0, pane.head, wide, tall, _SKIN, (0.0, math.tau)),
        (0.0, pane.head + 0.30 * tall, 1.06 * wide, 0.80 * tall, _HAIR, (0.0, math.pi)),
    ]
    found = [
        panel(pane.surface, *_disc(pane.side + x, y, rx, ry, turn), tone, lift=pane.lift + 0.003 * k)
        for k, (x, y, rx, ry, tone, turn) in enumerate(parts, start=1)
    ]
    if pane.wheel:
        rim = _disc(pane.side, pane.low, 0.17, 0.62 * chest, (0.0, math.pi), inner=0.86)
        found.append(panel(pane.surface, *rim, _RIM, lift=pane.lift + 0.016))
    return found


def _disc(  # noqa: PLR0913, PLR0917 -- an ellipse, or a part of one
    x: float, y: float, rx: float, ry: float, turn: tuple[float, float], inner: float = 0.02
) -> tuple[Floats, Floats]:
    """The grid of an ellipse: to the side and up."""
    share, angle = np.meshgrid(np.linspace(inner, 1.0, 4), np.linspace(*turn, 21), indexing="ij")
    return x + rx * share * np.cos(angle), y + ry * share * np.sin(angle)


def upright(x: float, low: float, lean: float) -> Surface:
    """A flat windscreen that faces ahead at x; it leans back by ``lean`` metres a metre above ``low``."""

    def points(side: Floats, up: Floats) -> Floats:
        return np.stack([x - lean * (up - low), up, side], -1)

    return points


def flat_side(z: float) -> Surface:
    """A flat side window at z."""

    def points(along: Floats, up: Floats) -> Floats:
        return np.stack([along, up, np.full_like(up, z)], -1)

    return points
