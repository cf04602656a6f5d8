"""Shells: weights as bytes, one shell for every coat, its triangles in an order that draws quickly."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.bodies.body import Shell
from kirin_video.engines.previs.bodies.lumps import Rows
from kirin_video.engines.previs.coats import PLAIN, Coat
from kirin_video.engines.previs.mesh import Mesh


def top_weights(weights: Rows) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """The four strongest bones of each vertex and their weights, adding up to 255.

    Args:
        weights: (n, bones), adding up to 1 in each row.
    """
    count = min(4, weights.shape[1])
    best = np.argsort(-weights, axis=1, kind="stable")[:, :count]
    shares = np.take_along_axis(weights, best, 1)
    shares = np.floor(255.0 * shares / shares.sum(1, keepdims=True) + 1e-9)
    shares[:, 0] += 255.0 - shares.sum(1)
    room = ((0, 0), (0, 4 - count))
    return np.pad(best, room).astype(np.uint8), np.pad(shares, room).astype(np.uint8)


def as_bytes(values: Rows) -> NDArray[np.uint8]:
    """0 to 1 as bytes, clipped and rounded."""
    return (np.clip(values, 0.0, 1.0) * 255.0 + 0.5).astype(np.uint8)


def gathered(shells: list[Shell]) -> tuple[Shell, ...]:
    """One shell for every coat; what is plain goes with the first, where no pattern covers it."""
    coats = list(dict.fromkeys(s.coat for s in shells if s.coat != PLAIN)) or [PLAIN]
    return tuple(
        _in_curve(_joined([s for s in shells if _home(s.coat, coats) == coat], coat)) for coat in coats
    )


def _home(coat: Coat, coats: list[Coat]) -> Coat:
    return coat if coat in coats else coats[0]


def _joined(shells: list[Shell], coat: Coat) -> Shell:
    starts = np.cumsum([0, *(len(s.mesh.positions) for s in shells)])
    meshes = [s.mesh for s in shells]
    mesh = Mesh(
        np.concatenate([m.positions for m in meshes]),
        np.concatenate([m.normals for m in meshes]),
        np.concatenate([m.colors for m in meshes]),
        np.concatenate([m.glow for m in meshes]),
        np.concatenate([m.faces + np.uint32(start) for m, start in zip(meshes, starts, strict=False)]),
    )
    skins = [s.skin if s.coat == coat else _uncovered(s.skin) for s in shells]
    return Shell(
        mesh,
        np.concatenate(skins),
        np.concatenate([s.along for s in shells]),
        np.concatenate([s.bones for s in shells]),
        np.concatenate([s.weights for s in shells]),
        coat,
    )


def _in_curve(shell: Shell) -> Shell:
    """The same shell, its faces along a curve that fills space, its vertices in the order of their first use.

    llvmpipe shades a vertex again whenever its small cache has lost it: neighbours must follow each other.
    """
    mesh = shell.mesh
    middles = mesh.positions[mesh.faces].mean(1)
    low, high = middles.min(0), middles.max(0)
    place = ((middles - low) / float((high - low).max() + 1e-9) * 1023.0).astype(np.int64)
    key = sum(_spread_bits(place[:, axis]) << axis for axis in range(3))
    faces = mesh.faces[np.argsort(key, kind="stable")]
    used, first = np.unique(faces, return_index=True)
    order = used[np.argsort(first, kind="stable")]
    back = np.zeros(len(mesh.positions), np.uint32)
    back[order] = np.arange(len(order), dtype=np.uint32)
    return Shell(
        Mesh(mesh.positions[order], mesh.normals[order], mesh.colors[order], mesh.glow[order], back[faces]),
        shell.skin[order],
        shell.along[order],
        shell.bones[order],
        shell.weights[order],
        shell.coat,
    )


def _spread_bits(values: NDArray[np.int64]) -> NDArray[np.int64]:
    """Ten bits with two empty places after each (G. M. Morton, 1966)."""
    for shift, mask in ((16, 0x30000FF), (8, 0x300F00F), (4, 0x30C30C3), (2, 0x9249249)):
        values = (values | (values << shift)) & mask
    return values


def _uncovered(skin: NDArray[np.uint8]) -> NDArray[np.uint8]:
    bare = skin.copy()
    bare[:, 1] = 0
    return bare
