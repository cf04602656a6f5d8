"""Waves as a tile that repeats: a wind sea by inverse Fourier transform.

After Jerry Tessendorf, "Simulating Ocean Water" (2001): a Phillips spectrum, deep-water dispersion, the
slopes and height of every instant from one pair of transforms.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

_GRAVITY = 9.81
_WIND_RAD = 1.2
"""Where the wind blows to, from +x towards +z: to the camera and a little aside."""


class WaveTile:
    """A square of sea whose opposite sides meet.

    Args:
        seed: which sea.
        size: samples along a side; a power of two.
        side_m: metres along a side.
        wind_mps: wind speed.
        height_m: standard deviation of the height; significant height is four times that.
    """

    def __init__(
        self,
        seed: int,
        *,
        size: int = 128,
        side_m: float = 40.0,
        wind_mps: float = 5.0,
        height_m: float = 0.16,
    ) -> None:
        k = 2.0 * np.pi * np.fft.fftfreq(size, side_m / size)
        kx, kz = np.meshgrid(k, k)
        length = np.hypot(kx, kz)
        safe = np.maximum(length, 1e-6)
        longest = wind_mps**2 / _GRAVITY
        aligned = (kx * math.cos(_WIND_RAD) + kz * math.sin(_WIND_RAD)) / safe
        spread = aligned**2 * np.where(aligned < 0.0, 0.25, 1.0) + 0.04
        spectrum = np.exp(-1.0 / (safe * longest) ** 2) / safe**4 * spread * np.exp(-((safe * 0.09) ** 2))
        spectrum[0, 0] = 0.0
        rng = np.random.default_rng(seed)
        white = rng.normal(size=(2, size, size))
        self._start = (white[0] + 1j * white[1]) * np.sqrt(spectrum / 2.0)
        mirrored = np.roll(self._start[::-1, ::-1], (1, 1), (0, 1))
        self._opposite = np.conj(mirrored)
        # Waves of one length go at one speed, so a quarter of them tells for all.
        quarter = size // 2 + 1
        self._omega = np.sqrt(_GRAVITY * length[:quarter, :quarter])
        self._fold = np.minimum(np.arange(size), size - np.arange(size))
        self._i_kx, self._kz, self._size = 1j * kx, kz, size
        scale = height_m / float(self._fields(0.0)[0].std())
        self._start *= scale
        self._opposite *= scale
        height, slope_x, slope_z = self._fields(0.0)
        self.height_scale = float(4.0 * height.std())
        self.slope_scale = float(4.0 * np.sqrt((slope_x**2 + slope_z**2).mean() / 2.0))

    def _fields(self, time_s: float) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
        turn = np.exp(1j * self._omega * time_s)[self._fold][:, self._fold]
        waves = self._start * turn + self._opposite * np.conj(turn)
        # Two real fields ride in one complex transform; the third needs its own.
        slopes = np.fft.ifft2(self._i_kx * waves - self._kz * waves)
        height = np.fft.irfft2(waves[:, : len(self._omega)], s=waves.shape)
        return height, slopes.real, slopes.imag

    def at(self, time_s: float) -> NDArray[np.uint8]:
        """The tile at a moment: uint8, (size, size, 4).

        Slope along x, slope along z, height and folding, each 127.5 for none, the whole range one scale.
        Folding is high on the lee of steep crests, where foam is born.
        """
        height, slope_x, slope_z = self._fields(time_s)
        across, along, up = slope_x / self.slope_scale, slope_z / self.slope_scale, height / self.height_scale
        folding = up * 0.8 + np.sqrt(across * across + along * along) * 0.45 - 0.12
        out = np.empty((self._size, self._size, 4), np.uint8)
        for channel, field in enumerate((across, along, up, folding)):
            out[..., channel] = np.clip(field + 0.5, 0.0, 1.0) * 255.0 + 0.5
        return out
