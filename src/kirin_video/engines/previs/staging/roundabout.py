"""Roundabouts: which of a merry-go-round's horses somebody rides, and where that takes him."""

from __future__ import annotations

import math

import numpy as np

from kirin_video.engines.previs.bodies.body import Body
from kirin_video.engines.previs.bodies.track import Floats
from kirin_video.engines.previs.plan import RelationKind
from kirin_video.engines.previs.staging.parts import Part, Setup
from kirin_video.engines.previs.staging.troupe import MOUNTED, Role

_SADDLE = "saddle"
_RIDES = MOUNTED | {RelationKind.IN}


def goes_round(body: Body) -> bool:
    """Whether it carries its riders round: it has several saddles, one on each of its horses."""
    return f"{_SADDLE}_1" in body.anchors


def saddle_for(setup: Setup, role: Role, which: int, mount: Part, poses: Floats) -> str:
    """The name of the saddle that somebody gets: riders are on the viewer's side halfway through.

    Args:
        setup: the shot.
        role: who rides.
        which: which of its bodies.
        mount: the roundabout.
        poses: its bones (k, bones, 3, 4) at every tick of the setup's clock.
    """
    names = sorted(name for name in mount.body.anchors if name.startswith(_SADDLE))
    middle = int(np.abs(setup.times - 0.5 * setup.seconds).argmin())
    eye = np.array(setup.look.eye)
    at = np.array([_at(mount.body, poses[middle : middle + 1], name)[0] for name in names])
    away = at[:, [0, 2]] - eye
    order: list[int] = np.hypot(away[:, 0], away[:, 1]).argsort(kind="stable").tolist()
    return names[order[(_before(setup, role, mount) + which) % len(names)]]


def turns_on(body: Body, poses: Floats, name: str) -> Floats:
    """The turns (k,) of who rides a saddle: along the circle that it goes, the way that it turns.

    Args:
        body: the roundabout.
        poses: its bones (k, bones, 3, 4).
        name: the saddle.
    """
    bone, (x, _, z) = body.anchors[name]
    a = math.atan2(-z, x)
    ahead = poses[:, bone, :, :3] @ np.array([-math.sin(a), 0.0, -math.cos(a)])
    return np.unwrap(np.arctan2(-ahead[:, 2], ahead[:, 0]))


def _at(body: Body, poses: Floats, name: str) -> Floats:
    """Where a named place is, (k, 3)."""
    bone, point = body.anchors[name]
    return poses[:, bone, :, :3] @ np.array(point) + poses[:, bone, :, 3]


def _before(setup: Setup, role: Role, mount: Part) -> int:
    """How many riders have their horse already."""
    to = mount.role.number
    return sum(
        subject.count
        for subject in setup.plan.subjects[: role.number]
        if any(r.kind in _RIDES and r.to == to for r in subject.relations)
    )
