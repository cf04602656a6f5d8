"""Clearing the air: fog hides the distance, never whom the shot is about."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from kirin_video.engines.previs.camera import View
from kirin_video.engines.previs.plan import Weather
from kirin_video.engines.previs.scenery import Actor, Scene

_SEEN = 0.85
"""The most haze before somebody, as the exponent of what is left of him: 43 percent."""
_LOW = 0.6
"""How much of the mist on the ground lies before him."""
_LEAST = 0.10
"""Fog stays fog."""


def cleared(scene: Scene, lead: Sequence[Actor], views: Sequence[View]) -> Scene:
    """A foggy scene with air so clear that its leading subject is seen half-way through.

    Args:
        scene: with its fog.
        lead: the shells of the leading subject.
        views: the camera of every frame.
    """
    if scene.weather is not Weather.FOG or not lead or not views:
        return scene
    middle = len(views) // 2
    far = math.dist(views[middle].eye, lead[0].poses[middle, 0, :, 3].tolist())
    light = scene.light
    share = max(min(_SEEN / max((light.haze_per_m + _LOW * light.mist_per_m) * far, 1e-6), 1.0), _LEAST)
    air = replace(light, haze_per_m=share * light.haze_per_m, mist_per_m=share * light.mist_per_m)
    return replace(scene, light=air)
