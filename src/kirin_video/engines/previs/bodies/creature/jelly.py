# ruff: noqa: ANN401, E501, PLR2004, ARG002 -- rows as TOML has them, measures of lumps
"""Jellyfish and octopuses: a soft bell or mantle, and arms that trail and curl."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.bodies.bird.palette import Paints
from kirin_video.engines.previs.bodies.body import Body
from kirin_video.engines.previs.bodies.creature.rig import Rig
from kirin_video.engines.previs.bodies.flight import rooted
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.posing import about, compose, spun
from kirin_video.engines.previs.bodies.surfaces import Finish, loft, ramp, rigid, shares
from kirin_video.engines.previs.bodies.track import Track
from kirin_video.engines.previs.bodies.trims import eyeball
from kirin_video.engines.previs.plan import Action

Floats = NDArray[np.float64]

_JOINTS = 4


def build_jelly(order: Order) -> Body:
    """Build one; its row: ``profile`` of the bell (height, radius), ``arms``, ``arm`` length, radius, ``spread``."""
    row, p, rig = order.kind.shape, Paints(order), Rig()
    arms, long, spread = int(row["arms"]), float(row["arm"]), float(row["spread"])
    lift = float(row.get("lift", long))
    rig.bone("bell", (0.0, lift, 0.0))
    angles = (np.arange(arms) + 0.5) / arms * math.tau
    ways = np.stack([np.cos(angles), np.zeros(arms), np.sin(angles)], 1)
    paths: list[Floats] = []
    for a, way in enumerate(ways):
        t = np.linspace(0.0, 1.0, _JOINTS + 1)
        out, curl = spread * t**0.8, float(row.get("curl", 0.0))
        path = way * (float(row["ring"]) + out)[:, None] * 1.0
        path[:, 1] = lift * (1.0 - t) ** (1.0 + curl) if curl else lift - long * t
        paths.append(path)
        for k in range(_JOINTS):
            rig.bone(f"arm{a}_{k}", path[k], 0 if k == 0 else len(rig.bones) - 1)
    _add_bell(rig, row, p, lift)
    for a, path in enumerate(paths):
        _add_arm(rig, row, p, a, path)
    if "eye" in row:
        x, y, z, size = (float(v) for v in row["eye"])
        for side in (-1.0, 1.0):
            ball = eyeball((x, lift + y, side * z), (1.0, 0.2, side * 0.8), size, p.of("eyes"), pupil="bar",
                           white=(0.95, 0.9, 0.7))  # fmt: skip
            rig.shells.append(rigid(ball, 0, Finish(gloss=0.9)))
    factor = rig.factor(order)
    motion = Pulsing(row, np.array([b.head for b in rig.bones]) * factor, ways, factor)
    return rig.finish(order, factor, motion, head="bell", face=0.8)


def _add_bell(rig: Rig, row: Any, p: Paints, lift: float) -> None:
    stations = np.array(row["profile"])
    angle = np.linspace(0.0, math.tau, 24, endpoint=False)
    t = np.linspace(0.0, 1.0, 20)
    height = np.interp(t, np.linspace(0.0, 1.0, len(stations)), stations[:, 0])
    radius = np.interp(t, np.linspace(0.0, 1.0, len(stations)), stations[:, 1])
    lean = float(row.get("lean", 0.0))
    x = radius[:, None] * np.cos(angle) - lean * height[:, None]
    points = np.stack(
        [x, np.broadcast_to(lift + height[:, None], x.shape), radius[:, None] * np.sin(angle)], -1
    )
    base, rim = np.array(p.of("body")), np.array(p.of("rim", "belly"))
    ribs = 1.0 - 0.10 * (np.cos(8.0 * angle) > 0.6)
    colors = base + (rim - base) * (np.clip(1.0 - np.abs(t - 0.62) * 6.0, 0.0, 1.0))[:, None, None]
    colors = colors * (ribs[None, :, None] if row.get("glows") else 1.0) + 0.0 * points
    weights = np.repeat(shares(len(rig.bones), len(t), {0: 1.0})[:, None], len(angle), 1)
    glow = float(row.get("glows", 0.0))
    rig.shells.append(loft(points, colors, weights, Finish(gloss=0.5, fur=0.5, open=1.0, glow=glow)))


def _add_arm(rig: Rig, row: Any, p: Paints, a: int, path: Floats) -> None:
    t, sides = np.linspace(0.0, 1.0, 15), 8
    known = np.linspace(0.0, 1.0, len(path))
    line = np.stack([np.interp(t, known, path[:, k]) for k in range(3)], 1)
    thick = float(row["arm_radius"]) * (1.0 - 0.85 * t)
    ahead = np.gradient(line, axis=0)
    ahead /= np.linalg.norm(ahead, axis=1, keepdims=True)
    side = np.cross(ahead, np.array([0.3, 0.1, 0.95]))
    side /= np.linalg.norm(side, axis=1, keepdims=True)
    up = np.cross(side, ahead)
    angle = np.linspace(0.0, math.tau, sides, endpoint=False)
    ring = side[:, None] * np.cos(angle)[None, :, None] + up[:, None] * np.sin(angle)[None, :, None]
    points = line[:, None] + ring * thick[:, None, None]
    base, under = np.array(p.of("arms", "body")), np.array(p.of("suckers", "arms", "body"))
    colors = np.where((points[..., 1] < line[:, None, 1] - 0.4 * thick[:, None])[..., None], under, base)
    chain = [rig.index(f"arm{a}_{k}") for k in range(_JOINTS)]
    weights = np.repeat(ramp(len(rig.bones), chain, t)[:, None], sides, 1)
    glow = 0.6 * float(row.get("glows", 0.0))
    rig.shells.append(loft(points, colors, weights, Finish(gloss=0.4, fur=0.2, glow=glow)))


class Pulsing:
    """The motion of one: the bell pulses, arms follow in waves.

    Args:
        row: its shape.
        heads: (bones, 3), metres.
        ways: (arms, 3), outwards.
        unit_m: metres of a unit.
    """

    def __init__(self, row: Mapping[str, Any], heads: Floats, ways: Floats, unit_m: float) -> None:
        self._row, self._heads, self._ways, self._unit = row, heads, ways, unit_m

    def pace(self, action: Action) -> float:
        """Metres a second; see `Motion`."""
        still = action in {Action.IDLE, Action.STAND, Action.SIT, Action.SLEEP, Action.LIE, Action.FLOAT}
        return 0.0 if still else float(self._row.get("pace", 0.3)) * self._unit

    def poses(self, action: Action, track: Track, times: Floats, *, seed: int) -> NDArray[np.float32]:
        """Bones in the world; see `Motion`."""
        start = float(np.random.default_rng([seed & 0x7FFFFFFF, 37]).uniform(0.0, math.tau))
        w = math.tau * 0.45 * times + start
        drift = 0.12 * self._unit * np.sin(w - 0.8) + float(self._row.get("rise", 0.0)) * self._unit
        root = rooted(track, times, up=drift)
        pulse = float(self._row.get("pulse", 0.12)) * np.sin(w)
        swell = np.zeros((len(times), 3, 3))
        swell[:, 0, 0] = swell[:, 2, 2] = 1.0 - pulse
        swell[:, 1, 1] = 1.0 + 0.7 * pulse
        out = np.zeros((len(times), len(self._heads), 3, 4))
        out[:, 0] = compose(root, about(swell, self._heads[0]))
        for a, way in enumerate(self._ways):
            axis, pose = np.array([-way[2], 0.0, way[0]]), root
            for k in range(_JOINTS):
                bone = 1 + a * _JOINTS + k
                swing = float(self._row.get("swing", 0.16)) * np.sin(w * 1.5 - 0.9 * k + 1.7 * a)
                pose = compose(pose, about(spun(axis, swing + 0.5 * pulse * (k == 0)), self._heads[bone]))
                out[:, bone] = pose
        return out.astype(np.float32)
