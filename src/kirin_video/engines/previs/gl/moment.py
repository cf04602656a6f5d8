"""One moment of a clip, as every painter needs it."""

from __future__ import annotations

from dataclasses import dataclass

from kirin_video.engines.previs.camera import View
from kirin_video.engines.previs.gl.matrices import Matrix
from kirin_video.engines.previs.gl.programs import Shader
from kirin_video.engines.previs.light import Light

NO_MIRROR = -1.0e6


@dataclass(frozen=True, slots=True)
class Moment:
    """A view at a time.

    Attributes:
        view: the camera.
        projection: world to clip space.
        number: which frame of the clip.
        time_s: seconds since the clip's first frame, as wind, water and what falls live them.
        sky_s: the same as clouds live them.
        height_px: height of the target.
        mirror_level_m: what lies below it is left out; ``NO_MIRROR`` for none.
    """

    view: View
    projection: Matrix
    number: int
    time_s: float
    sky_s: float
    height_px: int
    mirror_level_m: float = NO_MIRROR

    def set(self, shader: Shader) -> None:
        """Give a program the camera and the time."""
        shader.set(
            view_projection=self.projection,
            eye=self.view.eye,
            time=self.time_s,
            mirror_level=self.mirror_level_m,
        )


def light_flags(light: Light) -> tuple[str, ...]:
    """What programs that this light falls on are compiled with."""
    return ("CAUSTICS",) if light.caustics > 0.0 else ()


def set_light(shader: Shader, light: Light, mist_floor_m: float) -> None:
    """Give a program the light and the air; they change within a clip only where hours go by."""
    shader.set(
        sun=light.sun,
        sun_color=light.sun_color,
        horizon=light.horizon,
        horizon_away=light.horizon_away,
        zenith=light.zenith,
        glow=light.glow,
        bounce=light.bounce,
        fog=(light.haze_per_m, light.mist_per_m, light.mist_height_m, mist_floor_m),
        grade=(light.exposure, light.saturation),
        caustics=light.caustics,
    )
