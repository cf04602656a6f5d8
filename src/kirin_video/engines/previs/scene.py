"""From a plan to a scene."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kirin_video.engines.previs.celestial import under_the_stars
from kirin_video.engines.previs.journeys import goes_by_rail, goes_by_road
from kirin_video.engines.previs.mood import in_mood
from kirin_video.engines.previs.plan import Setting, ShotPlan
from kirin_video.engines.previs.scenery import Scene
from kirin_video.engines.previs.worlds import (
    beach,
    city,
    clouds,
    desert,
    forest,
    lake,
    meadow,
    mountains,
    night_sky,
    railway,
    river,
    road,
    room,
    savanna,
    sea,
    snowfield,
    space,
    stage,
    studio,
    underwater,
    village,
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
    Setting.ROOM: room.build_living_room,
    Setting.KITCHEN: room.build_kitchen,
    Setting.STAGE: stage.build,
    Setting.STUDIO: studio.build,
    Setting.SPACE: space.build,
    Setting.UNDERWATER: underwater.build,
    Setting.ROAD: road.build,
    Setting.CLOUDS: clouds.build,
}


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
    scene = _builder(plan)(Site(plan, seed & 0x7FFFFFFF, aspect, roam_m))
    if "cloud" in plan.barred:
        scene = replace(scene, light=replace(scene.light, cover=0.0))
    return in_mood(under_the_stars(scene, plan), plan)


def _builder(plan: ShotPlan) -> Callable[[Site], Scene]:
    """Who builds a plan's world: one with rails for trains, one with a road for who drives."""
    if goes_by_rail(plan):
        return railway.build
    return road.build if goes_by_road(plan) else _BUILDERS[plan.setting]
