"""What grows on the sea floor: weeds that sway, and corals of many kinds."""

# ruff: noqa: PLR0913, PLR0917 - a world is made of measures, and rock and water have many sides
from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.shapes import Color, as_mesh, blob, tube, vertex_normals


def kelp(seed: int) -> Mesh:
    """A few long ribbons that sway."""
    rng = np.random.default_rng(seed)
    return merge(
        [_ribbon(rng, 9, float(rng.uniform(2.2, 4.6)), 0.10, (0.30, 0.40, 0.16), 0.35) for _ in range(5)]
    )


def sea_grass(seed: int) -> Mesh:
    """A tuft of short blades that sway."""
    rng = np.random.default_rng(seed)
    return merge(
        [_ribbon(rng, 4, float(rng.uniform(0.35, 0.8)), 0.022, (0.26, 0.46, 0.22), 0.22) for _ in range(16)]
    )


def _ribbon(
    rng: np.random.Generator, steps: int, tall: float, wide: float, color: Color, spread: float
) -> Mesh:
    t = np.linspace(0.0, 1.0, steps + 1)
    foot = rng.normal(size=2) * spread
    lean, turn = rng.normal(size=2) * 0.18 * tall, rng.uniform(0.0, 6.28)
    wave = 0.06 * tall * np.sin(t * 7.0 + rng.uniform(0.0, 6.28))
    spine = np.stack(
        [foot[0] + lean[0] * t**2 + wave, tall * t - 0.1, foot[1] + lean[1] * t**2 + wave * 0.5], 1
    )
    side = np.array([np.cos(turn), 0.0, np.sin(turn)])
    half = wide * np.sin(np.pi * np.clip(0.12 + 0.86 * t, 0.0, 1.0)) ** 0.5
    points = np.concatenate([spine - side * half[:, None], spine + side * half[:, None]])
    i, n = np.arange(steps), steps + 1
    faces = np.concatenate([np.stack([i, i + n, i + 1], 1), np.stack([i + 1, i + n, i + n + 1], 1)])
    tone = np.array(color) * rng.uniform(0.8, 1.2) * (0.65 + 0.55 * np.tile(t, 2))[:, None]
    out = np.array([-side[2], 0.5, side[0]])
    return as_mesh(
        points,
        np.tile(out, (2 * n, 1)),
        tone,
        faces,
        np.clip(np.tile(t, 2) ** 1.4 * min(tall / 2.0, 1.0), 0.0, 1.0),
    )


def branching(seed: int, color: Color) -> Mesh:
    """A coral like a small bare tree, its tips pale."""
    rng = np.random.default_rng(seed)
    parts: list[Mesh] = []

    def grow(
        foot: NDArray[np.float64], way: NDArray[np.float64], long: float, thick: float, depth: int
    ) -> None:
        end = foot + way * long
        limb = tube(
            np.array([foot, (foot + end) / 2.0, end]), np.array([thick, thick * 0.85, thick * 0.7]), 6, color
        )
        light = np.clip(limb.colors[:, :3].astype(float) * (0.8 + 0.18 * (4 - depth)), 0, 255)
        colors = limb.colors.copy()
        colors[:, :3] = light.astype(np.uint8)
        parts.append(Mesh(limb.positions, limb.normals, colors, limb.glow, limb.faces))
        if depth == 0:
            x, y, z = end.tolist()
            parts.append(
                blob(
                    rng,
                    (x, y, z),
                    (thick * 0.9, thick * 0.9, thick * 0.9),
                    (0.96, 0.84, 0.74),
                    level=1,
                    lumps=0.0,
                )
            )
            return
        for _ in range(3 if depth > 1 else 2):
            turned = way + rng.normal(size=3) * 0.55 + [0.0, 0.25, 0.0]
            grow(
                end, turned / np.linalg.norm(turned), long * rng.uniform(0.62, 0.85), thick * 0.72, depth - 1
            )

    grow(np.array([0.0, -0.05, 0.0]), np.array([0.0, 1.0, 0.0]), 0.24, 0.055, 3)
    return merge(parts)


def brain(seed: int, color: Color) -> Mesh:
    """A round coral with furrows."""
    rng = np.random.default_rng(seed)
    ball = blob(rng, (0.0, 0.22, 0.0), (0.52, 0.40, 0.50), color, level=4, lumps=0.10)
    p = ball.positions * 16.0
    furrow = np.sin(p[:, 0] + 2.0 * np.sin(p[:, 2] * 0.7)) * np.sin(p[:, 2] + 2.0 * np.sin(p[:, 1] * 0.8))
    colors = ball.colors.copy()
    colors[:, :3] = (
        (ball.colors[:, :3] * (0.86 + 0.16 * np.sign(furrow))[:, None]).clip(0, 255).astype(np.uint8)
    )
    return Mesh(ball.positions, ball.normals, colors, ball.glow, ball.faces)


def sea_fan(seed: int, color: Color) -> Mesh:
    """A flat fan of fine branches that stands across the current, some eighty centimetres high."""
    rng = np.random.default_rng(seed)
    parts: list[Mesh] = []

    def grow(x: float, y: float, turn: float, long: float, thick: float, depth: int) -> None:
        x1, y1 = x + np.sin(turn) * long, y + np.cos(turn) * long
        path = np.array([[x, y, 0.0], [x1, y1, 0.02 * rng.normal()]])
        parts.append(tube(path, np.array([thick, 0.75 * thick]), 4, color, 0.10))
        if depth == 0:
            return
        for off in (-0.42, 0.0, 0.42) if depth > 1 else (-0.3, 0.3):
            spread = turn + off + 0.12 * float(rng.normal())
            grow(float(x1), float(y1), spread, long * float(rng.uniform(0.68, 0.86)), 0.72 * thick, depth - 1)

    grow(0.0, -0.05, 0.0, 0.22, 0.030, 4)
    return merge(parts)


def anemone(seed: int, color: Color) -> Mesh:
    """A cushion of thick soft arms with pale tips, some thirty centimetres across."""
    rng = np.random.default_rng(seed)
    parts: list[Mesh] = []
    for _ in range(46):
        turn, out = float(rng.uniform(0.0, 6.28)), float(rng.random()) ** 0.5
        foot = np.array([0.20 * out * np.cos(turn), 0.04, 0.20 * out * np.sin(turn)])
        way = np.array([0.7 * out * np.cos(turn), 1.0, 0.7 * out * np.sin(turn)]) + rng.normal(0.0, 0.18, 3)
        long = float(rng.uniform(0.16, 0.26))
        path = np.stack([foot, foot + 0.6 * long * way, foot + long * way * [1.25, 0.95, 1.25]])
        limb = tube(path, np.array([0.020, 0.022, 0.019]), 5, color, 0.8)
        colors = limb.colors.copy()
        colors[-5:, :3] = (250, 226, 214)
        parts.append(Mesh(limb.positions, limb.normals, colors, limb.glow, limb.faces))
    return merge(parts)


def plate(seed: int, color: Color) -> Mesh:
    """A table coral: thin wavy plates on a short foot, one over the other."""
    rng = np.random.default_rng(seed)
    foot = tube(np.array([[0.0, -0.1, 0.0], [0.0, 0.34, 0.0]]), np.array([0.11, 0.16]), 7, color)
    parts = [foot]
    for level, size in ((0.26, 0.62), (0.40, 0.46)):
        a, r = np.meshgrid(np.linspace(0.0, 2.0 * np.pi, 25), np.linspace(0.0, 1.0, 5))
        rim = size * (1.0 + 0.13 * np.sin(5.0 * a + float(rng.uniform(0.0, 6.0))) + 0.07 * np.sin(11.0 * a))
        off = rng.normal(0.0, 0.10, 2)
        y = level + 0.10 * r**2 + 0.03 * np.sin(7.0 * a) * r
        points = np.stack([off[0] + r * rim * np.cos(a), y, off[1] + r * rim * np.sin(a)], -1).reshape(-1, 3)
        at = np.arange(125).reshape(5, 25)
        p, q, s, t = at[:-1, :-1], at[:-1, 1:], at[1:, :-1], at[1:, 1:]
        faces = np.concatenate(
            [np.stack([p, q, s], -1).reshape(-1, 3), np.stack([q, t, s], -1).reshape(-1, 3)]
        )
        normals = vertex_normals(points, faces)
        normals *= np.sign(normals[:, 1:2] + 1e-9)
        tone = np.array(color) * (0.72 + 0.36 * r.reshape(-1) ** 2)[:, None]
        parts.append(as_mesh(points, normals, tone, np.concatenate([faces, faces[:, ::-1]])))
    return merge(parts)


def tubes(seed: int, color: Color) -> Mesh:
    """A sponge of upright pipes, open above, the longest some seventy centimetres."""
    rng = np.random.default_rng(seed)
    parts: list[Mesh] = []
    for _ in range(7):
        foot = np.array([*(rng.normal(0.0, 0.13, 2))])
        long, thick = float(rng.uniform(0.28, 0.72)), float(rng.uniform(0.055, 0.085))
        lean = foot * 0.7
        path = np.array(
            [
                [foot[0], -0.05, foot[1]],
                [foot[0] + 0.5 * lean[0], 0.6 * long, foot[1] + 0.5 * lean[1]],
                [foot[0] + lean[0], long, foot[1] + lean[1]],
            ]
        )
        parts.append(tube(path, np.array([0.8 * thick, thick, 1.12 * thick]), 9, color))
        inner = path[-1] - np.array([0.0, 0.10, 0.0])
        dark: Color = (0.35 * color[0], 0.35 * color[1], 0.35 * color[2])
        parts.append(
            tube(np.stack([inner, path[-1] + [0.0, 0.004, 0.0]]), np.array([0.02, 0.95 * thick]), 9, dark)
        )
    return merge(parts)
