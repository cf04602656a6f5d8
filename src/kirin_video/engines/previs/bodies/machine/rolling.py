"""What rolls on wheels: hanging them on their axles, and how such a body goes."""

# ruff: noqa: PLR0913, PLR0917 -- machines are made of measures
from __future__ import annotations

from collections.abc import Sequence

from kirin_video.engines.previs.bodies.body import Contact
from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism, Ride, Wheel
from kirin_video.engines.previs.bodies.hard.placing import put
from kirin_video.engines.previs.bodies.machine.paint import Rgb
from kirin_video.engines.previs.bodies.machine.wheels import STEEL, road_wheel


def rolling(
    kit: Assembly,
    axles: Sequence[float],
    radius: float,
    track: float,
    *,
    wide: float = 0.26,
    rim: Rgb = STEEL,
    spokes: int = 8,
) -> tuple[Wheel, ...]:
    """Wheels on both sides of every axle.

    Args:
        kit: the body.
        axles: x of them.
        radius: metres.
        track: z of the wheels' outer faces.
        wide: of a tyre.
        rim: its colour.
        spokes: of the rim.
    """
    tyre, rims = road_wheel(radius, wide, rim, spokes=spokes, sides=24)
    found: list[Wheel] = []
    for x in axles:
        for side in (1.0, -1.0):
            hub = (x, radius, side * (track - wide / 2.0))
            bone = kit.bone(f"wheel{len(found)}", hub)
            turn = [("y", 180.0)] if side < 0.0 else []
            kit.add(put(tyre, hub, turn=turn), bone=bone, gloss=0.06)
            kit.add(put(rims, hub, turn=turn), bone=bone, gloss=0.6)
            found.append(Wheel(bone, hub, radius))
    return tuple(found)


def driven(
    kit: Assembly,
    body: int,
    wheels: tuple[Wheel, ...],
    length: float,
    width: float,
    speed: float,
    **anchors: tuple[float, float, float],
) -> Mechanism:
    """The mechanism of what runs on wheels."""
    del kit
    xs = [w.pivot[0] for w in wheels]
    touching = [Contact(0, (w.pivot[0], 0.0, w.pivot[2]), 1.4 * w.radius_m, 0.5) for w in wheels[:8]]
    below = [Contact(0, (f * length, 0.0, 0.0), 0.80 * width, 0.6) for f in (-0.36, -0.12, 0.12, 0.36)]
    return Mechanism(
        ride=Ride.WHEELS,
        hull=body,
        base_m=max(xs) - min(xs),
        gauge_m=width,
        speed=speed,
        height_m=2.0,
        middle_m=0.6,
        wheels=wheels,
        contacts=(*touching, *below),
        anchors=tuple((name, body, point) for name, point in anchors.items()),
    )
