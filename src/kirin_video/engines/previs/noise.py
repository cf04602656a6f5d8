"""Smooth random fields over the ground plane: the raw material of hills, colours and placement."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Field = NDArray[np.floating]

_SIZE = 256
_TURN = np.array([[0.8, 0.6], [-0.6, 0.8]], np.float32)


class Noise:
    """Gradient noise on a 256-metre tile of unit lattice cells, drawn from one seed.

    After Ken Perlin, "Improving Noise" (2002): random unit gradients on a lattice, quintic fade.
    """

    def __init__(self, seed: int) -> None:
        angles = np.random.default_rng(seed).uniform(0.0, 2.0 * np.pi, (_SIZE, _SIZE)).astype(np.float32)
        self._gx = np.cos(angles)
        self._gz = np.sin(angles)

    def at(self, x: Field, z: Field) -> Field:
        """Noise of about -0.7 to 0.7 at points of the plane; features are one unit wide."""
        fx, fz = np.floor(x), np.floor(z)
        ix, iz = fx.astype(np.int32) & (_SIZE - 1), fz.astype(np.int32) & (_SIZE - 1)
        dx, dz = (x - fx).astype(np.float32), (z - fz).astype(np.float32)
        jx, jz = (ix + 1) & (_SIZE - 1), (iz + 1) & (_SIZE - 1)
        u, v = _fade(dx), _fade(dz)
        near = self._corner(ix, iz, dx, dz) * (1 - u) + self._corner(jx, iz, dx - 1, dz) * u
        far = self._corner(ix, jz, dx, dz - 1) * (1 - u) + self._corner(jx, jz, dx - 1, dz - 1) * u
        return near * (1 - v) + far * v

    def _corner(self, ix: NDArray[np.int32], iz: NDArray[np.int32], dx: Field, dz: Field) -> Field:
        return self._gx[ix, iz] * dx + self._gz[ix, iz] * dz

    def fbm(self, x: Field, z: Field, octaves: int, gain: float = 0.5) -> Field:
        """Noise summed over octaves, each turned so that no lattice shows; about -1 to 1."""
        total = np.zeros(np.broadcast(x, z).shape, np.float32)
        weight = 1.0
        for _ in range(octaves):
            total += np.float32(weight) * self.at(x, z)
            x, z = _next_octave(x, z)
            weight *= gain
        return total

    def ridged(self, x: Field, z: Field, octaves: int, gain: float = 0.5) -> Field:
        """Sharp crests, 0 to about 1: each octave is strong only where the one before was (Musgrave)."""
        total = np.zeros(np.broadcast(x, z).shape, np.float32)
        weight = np.ones_like(total)
        amplitude, norm = 1.0, 0.0
        for _ in range(octaves):
            value = self.at(x, z)
            # Rounded a little: a true cusp makes needles where two crests cross.
            crest = (1.0 - np.minimum(np.sqrt(value * value * 3.2 + 0.012), 1.0)) ** 1.6
            total += np.float32(amplitude) * crest * weight
            weight = np.clip(crest * 1.6, 0.0, 1.0)
            norm += amplitude
            amplitude *= gain
            x, z = _next_octave(x, z)
        return (total / np.float32(norm)).astype(np.float32)


def _fade(t: Field) -> Field:
    return t * t * t * (t * (t * 6 - 15) + 10)


def _next_octave(x: Field, z: Field) -> tuple[Field, Field]:
    nx = (_TURN[0, 0] * x + _TURN[0, 1] * z) * np.float32(2.03) + np.float32(17.3)
    nz = (_TURN[1, 0] * x + _TURN[1, 1] * z) * np.float32(2.03) + np.float32(5.9)
    return nx, nz


def smoothstep(low: float, high: float, x: Field) -> Field:
    """The cubic step from 0 at ``low`` to 1 at ``high`` (either may be the larger)."""
    t = np.clip((x - np.float32(low)) / np.float32(high - low), 0.0, 1.0)
    return (t * t * (3.0 - 2.0 * t)).astype(np.float32)


def blend(a: Field, b: Field, share: Field) -> Field:
    """Linear blend of two (..., 3) colours or fields by a field of shares."""
    t = share[..., None]
    return (a * (1.0 - t) + b * t).astype(np.float32)


def where(keep: NDArray[np.bool_], field: Callable[[Field, Field], Field], x: Field, z: Field) -> Field:
    """A field where it matters and 0 elsewhere; costly fields are only evaluated there."""
    out = np.zeros(np.broadcast(x, z).shape, np.float32)
    out[keep] = field(x[keep], z[keep])
    return out
