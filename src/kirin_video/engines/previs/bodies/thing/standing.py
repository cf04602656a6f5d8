"""What things share: the materials of a home, and the mechanism of what stands where it is."""

# ruff: noqa: PLR0913 -- things are made of measures
from __future__ import annotations

from kirin_video.engines.previs.bodies.body import Contact, Point
from kirin_video.engines.previs.bodies.hard.mechanism import Flame, Hinge, Mechanism, Ride
from kirin_video.engines.previs.bodies.order import Order

Rgb = tuple[float, float, float]
WOOD: Rgb = (0.55, 0.36, 0.20)
DARK: Rgb = (0.07, 0.07, 0.08)
STEEL: Rgb = (0.72, 0.73, 0.75)
CREAM: Rgb = (0.95, 0.91, 0.82)


def still(
    length: float,
    width: float,
    tall: float,
    *,
    ride: Ride = Ride.STILL,
    flames: tuple[Flame, ...] = (),
    hinges: tuple[Hinge, ...] = (),
    tops: tuple[tuple[str, Point], ...] = (),
    sides: tuple[float, ...] = (),
) -> Mechanism:
    """The mechanism of what stands where it is; ``sides`` are those that it can be seen from."""
    return Mechanism(
        ride=ride,
        hull=0,
        base_m=length,
        gauge_m=width,
        height_m=tall,
        middle_m=0.5 * tall,
        flames=flames,
        hinges=hinges,
        contacts=(Contact(0, (0.0, 0.0, 0.0), 0.62 * max(length, width), 0.6),),
        anchors=(
            ("head", 0, (0.0, 0.6 * tall, 0.0)),
            *(((name, 0, at) for name, at in tops) if tops else (("top", 0, (0.0, tall, 0.0)),)),
        ),
        sides=sides,
    )


def paint_of(order: Order, part: str, otherwise: Rgb) -> Rgb:
    """The colour of a part, or another where neither plan nor kind says."""
    return order.color(part) or otherwise


def shade(color: Rgb, factor: float) -> Rgb:
    """A colour darker or lighter."""
    return min(color[0] * factor, 1.0), min(color[1] * factor, 1.0), min(color[2] * factor, 1.0)
