"""The city street, lit: windows and lamps at night, wet asphalt in the rain."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from kirin_video.engines.previs.camera import Stage
from kirin_video.engines.previs.city import build_city
from kirin_video.engines.previs.city.ground import FAR_END_M, NEAR_END_M, ROAD_HALF_M
from kirin_video.engines.previs.city.model import CityModel
from kirin_video.engines.previs.city.neon import Sign, signs
from kirin_video.engines.previs.city.roof_deck import ROOF_M, on_the_roof, roof_deck
from kirin_video.engines.previs.light import Light
from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.plan import Phenomenon, Place, Style
from kirin_video.engines.previs.scenery import Finish, Lamp, Part, Scene, Sky
from kirin_video.engines.previs.shapes import tinted, whitened
from kirin_video.engines.previs.swarms import Key, Look, Shape, Swarm, grown
from kirin_video.engines.previs.ways import Way
from kirin_video.engines.previs.worlds.site import Site, fitting_fov

_NARROW = 1.0
_LEVEL = 0.8
_LIT = 0.5
_NEAR_LAMPS = 6
_LAMPLIGHT = (1.15, 0.80, 0.44)
_LANE_M = 1.80
_MOONLIGHT = (0.20, 0.26, 0.38)
_ROOF_LAMPS = (
    Lamp((-3.0, ROOF_M + 2.7, 9.0), (1.5, 1.05, 0.60), 4.5),
    Lamp((3.5, ROOF_M + 2.7, 8.0), (1.5, 1.05, 0.60), 4.5),
    Lamp((0.5, ROOF_M + 2.9, 15.0), (1.3, 0.92, 0.54), 4.5),
)


def build(site: Site) -> Scene:
    """Build the city around the street's own composed view."""
    model = build_city(
        site.seed,
        time=site.plan.time,
        season=site.plan.season,
        cars="car" not in site.plan.barred,
        trees="tree" not in site.plan.barred,
    )
    stage = model.stage
    if site.aspect < _NARROW:
        stage = Stage(
            stage.eye, stage.target, max(stage.fov_deg, fitting_fov(site.aspect, 76.0)), stage.ground
        )
    roof, lit = site.plan.place is Place.ROOFTOP, site.light().lamps > _LIT
    if roof:
        fov = max(stage.fov_deg, fitting_fov(site.aspect, 72.0))
        stage = Stage((-1.0, ROOF_M + 1.7, 21.0), (1.5, ROOF_M + 0.9, -8.0), fov, on_the_roof)
    neon = signs(site.rng(21)) if has_neon(site) else []
    # The ground comes first; it is the mirror itself.
    return Scene(
        stage=stage,
        light=_light(site),
        sky=Sky(site.seed, cloud_size=1.2, streaks=0.4),
        weather=site.plan.weather,
        seed=site.seed,
        parts=tuple(
            Part(_weathered(mesh, site), Finish.HARD, mirrored=k > 0, cell_m=30.0)
            for k, mesh in enumerate(model.meshes)
        )
        + ((Part(roof_deck(lit=lit), Finish.HARD, cell_m=0.0),) if roof else ())
        + (
            (Part(merge([sign.mesh for sign in neon]), Finish.HARD, mirrored=True, cell_m=18.0),)
            if neon
            else ()
        ),
        swarms=(shine(neon),) if neon else (),
        lamps=_ROOF_LAMPS if roof and lit else (),
        baked_lamps=_lamps(model) if lit and not roof else (),
        mirror_level_m=0.0 if site.wet else None,
        wet_street=site.wet,
        shadow_radius_m=75.0,
        shadow_center=(0.0, -55.0),
        ways=(_avenue(),),
    )


def has_neon(site: Site) -> bool:
    """Whether its signs are asked for, and lit."""
    asked = Phenomenon.NEON in site.plan.phenomena or site.plan.style is Style.CYBERPUNK
    return asked and site.light().lamps > _LIT


def shine(neon: list[Sign]) -> Swarm:
    """What signs shine into wet air."""
    look = Look(
        Shape.GLOW, keys=(Key(0.0, (1.0, 1.0, 1.0), 0.34),), glow=1.0, cover=0.0, twinkle=0.12, twinkle_hz=0.9
    )
    return grown(
        look,
        born=np.full(len(neon), -1.0),
        life=120.0,
        start=np.array([sign.middle for sign in neon]),
        size=np.array([1.7 * sign.half_m + 0.6 for sign in neon]),
        chance=np.linspace(0.0, 1.0, len(neon)),
        tint=np.array([sign.color for sign in neon]),
    )


def _avenue() -> Way:
    """The carriageway, for what drives on it."""
    z = np.arange(FAR_END_M, NEAR_END_M, 2.0)
    flat = np.zeros_like(z)
    return Way(z, flat, flat, ROAD_HALF_M, (_LANE_M,), best_seen=0.0, kept_clear=False)


def _lamps(model: CityModel) -> tuple[Lamp, ...]:
    """The street lamps round the stage, for whoever walks below them."""
    near = sorted(model.lamps, key=lambda at: abs(at[2] + 2.0))[:_NEAR_LAMPS]
    return tuple(Lamp(at, _LAMPLIGHT, 4.5) for at in near)


def _light(site: Site) -> Light:
    """At night the lamps, not the moon, light a street."""
    light = site.light(turn_deg=-8.0 if site.dark else 0.0)
    dim = 0.98 if has_neon(site) else 0.78
    return replace(light, exposure=light.exposure * dim, sun_color=_MOONLIGHT) if site.dark else light


def _weathered(mesh: Mesh, site: Site) -> Mesh:
    if site.snowy:
        snowy = whitened(mesh, 0.92, 0.35)
        # Lamplight lies on the ground as glow; on snow it would burn out.
        level = mesh.normals[:, 1] > _LEVEL
        glow = np.where(level, mesh.glow // 3, mesh.glow).astype(np.uint8)
        return Mesh(snowy.positions, snowy.normals, snowy.colors, glow, snowy.faces)
    return tinted(mesh, (0.72, 0.74, 0.78)) if site.wet else mesh
