"""Bumpers: dark bars across the front and the back."""

from __future__ import annotations

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.solids import box
from kirin_video.engines.previs.bodies.machine.paint import DARK

Span = tuple[float, float]


def bumpers(  # noqa: PLR0913, PLR0917 -- machines are made of measures
    kit: Assembly, bone: int, front: Span, rear: Span, band: Span, half_w: float
) -> None:
    """A bar at each end.

    Args:
        kit: the body.
        bone: what carries them.
        front: from where to where along x the front one is.
        rear: the same of the rear one.
        band: from which height to which.
        half_w: half their width.
    """
    for x0, x1 in (front, rear):
        bar = box((x0, band[0], -half_w), (x1, band[1], half_w), DARK, round_m=0.06)
        kit.add(bar, bone=bone, gloss=0.2)
