"""A forest: a path between tall trunks, ferns and moss, sun on the ground where the leaves let it through."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from kirin_video.engines.previs import grass, trees, woods
from kirin_video.engines.previs.light import Light, direction
from kirin_video.engines.previs.mesh import Mesh
from kirin_video.engines.previs.noise import Field, blend, smoothstep
from kirin_video.engines.previs.plan import Angle, Season, TimeOfDay, Weather
from kirin_video.engines.previs.plan import Place as Asked
from kirin_video.engines.previs.scenery import Finish, Part, Scene, Sky
from kirin_video.engines.previs.shapes import rock
from kirin_video.engines.previs.terrain import Grain, Height, Paint, Rings, map_ground, sample_height
from kirin_video.engines.previs.worlds.land import far_off
from kirin_video.engines.previs.worlds.seasons import Foliage, foliage, tip
from kirin_video.engines.previs.worlds.site import Place, Site, gather, plant, weathered

Way = Callable[[Field], Field]
"""Where the path runs: x at z."""

_LITTER = np.array([0.36, 0.27, 0.16, 1.0], np.float32)
_MOSS = np.array([0.30, 0.37, 0.14, 0.9], np.float32)
_EARTH = np.array([0.50, 0.40, 0.28, 0.8], np.float32)
_DEPTH = np.array([0.22, 0.28, 0.14, 0.8], np.float32)
_SUMMER = ((0.20, 0.34, 0.11), (0.46, 0.58, 0.18))
_PATH_M = 1.05
ROUND_RAD = 0.3
"""Trees stand a radian to both sides of where the path leads, and a picture takes up half of that."""
_FROM_ABOVE = frozenset({Angle.AERIAL, Angle.OVERHEAD})
_KEYS = {
    TimeOfDay.DAWN: (-30.0, 17.0),
    TimeOfDay.DAY: (-36.0, 38.0),
    TimeOfDay.DUSK: (28.0, 14.0),
    TimeOfDay.NIGHT: (24.0, 42.0),
}
"""The key light comes from ahead: leaves shine through and shadows fall towards the camera."""


def build(site: Site) -> Scene:
    """Build the forest."""
    way = path_of(site)
    height = forest_floor(site)
    paint = weathered(_paint(site, way), site)
    stage = site.stage(
        height, 1.55, (float(way(np.array([-14.0]))[0]) * 0.6, sample_height(height, 0.0, -14.0) + 2.3, -14.0)
    )
    return Scene(
        stage=stage,
        light=under_leaves(site),
        sky=Sky(site.seed, cloud_size=1.0, streaks=0.25),
        weather=site.plan.weather,
        seed=site.seed,
        ground=map_ground(
            height,
            paint,
            center=(0.0, 0.0),
            rings=Rings(columns=1152, rows=400, farthest_m=700.0, bands=((4.0, 40.0, 0.8),)),
            grain=Grain(amount=0.35 if site.snowy else 0.75, scale=9.0),
            wetness=0.25 if site.wet else 0.0,
        ),
        parts=tuple(_parts(site, height, paint, way, stage.eye)),
        shadow_radius_m=36.0,
        shadow_center=(0.0, -20.0),
        round_rad=ROUND_RAD,
    )


def under_leaves(site: Site) -> Light:
    """Under leaves: less sky, greener, and air that one sees."""
    light = site.light()
    azimuth, elevation = _KEYS[site.plan.time]
    foggy = site.plan.weather is Weather.FOG
    if site.plan.framing.height in _FROM_ABOVE and not foggy:
        # Above the crowns it is the sky of any other land.
        return replace(site.light(), haze_per_m=max(site.light().haze_per_m, 0.0016))
    day = site.plan.time is TimeOfDay.DAY
    veil = (
        (0.56, 0.66, 0.38) if day and site.plan.weather in {Weather.CLEAR, Weather.CLOUDY} else light.horizon
    )
    return replace(
        light,
        sun=direction(azimuth * (1.0 if site.side(0) > 0.0 else -1.0), elevation),
        sun_color=tuple(c * 1.75 for c in light.sun_color),  # pyright: ignore[reportArgumentType]
        horizon=veil,
        horizon_away=tuple(v * 0.85 for v in veil),  # pyright: ignore[reportArgumentType]
        bounce=(light.bounce[0] * 0.75, light.bounce[1] * 0.85, light.bounce[2] * 0.6),
        haze_per_m=light.haze_per_m if foggy else max(light.haze_per_m, 0.0062 if not site.dark else 0.012),
        disc=0.0,
        exposure=light.exposure * 1.42,
    )


def _leaves(site: Site, which: int) -> Foliage:
    """The crown of one tree; in a blossoming grove nearly all of them flower."""
    if site.plan.place is Asked.BLOSSOM and site.plan.season in {None, Season.SPRING}:
        return foliage(Season.SPRING, which, _SUMMER, blossoms=True)
    return foliage(site.plan.season, which, _SUMMER)


def path_of(site: Site) -> Way:
    """Where the path through the wood runs."""
    noise = site.noise(7)
    side = site.side(0)

    def way(z: Field) -> Field:
        ahead = -np.asarray(z, np.float32)
        bend = side * (2.6 * np.sin(ahead / 17.0) + 0.0035 * ahead * ahead)
        return (
            bend * smoothstep(0.0, 14.0, ahead) + noise.fbm(ahead / 9.0, ahead * 0.0 + 2.0, 2) * 0.6
        ).astype(np.float32)

    return way


def forest_floor(site: Site) -> Height:
    """Gentle swells, banks to both sides."""
    noise, fine = site.noise(1), site.noise(2)

    def height(x: Field, z: Field) -> Field:
        r = np.hypot(x, z)
        swells = noise.fbm(x / 34.0, z / 34.0, 3) * 2.2 * smoothstep(3.0, 26.0, r)
        banks = smoothstep(14.0, 60.0, np.abs(x)) * 2.5
        near = fine.fbm(x / 2.4, z / 2.4, 2) * 0.09 * (1.0 - smoothstep(20.0, 60.0, r))
        return (swells + banks + near).astype(np.float32)

    return height


def _paint(site: Site, way: Way) -> Paint:
    noise = site.noise(3)
    season = site.plan.season

    def paint(x: Field, z: Field, _y: Field, _steep: Field) -> Field:
        litter = (
            np.broadcast_to(_LITTER, (*x.shape, 4)) * (1.0 + 0.45 * noise.fbm(x / 0.7, z / 0.7, 3))[..., None]
        )
        if season is not None and season.value == "autumn":
            fallen = blend(
                np.array([0.66, 0.36, 0.12, 1.0], np.float32),
                np.array([0.74, 0.54, 0.18, 1.0], np.float32),
                smoothstep(-0.3, 0.3, noise.fbm(x / 0.5 + 8.0, z / 0.5, 2)),
            )
            litter = blend(litter, fallen, 0.35 + 0.5 * smoothstep(-0.3, 0.4, noise.fbm(x / 3.0, z / 3.0, 3)))
        moss = smoothstep(-0.10, 0.30, noise.fbm(x / 4.5, z / 4.5, 4))
        color = blend(litter, np.broadcast_to(_MOSS, litter.shape), moss * 0.75)
        off = np.abs(x - way(z)) + noise.fbm(x / 1.3, z / 1.3, 2) * 0.35
        worn = (
            np.broadcast_to(_EARTH, litter.shape) * (1.0 + 0.25 * noise.fbm(x / 0.9, z / 0.9, 3))[..., None]
        )
        color = blend(color, worn, 1.0 - smoothstep(0.55 * _PATH_M, 1.25 * _PATH_M, off))
        return blend(color, np.broadcast_to(_DEPTH, litter.shape), smoothstep(60.0, 140.0, np.hypot(x, z)))

    return paint


def _parts(site: Site, height: Height, paint: Paint, way: Way, eye: tuple[float, float, float]) -> list[Part]:
    rng = site.rng(1)
    season, snowy = site.plan.season, site.snowy
    barks = (woods.BEECH, woods.OAK, woods.BIRCH, woods.BEECH)

    def stand(count: int, detail: float, start: int) -> list[Mesh]:
        return [
            woods.timber(
                site.seed * 11 + start + k,
                bark=barks[(k + start) % 4],
                colors=_leaves(site, k + start),
                detail=detail,
                height=float(rng.uniform(12.0, 17.0)),
            )
            for k in range(count)
        ]

    def bare(x: Field, z: Field) -> Field:
        return _PATH_M * 0.8 - np.abs(x - way(z))

    def soft(meshes: list[Mesh], cell_m: float, *, casts: bool = True) -> Part:
        return Part(gather(meshes, snowy=snowy), casts=casts, cell_m=cell_m)

    near, middle, far = stand(4, 0.62, 0), stand(4, 0.26, 4), stand(4, 0.07, 8)
    sward = grass.Sward(
        blades=9_000 if snowy else 17_000, height_m=0.12 if snowy else 0.26, reach_m=(1.1, 34.0), bare=-0.25,
        tip=tip(season, (0.44, 0.56, 0.18)),
    )  # fmt: skip
    ferns = [
        woods.fern(
            site.seed + k,
            green=(0.46, 0.40, 0.14) if season and season.value == "autumn" else (0.30, 0.44, 0.16),
        )
        for k in range(4)
    ]
    shrubs = [
        trees.bush(site.seed + k, foliage(season, k, ((0.18, 0.30, 0.10), (0.42, 0.52, 0.18))), detail=0.6)
        for k in range(3)
    ]
    thicket = [
        trees.broadleaf(site.seed * 3 + k, detail=0.16, colors=foliage(season, k, _SUMMER, blossoms=True))
        for k in range(3)
    ]
    stones = [rock(rng, (0.55, 0.36, 0.45), (0.42, 0.43, 0.36), level=2) for _ in range(2)]
    side = site.side(0)
    trunk: list[Place] = [
        (-side * (4.6 + site.spare_m), -9.5, 1.0),
        (side * (6.5 + site.spare_m), -19.0, 1.2),
    ]
    spare = site.spare_m
    caps: list[Place] = [
        (-side * (1.7 + spare), -4.3, 1.0),
        (side * (2.1 + spare), -5.6, 0.9),
        (-side * (3.2 + spare), -8.2, 1.1),
    ]
    parts = [
        soft(
            [grass.grow(site.seed, sward, eye, height, paint, roam_m=site.roam_m, bare=bare)],
            6.0,
            casts=False,
        ),
        soft(plant(rng, near, stand_beside(rng, way, 17, (5.0, 26.0), 2.5 + spare), height, 0.1), 8.0),
        soft(plant(rng, middle, stand_beside(rng, way, 60, (22.0, 55.0), 2.8 + spare), height, 0.1), 14.0),
        soft(
            plant(rng, far, stand_beside(rng, way, 150, (50.0, 135.0), 3.2 + spare), height, 0.1),
            30.0,
            casts=False,
        ),
        soft(
            plant(rng, thicket, stand_beside(rng, way, 30, (20.0, 80.0), 4.5 + spare), height, 0.3),
            24.0,
            casts=False,
        ),
        soft(plant(rng, shrubs, stand_beside(rng, way, 34, (9.0, 50.0), 2.4 + spare), height), 12.0),
        Part(
            gather(
                plant(rng, stones, stand_beside(rng, way, 9, (4.0, 22.0), 1.5 + spare), height, 0.1),
                snowy=snowy,
            ),
            Finish.HARD,
        ),
        Part(gather(plant(rng, [woods.log(site.seed)], trunk, height, 0.02), snowy=snowy), Finish.HARD),
    ]
    if not snowy:
        parts.append(
            soft(plant(rng, ferns, stand_beside(rng, way, 80, (2.6, 30.0), 1.35 + spare), height, 0.02), 7.0)
        )
        parts.append(
            Part(
                gather(plant(rng, [woods.mushrooms(site.seed)], caps, height, 0.0), snowy=False),
                Finish.HARD,
                cell_m=6.0,
            )
        )
    return parts


def stand_beside(
    rng: np.random.Generator, way: Way, count: int, reach: tuple[float, float], free_m: float
) -> list[Place]:
    """Places on both sides of the path, as dense in the picture near by as far away."""
    places: list[Place] = []
    while len(places) < count:
        turn, r = rng.uniform(-1.0, 1.0), far_off(rng, reach)
        x, z = float(np.sin(turn) * r), float(-np.cos(turn) * r)
        if abs(x - float(way(np.array([z]))[0])) > free_m + 0.03 * r:
            places.append((x, z, float(rng.uniform(0.8, 1.2))))
    return places
