"""How much falls or hangs in the sky: a drizzle is bright, a blizzard takes the distance away."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kirin_video.engines.previs.light import Light, Rgb, overcast
from kirin_video.engines.previs.plan import Downfall, Phenomenon, Setting, ShotPlan, Weather
from kirin_video.engines.previs.scenery import Scene

_UNDER_ROOF = frozenset(
    {Setting.ROOM, Setting.KITCHEN, Setting.STAGE, Setting.STUDIO, Setting.SPACE, Setting.UNDERWATER}
)


@dataclass(frozen=True, slots=True)
class _Air:
    """What a downfall does to the air.

    Attributes:
        haze: times its density.
        wind: times the wind.
        bright: times the light of the sky and of the clouds.
    """

    haze: float
    wind: float
    bright: float


_AIRS = {
    (Weather.RAIN, Downfall.LIGHT): _Air(0.75, 0.6, 1.18),
    (Weather.RAIN, Downfall.USUAL): _Air(1.35, 1.0, 1.0),
    (Weather.RAIN, Downfall.HEAVY): _Air(2.6, 1.5, 0.86),
    (Weather.SNOW, Downfall.LIGHT): _Air(0.7, 0.7, 1.06),
    (Weather.SNOW, Downfall.HEAVY): _Air(3.4, 2.4, 0.98),
}


def with_downfall(scene: Scene, plan: ShotPlan) -> Scene:
    """The scene with as much rain, snow or cloud as its plan says."""
    if _is_closed(scene, plan):
        return replace(scene, downfall=plan.downfall, light=overcast(scene.light, plan.time))
    air = _AIRS.get((scene.weather, plan.downfall))
    if air is None or plan.setting in _UNDER_ROOF:
        return replace(scene, downfall=plan.downfall)
    return replace(scene, downfall=plan.downfall, light=_aired(scene.light, air))


def _is_closed(scene: Scene, plan: ShotPlan) -> bool:
    """Whether the sky is grey without a gap though nothing falls: where that is said, and over a tornado."""
    said = scene.weather is Weather.CLOUDY and plan.downfall is Downfall.HEAVY
    whirls = Phenomenon.TORNADO in plan.phenomena and scene.weather in {Weather.CLEAR, Weather.CLOUDY}
    return (said or whirls) and plan.setting not in _UNDER_ROOF


def _aired(light: Light, air: _Air) -> Light:
    return replace(
        light,
        haze_per_m=light.haze_per_m * air.haze,
        wind=light.wind * air.wind,
        horizon=_times(light.horizon, air.bright),
        horizon_away=_times(light.horizon_away, air.bright),
        zenith=_times(light.zenith, air.bright),
        cloud_lit=_times(light.cloud_lit, air.bright),
        cloud_shade=_times(light.cloud_shade, air.bright),
    )


def _times(color: Rgb, factor: float) -> Rgb:
    return color[0] * factor, color[1] * factor, color[2] * factor
