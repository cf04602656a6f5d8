"""Hanging cloth: skirts, coat tails, aprons, capes. Sheets on bones of their own, so that legs push them."""

# ruff: noqa: PLR0913, PLR0917 -- clothes and limbs have many sides; shares stand where they are used
from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.bodies.body import Shell, Skeleton
from kirin_video.engines.previs.bodies.person.frame import SKIRT_BONES, Frame, Vec
from kirin_video.engines.previs.bodies.person.outfit import Drape
from kirin_video.engines.previs.bodies.person.palette import Rgb
from kirin_video.engines.previs.bodies.person.shape import PersonShape
from kirin_video.engines.previs.bodies.sculpt import Sculpture
from kirin_video.engines.previs.bodies.shelling import top_weights
from kirin_video.engines.previs.coats import PLAIN, Coat
from kirin_video.engines.previs.mesh import Mesh
from kirin_video.engines.previs.shapes import as_mesh, vertex_normals

_HEM = 0.94
CAPE_BONES = 2


def add_skirt_bones(clay: Sculpture, f: Frame) -> None:
    """Round the hips: each turns outwards about its upper end."""
    for k in range(SKIRT_BONES):
        head = skirt_root(f, k)
        clay.bone(f"skirt{k}", head, head - np.array([0.0, float(f.hips[1]) * 0.5, 0.0]), "pelvis")


def skirt_way(k: int) -> Vec:
    """The direction in which a bone of a skirt lies from the middle."""
    a = math.tau * k / SKIRT_BONES
    return np.array([math.cos(a), 0.0, math.sin(a)])


def skirt_root(f: Frame, k: int) -> Vec:
    """Where a bone of a skirt hangs."""
    return f.hips + skirt_way(k) * 0.035 * float(f.neck[1]) / 0.82 + np.array([0.0, 0.012, 0.0])


def add_cape_bones(clay: Sculpture, f: Frame) -> None:
    """From the shoulders down the back."""
    top = f.neck + np.array([-0.05, -0.03, 0.0])
    middle = np.array([top[0] - 0.03, float(f.hips[1]), 0.0])
    clay.bone("cape0", top, middle, "chest")
    clay.bone("cape1", middle, np.array([middle[0] - 0.02, 0.08, 0.0]), "cape0")


def drape_shell(
    d: Drape, s: PersonShape, f: Frame, skeleton: Skeleton, detail: float, coat: Coat, k: int
) -> Shell:
    """A skirt, an apron, the lower part of a coat: rings from the waist down to the hem.

    Args:
        d: what hangs.
        s: whose.
        f: its joints.
        skeleton: with the bones of a skirt.
        detail: how closely it will be looked at.
        coat: the pattern on it.
        k: how many layers lie below.
    """
    rings, around = max(6, round(11 * min(detail, 1.2))), max(20, round(44 * min(detail, 1.2)))
    out = 0.006 + 0.004 * k
    top = float(f.waist[1]) + (0.006 if d.stiff == 0.0 else -0.01)
    bottom = top - d.length * (top - 0.012)
    whole = d.arc >= 1.0 and not d.split
    span = math.tau * (min(1.0, d.arc))
    gap = 0.20 if d.split else 0.0
    if whole:
        angles = np.linspace(0.0, math.tau, around, endpoint=False)
    elif d.split:
        angles = np.linspace(gap * 0.5, math.tau - gap * 0.5, around)
    else:
        angles = np.linspace(-span / 2.0, span / 2.0, max(around // 2, 10))
    t = np.linspace(0.0, 1.0, rings)[:, None]
    down = t * (top - bottom)
    hip_at = min((top - float(f.hips[1])) / (top - bottom), 1.0)
    grown = np.clip(t / hip_at, 0.0, 1.0)
    grown = grown * grown * (3.0 - 2.0 * grown)
    waist, hips = np.array(s.waist), np.array(s.hips) * 1.03 + 0.006
    base = waist + (hips - waist) * grown[..., None]
    below = np.clip((t - hip_at) / max(1.0 - hip_at, 1e-3), 0.0, 1.0)
    widening = 1.0 + (d.flare - 1.0) * (below if d.stiff == 0.0 else t) ** 0.9
    wave = 1.0 + d.folds * np.sin(13.0 * angles[None] + 0.6 * np.sin(3.0 * angles[None])) * np.clip(
        t * 1.4 - 0.15, 0.0, 1.0
    )
    scale = widening * wave
    belly = s.belly * np.clip(np.cos(angles), 0.0, 1.0)[None] * (1.0 - 0.5 * t)
    x = np.cos(angles)[None] * ((base[..., 1] + out) * scale + belly)
    z = np.sin(angles)[None] * (base[..., 0] + out) * scale
    rise = (0.74 * down) if d.stiff > 0.0 else 0.0
    y = np.broadcast_to(top - down + rise * t, x.shape) - 0.0
    points = np.stack([x + f.hips[0] * t, y, z], -1).reshape(-1, 3)
    faces = _grid(rings, len(angles), closed=whole)
    colors = np.tile(np.array(d.color), (len(points), 1))
    shares = np.repeat(t[:, 0], len(angles))
    # Folds are darker in their depth.
    colors *= (
        1.0 - 1.6 * d.folds * (1.0 - np.clip((wave - 1.0) / max(d.folds, 1e-3), -1.0, 1.0)) * 0.5
    ).reshape(-1)[:, None]
    if d.trim is not None:
        colors[shares > _HEM] = d.trim
    mesh = as_mesh(points, _outwards(points, faces), colors, faces)
    weights = _skirt_weights(skeleton, np.tile(angles, rings), shares, hip_at, d.stiff)
    return _shell(mesh, weights, -points[:, 1], coat)


def cape_shell(
    color: Rgb, s: PersonShape, f: Frame, skeleton: Skeleton, detail: float, *, whole: bool
) -> Shell:
    """A cape on the back, or a cloak that closes round the shoulders."""
    rings, across = max(6, round(14 * min(detail, 1.2))), max(10, round(26 * min(detail, 1.2)))
    half = 2.55 if whole else 1.25
    u = np.linspace(-1.0, 1.0, across)[None]
    t = np.linspace(0.0, 1.0, rings)[:, None]
    top, bottom = float(f.neck[1]) + 0.004, 0.10 if whole else 0.16
    spread = np.clip(t / 0.22, 0.0, 1.0) ** 0.7
    radius_z = s.neck * 1.5 + (s.shoulder + s.upper_arm * 1.5 - s.neck * 1.5) * spread + 0.07 * t
    radius_x = s.neck * 1.5 + (s.chest[1] + 0.030 - s.neck * 1.5) * spread + 0.05 * t
    angle = math.pi + u * half * (0.88 + 0.12 * t)
    wave = 1.0 + 0.05 * np.sin(9.0 * u * half) * np.clip(t * 1.5 - 0.3, 0.0, 1.0)
    x = np.cos(angle) * radius_x * wave - 0.012
    z = np.sin(angle) * radius_z * wave
    y = np.broadcast_to(
        top - t * (top - bottom) - 0.030 * np.clip(np.abs(np.sin(angle)), 0, 1) * spread, x.shape
    )
    points = np.stack([x, y, z], -1).reshape(-1, 3)
    faces = _grid(rings, across, closed=False)
    normals = _outwards(points, faces)
    depth = (1.0 - 0.9 * (1.0 - wave)).reshape(-1)[:, None]
    mesh = as_mesh(points, normals, np.array(color) * np.clip(depth, 0.7, 1.1), faces)
    weights = np.zeros((len(points), len(skeleton)))
    share = np.repeat(t[:, 0], across)
    shoulder = np.clip(1.0 - share / 0.25, 0.0, 1.0)
    low = np.clip((share - 0.35) / 0.5, 0.0, 1.0)
    weights[:, skeleton.index("chest")] = shoulder
    weights[:, skeleton.index("cape0")] = (1.0 - shoulder) * (1.0 - low)
    weights[:, skeleton.index("cape1")] = (1.0 - shoulder) * low
    return _shell(mesh, weights, -points[:, 1], PLAIN)


def _skirt_weights(skeleton: Skeleton, angles: Vec, share: Vec, hip_at: float, stiff: float) -> Vec:
    weights = np.zeros((len(angles), len(skeleton)))
    hang = np.clip((share - 0.35 * hip_at) / max(0.40, hip_at), 0.0, 1.0) * (1.0 - 0.6 * stiff)
    hang = hang * hang * (3.0 - 2.0 * hang)
    weights[:, skeleton.index("pelvis")] = 1.0 - hang
    at = (angles / math.tau * SKIRT_BONES) % SKIRT_BONES
    first = np.floor(at).astype(int) % SKIRT_BONES
    blend = at - np.floor(at)
    rows = np.arange(len(angles))
    start = skeleton.index("skirt0")
    np.add.at(weights, (rows, start + first), hang * (1.0 - blend))
    np.add.at(weights, (rows, start + (first + 1) % SKIRT_BONES), hang * blend)
    return weights


def _grid(rings: int, across: int, *, closed: bool) -> NDArray[np.int64]:
    at = np.arange(rings * across).reshape(rings, across)
    after = np.roll(at, -1, 1)
    if not closed:
        at, after = at[:, :-1], after[:, :-1]
    return np.concatenate(
        [
            np.stack([at[:-1], after[:-1], at[1:]], -1).reshape(-1, 3),
            np.stack([after[:-1], after[1:], at[1:]], -1).reshape(-1, 3),
        ]
    )


def _outwards(points: Vec, faces: NDArray[np.int64]) -> Vec:
    normals = vertex_normals(points, faces)
    way = points * np.array([1.0, 0.0, 1.0]) + np.array([0.0, 0.02, 0.0])
    flip = np.sign((normals * way).sum(1).mean() or 1.0)
    return normals * flip


def _shell(mesh: Mesh, weights: Vec, along: Vec, coat: Coat) -> Shell:
    """A sheet of cloth with its lining, which is darker."""
    n = len(mesh.positions)
    lining = mesh.colors.copy()
    lining[:, :3] = (lining[:, :3] * 0.62).astype(np.uint8)
    both = Mesh(
        np.concatenate([mesh.positions, mesh.positions]),
        np.concatenate([mesh.normals, -mesh.normals]),
        np.concatenate([mesh.colors, lining]),
        np.concatenate([mesh.glow, mesh.glow]),
        np.concatenate([mesh.faces, mesh.faces[:, ::-1] + np.uint32(n)]),
    )
    skin = np.tile(np.array([235, 255 if coat != PLAIN else 0, 0, 90], np.uint8), (2 * n, 1))
    skin[n:, 0] = 150
    bones, shares = top_weights(weights)
    flow = np.concatenate([along, along]).astype(np.float32)
    return Shell(both, skin, flow, np.concatenate([bones, bones]), np.concatenate([shares, shares]), coat)
