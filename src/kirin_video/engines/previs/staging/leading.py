"""The leading subject's route: one that suits its heading and the picture, and is free."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from kirin_video.engines.previs.plan import Heading
from kirin_video.engines.previs.staging.aloft import is_afloat, is_aloft
from kirin_video.engines.previs.staging.parts import Look, Setup, deeds_of, heading_of
from kirin_video.engines.previs.staging.routes import Route, circle, line
from kirin_video.engines.previs.staging.troupe import Role

_TOWARDS_VIEWER = 0.36
"""A subject that crosses the picture comes this much towards the viewer, radians: its face shows."""
_ASIDE = 0.86, -0.50
"""How one that stays is turned: to the side, and a little towards the viewer."""
_THIRD = 0.13
"""How far from the middle one that stays is, as a share of the picture's width."""
_DEPTHS = (1.0, 1.15, 0.9, 1.35, 1.6, 2.0)
"""How far away it may be, as a share of the wished distance, the best first."""
_YAWS = (0.0, 0.22, -0.22, 0.44, -0.44, 0.7, -0.7, 1.0, -1.0)
"""How far the camera may turn away from the world's own view, radians."""
_AHEAD_OF_LENS = 0.95
"""How near one that comes towards the camera gets, as a share of the wished distance."""
_GOOD_ENOUGH = 0.25
_LARGE_M = 0.3
"""Who is taller than this flies above whatever stands in the way."""
_FAR_GOER = 1.2
"""One that goes further than so many widths of the picture is followed, and keeps its size."""

Size = tuple[float, float]
"""Length and width of a group, metres."""


def best_route(setup: Setup, role: Role, gone_m: float, size: Size) -> tuple[Route, Look]:
    """The first route that is free, or the freest, and the picture to see it in.

    Args:
        setup: the shot.
        role: the leading one.
        gone_m: how far it goes in the clip.
        size: of its group.
    """
    side = float(np.random.default_rng([setup.seed, 41]).choice((-1.0, 1.0)))
    best: tuple[float, Route, Look] | None = None
    for yaw in _YAWS:
        look = replace(setup.look, yaw=setup.look.yaw + yaw)
        for rank, route in enumerate(_candidates(heading_of(setup.plan, role), look, gone_m, side, size)):
            cost = _cost(setup, role, route, look, gone_m, size) + 0.02 * rank + 0.15 * abs(yaw)
            if best is None or cost < best[0] - 1e-9:
                best = cost, route, look
        if best is not None and best[0] < _GOOD_ENOUGH:
            break
    assert best is not None
    return best[1], best[2]


def _candidates(heading: Heading | None, look: Look, gone: float, side: float, size: Size) -> Iterator[Route]:
    """Routes through the picture, the best composed first."""
    way = {Heading.LEFT: -1.0, Heading.RIGHT: 1.0}.get(heading, side) if heading else side
    if heading is Heading.AROUND:
        radius = max(1.6 * size[0], min(gone / 5.0, 0.5 * look.far_m))
        for depth in _DEPTHS:
            yield circle(look.place(look.far_m * depth + radius, 0.0), radius, -math.pi / 2.0, gone)
    elif heading in {Heading.TOWARDS, Heading.AWAY}:
        sign = -1.0 if heading is Heading.TOWARDS else 1.0
        for aside in (0.0, 0.16, -0.16, 0.3, -0.3):
            middle = look.place(_AHEAD_OF_LENS * look.far_m + gone / 2.0, aside * look.wide_m)
            across = min(0.22, 0.3 * look.wide_m / max(gone, 1e-6)) * side
            yield line(middle, look.turn(across, sign), gone)
    elif gone < 0.5 * size[0]:
        for depth in _DEPTHS:
            for aside in (_THIRD, 0.0, -_THIRD, 2.0 * _THIRD):
                place = look.place(look.far_m * depth, -way * aside * look.wide_m)
                yield line(place, look.turn(way * _ASIDE[0], _ASIDE[1]), gone)
    else:
        tilts = (0.06, -0.1, 0.25) if gone > _FAR_GOER * look.wide_m else (_TOWARDS_VIEWER, 0.1, 0.7)
        for depth in _DEPTHS:
            for tilt in tilts:
                middle = look.place(look.far_m * depth + 0.15 * gone * math.sin(tilt), 0.0)
                yield line(middle, look.turn(way * math.cos(tilt), -math.sin(tilt)), gone)


def _cost(  # noqa: PLR0913, PLR0917 -- everything that speaks against a route
    setup: Setup, role: Role, route: Route, look: Look, gone: float, size: Size
) -> float:
    """How much is in the way: 0 for a free route in full sight."""
    deeds = deeds_of(setup.plan, role, setup.seconds)
    if is_aloft(role, deeds) and role.body.height_m > _LARGE_M:
        return 0.0
    metres = np.linspace(-gone / 2.0, gone / 2.0, max(5, int(gone / 1.5)))
    x, z, _ = route.at(metres)
    room = max(0.5 * size[1], 0.35 * size[0], 0.3)
    blocked = float((~setup.ground.is_free(x, z, room)).mean())
    dry = setup.ground.is_dry(x, z)
    wet = float((dry if is_afloat(role, deeds) else ~dry).mean())
    # What stands between the camera and the route.
    shares = np.linspace(0.25, 0.85, 6)[:, None]
    between = look.eye[0] + (x - look.eye[0]) * shares, look.eye[1] + (z - look.eye[1]) * shares
    hidden = float((~setup.ground.is_free(*between, 0.2)).any(0).mean())
    return 3.0 * blocked + 4.0 * wet + 1.5 * hidden
