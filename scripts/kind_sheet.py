"""A contact sheet of one kind of the catalogue: a turntable, close-ups of its head, strips of what it does.

python scripts/kind_sheet.py horse sheet.png --action walk --action gallop --color black
"""

from __future__ import annotations

import argparse
import math
import time
from pathlib import Path

import cv2
import numpy as np

from kirin_video.engines.previs.jit_cache import prepare_jit_cache

prepare_jit_cache()

from kirin_video.engines.previs.bodies.body import Body  # noqa: E402 -- numba reads where its cache is
from kirin_video.engines.previs.bodies.build import build_body  # noqa: E402
from kirin_video.engines.previs.bodies.track import Track, standing  # noqa: E402
from kirin_video.engines.previs.camera import Stage, View  # noqa: E402
from kirin_video.engines.previs.clock import clock_of  # noqa: E402
from kirin_video.engines.previs.gl.context import open_context  # noqa: E402
from kirin_video.engines.previs.gl.painter import Painter  # noqa: E402
from kirin_video.engines.previs.light import light_for  # noqa: E402
from kirin_video.engines.previs.mesh import Mesh  # noqa: E402
from kirin_video.engines.previs.plan import (  # noqa: E402
    Action,
    Color,
    Pace,
    PartColor,
    SubjectPlan,
    TimeOfDay,
    Weather,
)
from kirin_video.engines.previs.prospect import Prospect, SkySpan  # noqa: E402
from kirin_video.engines.previs.scenery import Finish, Part, Scene, Sky  # noqa: E402
from kirin_video.engines.previs.staging.casting import cast  # noqa: E402

TILE = (400, 300)
STRIP = 8


def flat(x: np.ndarray, _z: np.ndarray) -> np.ndarray:
    return np.zeros_like(x, dtype=float)


def floor(size: float) -> Part:
    n = 24
    u, v = np.meshgrid(np.linspace(-size, size, n), np.linspace(-size, size, n))
    points = np.stack([u, 0 * u, v], -1).reshape(-1, 3).astype(np.float32)
    at = np.arange(n * n).reshape(n, n)
    a, b, c, d = at[:-1, :-1].ravel(), at[:-1, 1:].ravel(), at[1:, :-1].ravel(), at[1:, 1:].ravel()
    faces = np.concatenate([np.stack([a, c, b], 1), np.stack([b, c, d], 1)]).astype(np.uint32)
    colors = np.tile(np.array([150, 160, 150, 0], np.uint8), (len(points), 1))
    up = np.tile(np.array([0, 1, 0], np.float32), (len(points), 1))
    return Part(Mesh(points, up, colors, np.zeros(len(points), np.uint8), faces), Finish.HARD, casts=False)


def prospect(body: Body, views: list[View], action: Action, tracks: Track, times: np.ndarray) -> Prospect:
    size = max(body.length_m, body.height_m)
    stage = Stage(views[0].eye, views[0].target, views[0].fov_deg, lambda _x, _z: 0.0)
    scene = Scene(
        stage=stage,
        light=light_for(TimeOfDay.DAY, Weather.CLEAR, 160.0),
        sky=Sky(3),
        weather=Weather.CLEAR,
        seed=3,
        parts=(floor(60.0 * size),),
        actors=cast(body, [(0.0, action)], tracks, times, seed=1, subject=0),
        shadow_radius_m=6.0 * size,
        shadow_center=(0.0, 0.0),
    )
    empty = np.empty((0, 4), np.float32)
    sky, clock = SkySpan(-3.14, 3.14, 0.6, 1.0), clock_of(Pace.REAL, len(views))
    return Prospect(scene, tuple(views), 0.0, (0.0, 0.0, 0.0), empty, sky, clock)


def paint(clip: Prospect) -> list[np.ndarray]:
    context = open_context(2)
    painter = Painter(context, clip, *TILE)
    pixels = np.empty((TILE[1], TILE[0], 4), np.uint8)
    frames: list[np.ndarray] = []
    spent = 0.0
    for k in range(len(clip.views)):
        before = time.process_time()
        painter.draw(k)
        painter.read_into(pixels)
        spent += time.process_time() - before
        frames.append(pixels[::-1, :, 2::-1].copy())
    print(f"{1000 * spent / len(clip.views):.1f} ms a frame of {TILE[0]}x{TILE[1]}")
    context.release()
    return frames


def around(middle: tuple[float, float, float], far: float, yaw: float, rise: float, fov: float) -> View:
    x, y, z = middle
    eye = (
        x + far * math.cos(yaw) * math.cos(rise),
        y + far * math.sin(rise),
        z + far * math.sin(yaw) * math.cos(rise),
    )
    return View(eye, middle, fov)


def turntable(body: Body, action: Action) -> list[np.ndarray]:
    size = max(body.length_m * 0.8, body.height_m)
    middle = (0.0, body.height_m * 0.48, 0.0)
    views = [
        around(middle, size * 2.6, math.radians(a), 0.12, 30.0) for a in (90, 60, 30, 0, -45, -90, 135, 180)
    ]
    times = np.linspace(0.0, 2.0, len(views))
    return paint(prospect(body, views, action, standing(0.0, 0.0, 0.0, flat), times))


def faces(body: Body) -> list[np.ndarray]:
    bone, point = body.anchors.get("head", (0, (body.length_m * 0.4, body.height_m * 0.8, 0.0)))
    del bone
    size = 0.30 * body.height_m
    views = [around(point, size * 4.2, math.radians(a), 0.10, 26.0) for a in (90, 55, 25, 0)]
    times = np.linspace(0.0, 1.0, len(views))
    return paint(prospect(body, views, Action.STAND, standing(0.0, 0.0, 0.0, flat), times))


def strip(body: Body, action: Action) -> list[np.ndarray]:
    pace = body.motion.pace(action)
    period = 1.0 if pace <= 0.0 else min(2.0, 2.2 * body.height_m / pace)
    times = np.linspace(0.4, 0.4 + period, STRIP)
    long = np.linspace(0.0, 8.0, 200)
    track = Track(long, np.stack([pace * long, 0 * long, 0 * long], 1), 0 * long, flat)
    size = max(body.length_m * 0.8, body.height_m)
    views = [
        around((pace * t, body.height_m * 0.45, 0.0), size * 2.7, math.radians(90 - 0 * t), 0.06, 30.0)
        for t in times.tolist()
    ]
    return paint(prospect(body, views, action, track, times))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kind")
    parser.add_argument("path", type=Path)
    parser.add_argument("--action", action="append", default=[])
    parser.add_argument("--color")
    parser.add_argument("--detail", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--still", action="store_true", help="only the turntable and the faces")
    asked = parser.parse_args()
    colors = ()
    if asked.color:
        red, green, blue = bytes.fromhex(asked.color.removeprefix("#"))
        colors = (PartColor("body", Color(asked.color, (red, green, blue))),)
    subject = SubjectPlan(asked.kind, asked.kind, colors=colors)
    before = time.process_time()
    body = build_body(subject, seed=asked.seed, detail=asked.detail)
    triangles = sum(len(s.mesh.faces) for s in body.shells)
    print(
        f"{asked.kind}: {triangles} triangles, {len(body.skeleton)} bones, "
        f"{time.process_time() - before:.2f} s"
    )
    rows = turntable(body, Action.STAND) + faces(body)
    for action in [] if asked.still else (asked.action or ["walk"]):
        rows += strip(body, Action(action))
    across = 4
    rows += [np.zeros_like(rows[0])] * (-len(rows) % across)
    sheet = np.concatenate([np.concatenate(rows[k : k + across], 1) for k in range(0, len(rows), across)], 0)
    cv2.imwrite(str(asked.path), sheet)


if __name__ == "__main__":
    main()
