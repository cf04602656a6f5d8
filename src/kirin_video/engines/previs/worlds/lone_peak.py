"""A lone volcano on the horizon, as Mount Fuji stands: even slopes that steepen upwards, a cap of snow."""

from __future__ import annotations

import numpy as np

from kirin_video.engines.previs.noise import Field, blend, smoothstep
from kirin_video.engines.previs.plan import Place as Named
from kirin_video.engines.previs.plan import Season
from kirin_video.engines.previs.terrain import Height, Paint
from kirin_video.engines.previs.worlds.site import Site

_FAR_M, _FOOT_M, _HIGH_M, _CRATER_M = 2700.0, 1900.0, 690.0, 95.0
_ASH = np.array([0.34, 0.36, 0.44, 0.9], np.float32)
_WOODS = np.array([0.20, 0.29, 0.22, 1.0], np.float32)
_SNOW = np.array([0.94, 0.96, 0.99, 0.2], np.float32)
_SNOWLINE = {Season.SUMMER: 0.80, Season.AUTUMN: 0.66, Season.WINTER: 0.32}
"""Above which share of its height snow lies."""


def has_lone_peak(site: Site) -> bool:
    """Whether the prompt names such a mountain."""
    return site.plan.place is Named.FUJI


def risen(height: Height, site: Site, azimuth_rad: float = 0.0) -> Height:
    """Land with the mountain on its horizon.

    Args:
        height: the land without it.
        site: whose chance furrows it.
        azimuth_rad: where it stands, from straight ahead to the right.
    """
    noise = site.noise(9)
    middle = _middle(azimuth_rad)

    def with_it(x: Field, z: Field) -> Field:
        d = np.hypot(x - middle[0], z - middle[1])
        t = np.clip(1.0 - (d - _CRATER_M) / _FOOT_M, 0.0, 1.0)
        gully = noise.ridged((x - middle[0]) / 420.0, (z - middle[1]) / 420.0, 3) - 0.5
        cone = _HIGH_M * t**2.1 + 60.0 * gully * t * (1.0 - t)
        return np.maximum(height(x, z), cone - 14.0).astype(np.float32)

    return with_it


def capped(paint: Paint, site: Site, azimuth_rad: float = 0.0) -> Paint:
    """Colours with the mountain's own: woods round its foot, blue ash, and snow that runs down its furrows.

    Args:
        paint: the land's colours without it.
        site: whose season and chance it is.
        azimuth_rad: where it stands, as for `risen`.
    """
    noise, middle = site.noise(9), _middle(azimuth_rad)
    line = _SNOWLINE.get(site.plan.season, 0.50) if site.plan.season else 0.50

    def with_it(x: Field, z: Field, y: Field, steep: Field) -> Field:
        color = paint(x, z, y, steep)
        dx, dz = x - middle[0], z - middle[1]
        near = smoothstep(_FOOT_M, 0.86 * _FOOT_M, np.hypot(dx, dz))
        turn = np.arctan2(dx, dz)
        furrows = noise.fbm(np.cos(turn) * 9.0, np.sin(turn) * 9.0, 4)
        share = y / _HIGH_M + 0.16 * furrows
        own = blend(
            np.broadcast_to(_WOODS, color.shape),
            np.broadcast_to(_ASH, color.shape),
            smoothstep(0.10, 0.26, share),
        )
        own = blend(own, np.broadcast_to(_SNOW, color.shape), smoothstep(line, line + 0.07, share))
        return blend(color, own, near * smoothstep(12.0, 40.0, y))

    return with_it


def _middle(azimuth_rad: float) -> tuple[float, float]:
    return _FAR_M * float(np.sin(azimuth_rad)), -_FAR_M * float(np.cos(azimuth_rad))
