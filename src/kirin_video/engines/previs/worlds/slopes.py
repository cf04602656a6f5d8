"""Country that falls away beside a way: to the sea, or into a valley."""

from __future__ import annotations

import numpy as np

from kirin_video.engines.previs.noise import Field, blend, smoothstep, where
from kirin_video.engines.previs.worlds.country import BEACH, SNOW, STONE, WOODS, Country, Off, turf_of
from kirin_video.engines.previs.worlds.site import Site


def coast(site: Site, off: Off) -> Country:
    """A road above the sea: rocks and a strip of beach below it, green hills on its other side."""
    noise, fine = site.noise(1), site.noise(2)

    def land(x: Field, z: Field) -> Field:
        s = off(x, z)
        ragged = 5.0 * noise.fbm(x / 34.0, z / 34.0, 3) + 1.3 * fine.fbm(x / 6.0, z / 6.0, 3)
        down = np.clip(s - 6.5, 0.0, None)
        sea = -0.42 * down - 0.55 * ragged * smoothstep(2.0, 14.0, down)
        up = np.clip(-s - 7.0, 0.0, None)
        hills = 0.10 * np.minimum(up, 120.0) + smoothstep(25.0, 220.0, up) * (
            34.0 + 46.0 * noise.fbm(x / 240.0, z / 240.0, 4)
        )
        capes = (
            where(
                np.hypot(x, z) > 260.0,  # noqa: PLR2004
                lambda a, b: 60.0 * np.maximum(noise.fbm(a / 420.0 + 8.0, b / 420.0, 5) + 0.25, 0.0),
                x,
                z,
            )
            * smoothstep(-10.0, 140.0, up - 0.2 * down)
            * smoothstep(260.0, 800.0, np.hypot(x, z))
        )
        return np.maximum(sea + hills + capes, -14.0).astype(np.float32) + np.float32(7.0)

    turf = turf_of(site)

    def paint(x: Field, z: Field, y: Field, steep: Field) -> Field:
        color = turf(x, z, y, np.zeros_like(steep))
        rough = noise.fbm(x / 5.0, z / 5.0, 4)
        stone = blend(STONE[0], STONE[1], smoothstep(-0.5, 0.6, rough))
        seaward = smoothstep(5.0, 9.0, off(x, z) + 1.5 * rough)
        color = blend(color, stone, np.maximum(seaward * 0.8, smoothstep(0.16, 0.34, steep)))
        sand = smoothstep(2.6, 1.2, y + 0.6 * rough) * smoothstep(0.25, 0.1, steep)
        return blend(color, np.broadcast_to(BEACH, color.shape), sand)

    return Country(land, paint, level_m=7.0, sea_m=0.0)


def highland(site: Site, off: Off) -> Country:
    """A road on a mountainside: rock above it, a valley below, white ridges on the valley's other side."""
    noise, fine = site.noise(1), site.noise(2)

    def land(x: Field, z: Field) -> Field:
        s, r = off(x, z), np.hypot(x, z)
        lumps = 3.2 * fine.fbm(x / 17.0, z / 17.0, 4)
        down = np.clip(s - 6.0, 0.0, None)
        valley = -0.46 * np.minimum(down, 150.0) * (1.0 - 0.0) + lumps * smoothstep(3.0, 20.0, down)
        up = np.clip(-s - 6.0, 0.0, None)
        wall = 0.62 * np.minimum(up, 90.0) + 0.25 * np.clip(up - 90.0, 0.0, 400.0)
        wall = wall * smoothstep(0.0, 26.0, up) + 1.6 * lumps * smoothstep(2.0, 14.0, up)
        across = smoothstep(260.0, 900.0, down)
        ridges = where(
            r > 200.0,  # noqa: PLR2004
            lambda a, b: np.maximum(noise.ridged(a / 1300.0 + 3.0, b / 1300.0, 6, 0.36) - 0.2, 0.0) * 780.0,
            x,
            z,
        )
        far = smoothstep(300.0, 1500.0, r)
        return (valley + wall * (1.0 - 0.6 * far) + ridges * np.maximum(across, far)).astype(np.float32)

    turf = turf_of(site)

    def paint(x: Field, z: Field, y: Field, steep: Field) -> Field:
        rough = noise.fbm(x / 120.0 + 20.0, z / 120.0, 5)
        color = turf(x, z, y, np.zeros_like(steep))
        wooded = smoothstep(60.0, 120.0, np.hypot(x, z)) * smoothstep(190.0, 110.0, y + 80.0 * rough)
        color = blend(
            color, np.broadcast_to(WOODS, color.shape) * (1.0 + 0.3 * rough)[..., None], wooded * 0.85
        )
        bands = np.sin(y * 0.35 + 5.0 * rough).astype(np.float32)
        stone = blend(STONE[0], STONE[1], smoothstep(-0.8, 0.8, bands + rough))
        rocky = np.maximum(
            smoothstep(0.17, 0.30, steep + 0.06 * rough), smoothstep(120.0, 200.0, y + 80.0 * rough)
        )
        color = blend(color, stone, rocky)
        lying = smoothstep(200.0, 300.0, y + 110.0 * rough - np.clip(steep - 0.28, 0.0, 1.0) * 700.0)
        return blend(color, np.broadcast_to(SNOW, color.shape), lying)

    return Country(land, paint)
