"""From a plan to a scene."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kirin_video.engines.previs.celestial import under_the_stars
from kirin_video.engines.previs.day_parts import in_day_part
from kirin_video.engines.previs.downfall import with_downfall
from kirin_video.engines.previs.journeys import goes_by_rail, goes_by_road
from kirin_video.engines.previs.mood import in_mood
from kirin_video.engines.previs.plan import Phenomenon, Place, Season, Setting, ShotPlan
from kirin_video.engines.previs.scenery import Scene
from kirin_video.engines.previs.worlds import (
    airport,
    alley,
    bamboo,
    beach,
    building_site,
    canal,
    canyon,
    cave,
    city,
    clouds,
    coast,
    corridor,
    desert,
    fairground,
    farm,
    fields,
    forest,
    frozen_lake,
    garden,
    great_wall,
    greenhouse,
    harbor,
    hot_spring,
    island,
    kitchen,
    lake,
    market,
    meadow,
    mountains,
    night_sky,
    oasis,
    open_sky,
    park,
    peaks,
    piste,
    pitch,
    polar_sea,
    pool,
    railway,
    reef,
    river,
    road,
    room,
    ruins,
    savanna,
    sea,
    snowfield,
    space,
    stadium,
    stage,
    station,
    studio,
    summit,
    terraces,
    tunnel,
    underground,
    underwater,
    village,
    volcano,
    water_town,
    waterfall,
)
from kirin_video.engines.previs.worlds.interiors import (
    ballroom,
    bathroom,
    bedroom,
    cafe,
    classroom,
    factory,
    gym,
    hospital,
    laboratory,
    library,
    office,
    pane,
    supermarket,
    warehouse,
    workshop,
)
from kirin_video.engines.previs.worlds.site import Site

_BUILDERS: dict[Setting, Callable[[Site], Scene]] = {
    Setting.MEADOW: meadow.build,
    Setting.DESERT: desert.build,
    Setting.SEA: sea.build,
    Setting.BEACH: beach.build,
    Setting.MOUNTAINS: mountains.build,
    Setting.CITY: city.build,
    Setting.NIGHT_SKY: night_sky.build,
    Setting.FOREST: forest.build,
    Setting.SAVANNA: savanna.build,
    Setting.SNOWFIELD: snowfield.build,
    Setting.LAKE: lake.build,
    Setting.RIVER: river.build,
    Setting.VILLAGE: village.build,
    Setting.ROOM: room.build,
    Setting.KITCHEN: kitchen.build,
    Setting.STAGE: stage.build,
    Setting.STUDIO: studio.build,
    Setting.SPACE: space.build,
    Setting.UNDERWATER: underwater.build,
    Setting.ROAD: road.build,
    Setting.CLOUDS: clouds.build,
}

_VARIANTS: dict[Place, tuple[Setting, Callable[[Site], Scene]]] = {
    Place.AIRPORT: (Setting.MEADOW, airport.build),
    Place.ALLEY: (Setting.CITY, alley.build),
    Place.BAMBOO: (Setting.FOREST, bamboo.build),
    Place.BALLROOM: (Setting.ROOM, ballroom.build),
    Place.BAR: (Setting.KITCHEN, cafe.build),
    Place.BATHROOM: (Setting.ROOM, bathroom.build),
    Place.BEDROOM: (Setting.ROOM, bedroom.build),
    Place.BUILDING_SITE: (Setting.MEADOW, building_site.build),
    Place.CAFE: (Setting.KITCHEN, cafe.build),
    Place.CANYON: (Setting.DESERT, canyon.build),
    Place.CAVE: (Setting.MOUNTAINS, cave.build),
    Place.CRYSTAL_CAVE: (Setting.MOUNTAINS, cave.build),
    Place.ICE_CAVE: (Setting.MOUNTAINS, cave.build),
    Place.CLASSROOM: (Setting.ROOM, classroom.build),
    Place.COAST: (Setting.BEACH, coast.build),
    Place.CORRIDOR: (Setting.ROOM, corridor.build),
    Place.CROPS: (Setting.MEADOW, fields.build_wheat),
    Place.FARM: (Setting.MEADOW, farm.build),
    Place.HALL: (Setting.ROOM, ballroom.build),
    Place.GYM: (Setting.ROOM, gym.build),
    Place.HOSPITAL: (Setting.ROOM, hospital.build),
    Place.ISLAND: (Setting.BEACH, island.build),
    Place.LABORATORY: (Setting.ROOM, laboratory.build),
    Place.LAGOON_CITY: (Setting.RIVER, canal.build),
    Place.LAVENDER: (Setting.MEADOW, fields.build_lavender),
    Place.LIBRARY: (Setting.ROOM, library.build),
    Place.OFFICE: (Setting.ROOM, office.build),
    Place.PITCH: (Setting.MEADOW, pitch.build),
    Place.POOL: (Setting.LAKE, pool.build),
    Place.PARK: (Setting.MEADOW, park.build),
    Place.GARDEN: (Setting.MEADOW, garden.build),
    Place.POLAR_SEA: (Setting.SNOWFIELD, polar_sea.build),
    Place.FUJI: (Setting.MOUNTAINS, lake.build),
    Place.SUMMIT: (Setting.MOUNTAINS, summit.build),
    Place.PEAKS: (Setting.MOUNTAINS, peaks.build),
    Place.SKY: (Setting.CLOUDS, open_sky.build),
    Place.SUNFLOWERS: (Setting.MEADOW, fields.build_sunflowers),
    Place.TULIPS: (Setting.MEADOW, fields.build_tulips),
    Place.FAIRGROUND: (Setting.MEADOW, fairground.build),
    Place.GREENHOUSE: (Setting.MEADOW, greenhouse.build),
    Place.GREAT_WALL: (Setting.MOUNTAINS, great_wall.build),
    Place.HARBOR: (Setting.SEA, harbor.build),
    Place.HOT_SPRING: (Setting.LAKE, hot_spring.build),
    Place.MARKET: (Setting.CITY, market.build),
    Place.OASIS: (Setting.DESERT, oasis.build),
    Place.PISTE: (Setting.SNOWFIELD, piste.build),
    Place.RUINS: (Setting.MEADOW, ruins.build),
    Place.STADIUM: (Setting.MEADOW, stadium.build),
    Place.STATION: (Setting.CITY, station.build),
    Place.SUBWAY: (Setting.ROOM, underground.build),
    Place.FROZEN_LAKE: (Setting.LAKE, frozen_lake.build),
    Place.WATER_TOWN: (Setting.RIVER, water_town.build),
    Place.TUNNEL: (Setting.ROAD, tunnel.build),
    Place.VINEYARD: (Setting.MEADOW, fields.build_vineyard),
    Place.REEF: (Setting.UNDERWATER, reef.build),
    Place.SUPERMARKET: (Setting.ROOM, supermarket.build),
    Place.TERRACES: (Setting.MEADOW, terraces.build),
    Place.VOLCANO: (Setting.MOUNTAINS, volcano.build),
    Place.WATERFALL: (Setting.RIVER, waterfall.build),
    Place.WINDOW_PANE: (Setting.ROOM, pane.build),
    Place.WAREHOUSE: (Setting.ROOM, warehouse.build),
    Place.FACTORY: (Setting.ROOM, factory.build),
    Place.WORKSHOP: (Setting.ROOM, workshop.build),
}
"""Places that are built for themselves, and the world that they are a kind of: all else treats them as it."""

_CHERRY = "cherry_tree"
_OF_THE_POLES = frozenset({"penguin", "polar_bear", "walrus", "seal", "sea_lion"})
"""Who lives where no tree grows: snow around them is that of the polar sea."""
_WITH_WAYS = frozenset({Place.STATION, Place.SUBWAY, Place.TUNNEL})
"""Those that have their own rails or road."""


def build_scene(plan: ShotPlan, *, seed: int, aspect: float, roam_m: float = 0.0) -> Scene:
    """Build the world of a plan.

    Args:
        plan: what will be shown.
        seed: what makes this one different; the same seed builds the same scene, bit for bit.
        aspect: width over height of the picture; the framing adapts to it.
        roam_m: how far to both sides the camera will go along with somebody.

    Returns:
        The scene, as numbers only: nothing here needs OpenGL.
    """
    scene = _builder(plan)(Site(_in_bloom(plan), seed & 0x7FFFFFFF, aspect, roam_m))
    if "cloud" in plan.barred:
        scene = replace(scene, light=replace(scene.light, cover=0.0))
    scene = in_day_part(under_the_stars(scene, plan), plan)
    return with_downfall(in_mood(scene, plan), plan)


def _in_bloom(plan: ShotPlan) -> ShotPlan:
    """The plan in spring where petals fall or cherries bloom and no season is said: trees are in blossom."""
    blooms = Phenomenon.PETALS in plan.phenomena or any(s.kind == _CHERRY for s in plan.subjects)
    return replace(plan, season=Season.SPRING) if blooms and plan.season is None else plan


def _builder(plan: ShotPlan) -> Callable[[Site], Scene]:
    """Who builds a plan's world: one with rails for trains, one with a road for who drives."""
    kind, build = _VARIANTS.get(plan.place, (None, None)) if plan.place else (None, None)
    itself = build if kind is plan.setting else None
    if itself is not None and plan.place in _WITH_WAYS:
        return itself
    if goes_by_rail(plan):
        return railway.build
    if goes_by_road(plan):
        return road.build
    if itself is None and plan.setting is Setting.SNOWFIELD and _is_polar(plan):
        return polar_sea.build
    return itself or _BUILDERS[plan.setting]


def _is_polar(plan: ShotPlan) -> bool:
    """Whether somebody is there who lives at the poles."""
    return any(subject.kind in _OF_THE_POLES for subject in plan.subjects)
