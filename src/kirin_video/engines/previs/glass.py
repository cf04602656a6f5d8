"""The glass before the camera: how little of the picture's depth is sharp."""

from __future__ import annotations

from dataclasses import dataclass

from kirin_video.engines.previs.plan import ShotPlan

SHARP = 128
"""The last byte of a pixel in focus; above lies what is behind it, below what is before it."""
STEPS = 8
"""Steps of that byte for each pixel of radius at half the picture's size."""

_PRO_M, _SHALLOW_M = 0.035, 0.09
"""Aperture times focal length over the picture's height, metres: 50 mm at f/2.8, and a portrait lens."""
_SHALLOW_SHARE = 0.05
"""At least so much of the distance where shallow focus was asked for: a wide view must show it, too."""
_PRO_MOST, _SHALLOW_MOST = 0.028, 0.045
"""The widest disc that a point becomes, as a share of the picture's height."""


@dataclass(frozen=True, slots=True)
class Glass:
    """How blurred things are that are out of focus.

    Something at a distance z before a sharp one at f becomes a disc whose diameter is ``aperture_m`` times
    ``|1 / z - 1 / f|``, as a share of the picture's height: the law of the thin lens.

    Attributes:
        aperture_m: aperture times focal length over the height of the picture in the camera.
        share: the same at least, as a share of the distance that is sharp.
        most: the widest disc, as a share of the picture's height.
        lead_only: whether only the leading subject is sharp, not everybody on stage.
    """

    aperture_m: float
    share: float
    most: float
    lead_only: bool

    def opening_m(self, focus_m: float) -> float:
        """The aperture that is used when what is so far away is sharp."""
        return max(self.aperture_m, self.share * focus_m)


def glass_for(plan: ShotPlan, *, pro: bool) -> Glass | None:
    """The glass that a plan is taken through; None where everything is sharp.

    Args:
        plan: what will be shown.
        pro: whether more may be spent on a picture: then subjects stand out as through a real lens.
    """
    if plan.framing.shallow_focus:
        return Glass(_SHALLOW_M, _SHALLOW_SHARE, _SHALLOW_MOST, lead_only=True)
    if pro and plan.subjects:
        return Glass(_PRO_M, 0.0, _PRO_MOST, lead_only=False)
    return None
