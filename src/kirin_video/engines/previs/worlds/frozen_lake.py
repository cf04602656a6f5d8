"""A frozen lake: clear ice with white cracks and drifts of snow on it, the wooded shores in winter."""

# ruff: noqa: PLR2004 - a world is made of measures
from __future__ import annotations

from dataclasses import replace

import numpy as np

from kirin_video.engines.previs.noise import Field, Noise, blend, smoothstep
from kirin_video.engines.previs.plan import Season
from kirin_video.engines.previs.scenery import Part, Scene
from kirin_video.engines.previs.terrain import Ground
from kirin_video.engines.previs.worlds import lake
from kirin_video.engines.previs.worlds.site import Site

_LEVEL_M = 0.02
_CLEAR = np.array([0.66, 0.79, 0.86, 0.15], np.float32)
_DEEP = np.array([0.44, 0.63, 0.73, 0.1], np.float32)
_CRACK = np.array([0.90, 0.95, 0.98, 0.3], np.float32)
_SNOW = np.array([0.92, 0.945, 0.98, 0.3], np.float32)


def build(site: Site) -> Scene:
    """Build the lake in winter, ice in place of its water."""
    scene = lake.build(replace(site, plan=replace(site.plan, season=Season.WINTER)))
    assert scene.ground is not None
    below = scene.stage.ground

    def on_ice(x: float, z: float) -> float:
        return max(below(x, z), _LEVEL_M)

    return replace(
        scene,
        stage=replace(scene.stage, ground=on_ice),
        ground=_iced(scene.ground, site.noise(12)),
        parts=tuple(replace(part, mirrored=False) for part in scene.parts if not _grows_in_water(part)),
        water=None,
        mirror_level_m=None,
    )


def _grows_in_water(part: Part) -> bool:
    """Whether a part is the reeds, which stand lower than anything else that is mirrored and sways."""
    mesh = part.mesh
    return part.mirrored and bool(mesh.colors[:, 3].any()) and float(mesh.positions[:, 1].max()) < 2.6


def _iced(ground: Ground, noise: Noise) -> Ground:
    """The map with ice where water was."""
    x = ground.center[0] + ground.radii[:, None] * np.sin(ground.angles)[None, :]
    z = ground.center[1] - ground.radii[:, None] * np.cos(ground.angles)[None, :]
    iced = ground.height < _LEVEL_M
    height = np.where(iced, _LEVEL_M, ground.height).astype(np.float32)
    normals = np.where(iced[..., None], np.array([0.0, 1.0, 0.0], np.float32), ground.normals)
    color = np.where(iced[..., None], _ice(noise, x, z) * 255.0 + 0.5, ground.color).astype(np.uint8)
    return replace(ground, height=height, normals=normals.astype(np.float32), color=color, wetness=0.30)


def _ice(noise: Noise, x: Field, z: Field) -> Field:
    """Its colour: dark and light sheets, long cracks that branch, snow blown into tongues."""
    color = blend(_DEEP, _CLEAR, smoothstep(-0.3, 0.4, noise.fbm(x / 14.0, z / 14.0, 3)))
    wide = 0.035 + 0.0042 * np.hypot(x, z)
    for size, share in ((22.0, 1.0), (8.0, 0.75 * smoothstep(60.0, 30.0, np.hypot(x, z)))):
        bent = noise.fbm(x / size, z / size, 2) + 0.012 * noise.fbm(x / 1.3, z / 1.3, 2)
        crack = smoothstep(1.0, 0.2, np.abs(bent) * size / (1.6 * wide))
        color = blend(color, np.broadcast_to(_CRACK, color.shape), share * crack)
    drift = smoothstep(0.05, 0.35, noise.fbm(x / 26.0 + 7.0, z / 8.0, 4))
    return np.clip(blend(color, np.broadcast_to(_SNOW, color.shape), 0.92 * drift), 0.0, 1.0)
