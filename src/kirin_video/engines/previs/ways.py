"""Ways: roads and lines of rails, which wheels keep to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Numbers = NDArray[np.floating]
Surface = Callable[[Floats, Floats], Floats]
"""Heights in metres at arrays of x and z."""


@dataclass(frozen=True, slots=True)
class Way:
    """A road or a line of rails through a world. It runs along z, however it winds.

    Attributes:
        z: float64, (k,), metres, rising evenly.
        x: float64, (k,), of its middle there.
        y: float64, (k,), how high its surface lies.
        half_m: half of its width.
        lanes: how far to the right of its middle one keeps, metres, the usual lane first.
        railed: whether it carries trains and nobody else.
        best_seen: the side that is best looked over it to, 1.0 towards +x; 0 where houses stand on both.
        kept_clear: whether nobody who does not go along it stands on it: a street may be walked on.
    """

    z: Floats
    x: Floats
    y: Floats
    half_m: float
    lanes: tuple[float, ...]
    railed: bool = False
    best_seen: float = 1.0
    kept_clear: bool = True

    def middle(self, z: Numbers) -> tuple[Floats, Floats]:
        """X and height of the middle of the way at z (...,)."""
        return np.interp(z, self.z, self.x), np.interp(z, self.z, self.y)

    def slant(self, z: Numbers) -> Floats:
        """How far it goes to the right for every metre along z, at z (...,)."""
        return np.interp(z, self.z, np.gradient(self.x, self.z))

    def off(self, x: Numbers, z: Numbers) -> Floats:
        """How far places (...,) lie from its middle, positive towards +x; roughly where it winds."""
        return (x - np.interp(z, self.z, self.x)) / np.hypot(1.0, self.slant(z))

    def carrying(self, below: Surface) -> Surface:
        """A ground with this way on it: what goes on the way is as high as its surface."""

        def surface(x: Floats, z: Floats) -> Floats:
            x, z = np.broadcast_arrays(np.asarray(x, float), np.asarray(z, float))
            on = (np.abs(self.off(x, z)) <= self.half_m) & (z >= self.z[0]) & (z <= self.z[-1])
            return np.where(on, np.interp(z, self.z, self.y), below(x, z))

        return surface

    def placed(self, z: Numbers, aside: Numbers | float, above: Numbers | float = 0.0) -> Floats:
        """Points (..., 3) so far beside the way's middle, positive towards +x, and above its surface."""
        x, y = self.middle(z)
        slant = self.slant(z)
        long = np.hypot(1.0, slant)
        return np.stack([x + aside / long, y + above, z - aside * slant / long], -1)
