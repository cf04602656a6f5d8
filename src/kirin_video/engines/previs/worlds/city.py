"""The city street, lit: windows and lamps at night, wet asphalt in the rain."""

from __future__ import annotations

from kirin_video.engines.previs.camera import Stage
from kirin_video.engines.previs.city import build_city
from kirin_video.engines.previs.mesh import Mesh
from kirin_video.engines.previs.scenery import Finish, Part, Scene, Sky
from kirin_video.engines.previs.shapes import tinted, whitened
from kirin_video.engines.previs.worlds.site import Site, fitting_fov

_NARROW = 1.0


def build(site: Site) -> Scene:
    """Build the city around the street's own composed view."""
    model = build_city(site.seed, time=site.plan.time)
    stage = model.stage
    if site.aspect < _NARROW:
        stage = Stage(
            stage.eye, stage.target, max(stage.fov_deg, fitting_fov(site.aspect, 76.0)), stage.ground
        )
    return Scene(
        stage=stage,
        light=site.light(turn_deg=-8.0 if site.dark else 0.0),
        sky=Sky(site.seed, cloud_size=1.2, streaks=0.4),
        weather=site.plan.weather,
        seed=site.seed,
        parts=tuple(
            Part(_weathered(mesh, site), Finish.HARD, mirrored=True, cell_m=30.0) for mesh in model.meshes
        ),
        mirror_level_m=None,
        shadow_radius_m=75.0,
        shadow_center=(0.0, -55.0),
    )


def _weathered(mesh: Mesh, site: Site) -> Mesh:
    if site.snowy:
        return whitened(mesh, 0.92, 0.35)
    return tinted(mesh, (0.72, 0.74, 0.78)) if site.wet else mesh
