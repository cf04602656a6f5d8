"""Giving programs the lamps of a scene."""

from __future__ import annotations

import math

import numpy as np

from kirin_video.domain.frame_rate import FPS
from kirin_video.engines.previs.gl.programs import Shader
from kirin_video.engines.previs.light import Rgb
from kirin_video.engines.previs.scenery import Lamp

SOURCE = "lamps.glsl"
_FEW, _ROOM = 4, 16
"""So few lamps are written out, which is quicker for each pixel. More are a loop: it takes half as long to
compile, and scenes with other numbers of lamps share it."""
_EVERYWHERE = (-3.0, -2.0)
"""Cosines that no direction falls below: light all round."""


def lamp_flags(lamps: tuple[Lamp, ...]) -> tuple[str, ...]:
    """What a program that lamps shine on is compiled with; nothing where there are none."""
    if not lamps:
        return ()
    return (f"LAMPS {_room_for(lamps)}", *(("COUNTED",) if len(lamps) > _FEW else ()))


def _room_for(lamps: tuple[Lamp, ...]) -> int:
    """For how many lamps programs are compiled."""
    return len(lamps) if len(lamps) <= _FEW else math.ceil(len(lamps) / _ROOM) * _ROOM


def set_lamps(shader: Shader, lamps: tuple[Lamp, ...], time_s: float) -> None:
    """Give a program the lamps as they shine at a moment."""
    if not lamps:
        return
    place, color, cone = (np.zeros((_room_for(lamps), 4)) for _ in range(3))
    for k, lamp in enumerate(lamps):
        ends, full = _EVERYWHERE
        if lamp.cone_deg is not None:
            ends, full = (math.cos(math.radians(lamp.cone_deg * share)) for share in (1.0, 0.62))
        flicker = _flicker(lamp, time_s)
        place[k] = (*_at(lamp.way, lamp.at, time_s), 1.0 / lamp.reach_m**2)
        color[k, :3] = [c * flicker / 1.2 for c in _at(lamp.colors, lamp.color, time_s)]
        cone[k] = [-a / (full - ends) for a in (*lamp.aim, ends)]
    shader.set(lamp_count=len(lamps))
    shader.set_rows("lamp_place", place)
    shader.set_rows("lamp_color", color)
    shader.set_rows("lamp_cone", cone)


def _at(frames: tuple[Rgb, ...], still: Rgb, time_s: float) -> Rgb:
    """What changes from frame to frame as it is at a moment, or what never does."""
    return frames[min(round(time_s * FPS), len(frames) - 1)] if frames else still


def _flicker(lamp: Lamp, time_s: float) -> float:
    """How bright a flame is at a moment, around 1."""
    waves = math.sin(time_s * 11.0) + 0.7 * math.sin(time_s * 17.3 + 1.0) + 0.5 * math.sin(time_s * 5.1 + 2.0)
    return 1.0 + lamp.flicker * waves / 2.2
