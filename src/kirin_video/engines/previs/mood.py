"""Mood as light: how bright and how colourful everything is, in the sky as on the ground."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from kirin_video.engines.previs.light import Light, Rgb
from kirin_video.engines.previs.plan import Mood, Phenomenon, ShotPlan, TimeOfDay, Weather
from kirin_video.engines.previs.scenery import Scene


@dataclass(frozen=True, slots=True)
class Grade:
    """What a mood does to the light.

    Attributes:
        exposure: times the light's own.
        saturation: times the light's own; 0 is black and white.
        tint: times the key light and the glow round it.
        air: times the sky and what the air shines with: fog would outshine any mood.
    """

    exposure: float = 1.0
    saturation: float = 1.0
    tint: Rgb = (1.0, 1.0, 1.0)
    air: Rgb = (1.0, 1.0, 1.0)


_MOODS = {
    Mood.JOYFUL: Grade(1.06, 1.12),
    Mood.COZY: Grade(1.0, 1.04, (1.10, 0.98, 0.82)),
    Mood.ROMANTIC: Grade(1.03, 1.02, (1.12, 0.95, 0.90)),
    Mood.DREAMY: Grade(1.10, 0.90, (1.04, 0.99, 1.03)),
    Mood.EPIC: Grade(0.97, 1.06, (1.12, 1.0, 0.88)),
    Mood.MELANCHOLIC: Grade(0.92, 0.66, (0.92, 0.98, 1.06)),
    Mood.LONELY: Grade(0.92, 0.74, (0.92, 0.98, 1.06)),
    Mood.MYSTERIOUS: Grade(0.86, 0.82, (0.88, 0.98, 1.06), (0.60, 0.74, 0.86)),
    Mood.TENSE: Grade(0.90, 0.76, (0.94, 1.02, 0.96)),
    Mood.DARK: Grade(0.80, 0.72, (0.90, 0.97, 1.06), (0.46, 0.56, 0.68)),
}
_STORMS = frozenset({Phenomenon.STORM, Phenomenon.LIGHTNING})
_STORMY = Grade(0.92, 0.90, (0.86, 0.96, 1.08), (0.40, 0.46, 0.56))
"""The sky of a storm by day."""


def in_mood(scene: Scene, plan: ShotPlan) -> Scene:
    """The scene in the light of a plan's mood."""
    for grade in _grades(plan):
        light = scene.sky.light
        sky = scene.sky if light is None else replace(scene.sky, light=_graded(light, grade))
        scene = replace(scene, light=_graded(scene.light, grade), sky=sky)
    return scene


def _grades(plan: ShotPlan) -> Iterator[Grade]:
    """What the plan's mood, and a storm, do to the light; by night it is dark already."""
    if plan.mood in _MOODS:
        yield _MOODS[plan.mood]
    closed = plan.weather in {Weather.RAIN, Weather.SNOW}
    if closed and not _STORMS.isdisjoint(plan.phenomena) and plan.time is not TimeOfDay.NIGHT:
        yield _STORMY


def _graded(light: Light, grade: Grade) -> Light:
    return replace(
        light,
        exposure=light.exposure * grade.exposure,
        saturation=light.saturation * grade.saturation,
        sun_color=_times(light.sun_color, grade.tint),
        glow=_times(_times(light.glow, grade.tint), grade.air),
        horizon=_times(light.horizon, grade.air),
        horizon_away=_times(light.horizon_away, grade.air),
        zenith=_times(light.zenith, grade.air),
    )


def _times(a: Rgb, b: Rgb) -> Rgb:
    return (a[0] * b[0], a[1] * b[1], a[2] * b[2])
