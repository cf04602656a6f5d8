"""Smooth random fields over the ground plane: the raw material of hills, colours and placement."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import ModuleType

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.jit_cache import prepare_jit_cache

Field = NDArray[np.floating]

_Line = NDArray[np.float32]
_Kernel = Callable[[_Line, _Line, _Line, _Line, _Line], None]

_SIZE = 256


def compiled_kernels() -> ModuleType:
    """The compiled loops: numba must not be imported before it can find its cache."""
    if "numba" not in sys.modules:
        prepare_jit_cache()
    from kirin_video.engines.previs import noise_kernels  # noqa: PLC0415

    return noise_kernels


class Noise:
    """Gradient noise on a 256-metre tile of unit lattice cells, drawn from one seed.

    After Ken Perlin, "Improving Noise" (2002): random unit gradients on a lattice, quintic fade.
    """

    def __init__(self, seed: int) -> None:
        kernels = compiled_kernels()
        angles = np.random.default_rng(seed).uniform(0.0, 2.0 * np.pi, (_SIZE, _SIZE)).astype(np.float32)
        self._gradients = np.stack([np.cos(angles), np.sin(angles)], -1)
        self._sum_octaves, self._sum_ridges = kernels.sum_octaves, kernels.sum_ridges

    def at(self, x: Field, z: Field) -> Field:
        """Noise of about -0.7 to 0.7 at points of the plane; features are one unit wide."""
        return self.fbm(x, z, 1)

    def fbm(self, x: Field, z: Field, octaves: int, gain: float = 0.5) -> Field:
        """Noise summed over octaves, each turned so that no lattice shows; about -1 to 1."""
        return self._run(self._sum_octaves, x, z, octaves, gain)

    def ridged(self, x: Field, z: Field, octaves: int, gain: float = 0.5) -> Field:
        """Sharp crests, 0 to about 1: each octave is strong only where the one before was (Musgrave)."""
        return self._run(self._sum_ridges, x, z, octaves, gain)

    def _run(self, kernel: _Kernel, x: Field, z: Field, octaves: int, gain: float) -> Field:
        x, z = np.broadcast_arrays(x, z)
        out = np.empty(x.shape, np.float32)
        weights = np.float32(gain) ** np.arange(octaves, dtype=np.float32)
        kernel(self._gradients, _line(x), _line(z), weights, out.reshape(-1))
        return out


def _line(field: Field) -> _Line:
    return np.ascontiguousarray(field, np.float32).reshape(-1)


def smoothstep(low: float, high: float, x: Field) -> Field:
    """The cubic step from 0 at ``low`` to 1 at ``high`` (either may be the larger)."""
    out = np.empty(np.shape(x), np.float32)
    compiled_kernels().step_smoothly(np.float32(low), np.float32(high - low), _line(x), out.reshape(-1))
    return out


def blend(a: Field, b: Field, share: Field) -> Field:
    """Linear blend of two (..., 3) colours or fields by a field of shares."""
    columns = max(a.shape[-1], b.shape[-1])
    out = np.empty((*share.shape, columns), np.float32)
    compiled_kernels().mix_rows(_rows(a, columns), _rows(b, columns), _line(share), out.reshape(-1, columns))
    return out


def _rows(colors: Field, columns: int) -> _Line:
    """A table of colours, of one row where the same colour was broadcast everywhere."""
    if colors.size and not any(colors.strides[:-1]):
        colors = colors[(0,) * (colors.ndim - 1)]
    return np.ascontiguousarray(colors, np.float32).reshape(-1, columns)


def where(keep: NDArray[np.bool_], field: Callable[[Field, Field], Field], x: Field, z: Field) -> Field:
    """A field where it matters and 0 elsewhere; costly fields are only evaluated there."""
    out = np.zeros(np.broadcast(x, z).shape, np.float32)
    out[keep] = field(x[keep], z[keep])
    return out
