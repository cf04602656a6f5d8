"""Gondolas: long, black and slim, rowed by one who stands on the stern."""

from __future__ import annotations

from itertools import pairwise

from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism, Swing
from kirin_video.engines.previs.bodies.hard.outlines import Rgb
from kirin_video.engines.previs.bodies.hard.placing import put
from kirin_video.engines.previs.bodies.hard.skinned import sweep
from kirin_video.engines.previs.bodies.hard.solids import ball, box, prism
from kirin_video.engines.previs.bodies.hard.turned import lathe
from kirin_video.engines.previs.bodies.machine.hulls import DECK, floating, hull
from kirin_video.engines.previs.bodies.machine.paint import shade
from kirin_video.engines.previs.bodies.machine.wheels import STEEL
from kirin_video.engines.previs.bodies.order import Order

_GOLD: Rgb = (0.85, 0.66, 0.26)
_VELVET: Rgb = (0.62, 0.08, 0.12)
_SKIN: Rgb = (0.87, 0.66, 0.52)
_STRIPES: tuple[Rgb, Rgb] = ((0.94, 0.93, 0.90), (0.16, 0.24, 0.50))


def gondola(order: Order, kit: Assembly) -> Mechanism:
    """A gondola with its iron prow, red seats and the gondolier, who rows."""
    paint = order.color("body") or (0.07, 0.07, 0.08)
    body = kit.bone("hull", (0.0, 0.0, 0.0))
    skin = (shade(paint, 0.9), paint, shade(DECK, 0.8))
    kit.add(
        hull(
            8.6,
            1.25,
            0.14,
            0.42,
            skin,
            bow=0.9,
            stern=0.25,
            sheer=0.75,
            full=0.5,
            deck_low=0.24,
            deck=shade(DECK, 0.75),
        ),
        bone=body,
        gloss=0.8,
    )
    prow = [
        (3.9, 0.75),
        (4.22, 0.85),
        (4.38, 1.25),
        (4.3, 1.75),
        (4.62, 1.86),
        (4.56, 1.98),
        (4.1, 1.9),
        (4.16, 1.3),
    ]
    kit.add(prism(prow, -0.03, 0.03, STEEL, round_m=0.012), bone=body, gloss=1.0)
    for k in range(5):
        kit.add(
            box((4.3, 1.0 + 0.15 * k, -0.025), (4.6, 1.06 + 0.15 * k, 0.025), STEEL, round_m=0.01),
            bone=body,
            gloss=1.0,
        )
    stern = [(-3.8, 0.8, 0.0), (-4.25, 1.15, 0.0), (-4.45, 1.6, 0.0), (-4.3, 1.75, 0.0)]
    kit.add(sweep(stern, [0.1, 0.08, 0.05, 0.04], paint, sides=8, bend=3), bone=body, gloss=0.8)
    for s in (1.0, -1.0):
        kit.add(
            box((-0.85, 0.5, s * 0.58 - 0.03), (0.5, 0.58, s * 0.58 + 0.03), _GOLD, round_m=0.02),
            bone=body,
            gloss=0.9,
        )
        kit.add(
            sweep([(0.9, 0.5, s * 0.6), (0.98, 0.74, s * 0.6), (0.86, 0.8, s * 0.6)], 0.035, _GOLD, bend=3),
            bone=body,
            gloss=0.9,
        )
    kit.add(
        box((-0.8, 0.3, -0.42), (-0.3, 0.5, 0.42), _VELVET, round_m=0.07, steps=2),
        put(
            box((-0.08, 0.0, -0.44), (0.08, 0.55, 0.44), _VELVET, round_m=0.07, steps=2),
            (-0.86, 0.42, 0.0),
            turn=[("z", 14.0)],
        ),
        box((0.55, 0.3, -0.4), (0.85, 0.44, 0.4), _VELVET, round_m=0.06),
        box((-3.0, 0.5, -0.44), (-1.7, 0.58, 0.44), (0.30, 0.10, 0.10), round_m=0.03),
        bone=body,
        gloss=0.2,
    )
    swings = _rower(kit, body, (-2.35, 0.58))
    return floating(body, 8.6, 1.4, 2.4, 1.1, swings=swings, deck=0.5)


def _rower(kit: Assembly, body: int, at: tuple[float, float]) -> tuple[Swing, ...]:
    """The gondolier in his striped shirt and straw hat, and his one long oar; he leans into every stroke."""
    x, y = at
    foot = (x, y, 0.0)
    man = kit.bone("rower", foot, body)
    trousers: Rgb = (0.10, 0.11, 0.14)
    for s, ahead in ((1.0, 0.16), (-1.0, -0.12)):
        leg = [
            (x + ahead, y + 0.05, s * 0.12),
            (x + 0.6 * ahead, y + 0.45, s * 0.11),
            (x, y + 0.88, s * 0.08),
        ]
        kit.add(sweep(leg, [0.06, 0.075, 0.10], trousers, sides=12, bend=3), bone=man)
        kit.add(
            ball((x + ahead + 0.05, y + 0.04, s * 0.12), (0.13, 0.05, 0.055), (0.05, 0.05, 0.05), level=2),
            bone=man,
        )
    torso = [
        (0.135, 0.84),
        (0.14, 0.95),
        (0.15, 1.1),
        (0.17, 1.25),
        (0.175, 1.36),
        (0.14, 1.44),
        (0.06, 1.48),
    ]
    tones = [_STRIPES[k % 2] for k in range(24)]
    fine = [(_at(torso, 0.84 + 0.64 * k / 24.0), y + 0.84 + 0.64 * k / 24.0) for k in range(25)]
    kit.add(
        put(lathe(fine, tones, sides=22, crease_deg=80.0), (x, 0.0, 0.0), size=(0.78, 1.0, 1.15)), bone=man
    )
    head = (x + 0.03, y + 1.62, 0.0)
    kit.add(
        sweep([(x, y + 1.44, 0.0), (x + 0.02, y + 1.56, 0.0)], 0.055, _SKIN, sides=10),
        ball(head, (0.10, 0.13, 0.092), _SKIN),
        ball((head[0] - 0.025, head[1] + 0.03, 0.0), (0.098, 0.115, 0.098), (0.20, 0.13, 0.09)),
        ball((head[0] + 0.105, head[1] - 0.01, 0.0), (0.022, 0.022, 0.018), shade(_SKIN, 0.95), level=2),
        *(
            ball((head[0] + 0.089, head[1] + 0.022, s * 0.035), 0.012, (0.06, 0.05, 0.05), level=1)
            for s in (1.0, -1.0)
        ),
        lathe(
            [(0.0, 0.0), (0.2, 0.0), (0.2, 0.014), (0.11, 0.02), (0.105, 0.09), (0.0, 0.095)],
            (0.90, 0.78, 0.50),
            at=(head[0] - 0.01, head[1] + 0.08, 0.0),
            sides=28,
        ),
        lathe(
            [(0.114, 0.018), (0.112, 0.05)],
            (0.72, 0.10, 0.12),
            at=(head[0] - 0.01, head[1] + 0.08, 0.0),
            sides=28,
        ),
        bone=man,
    )
    hands = ((x + 0.42, y + 1.12, 0.2), (x + 0.2, y + 1.3, 0.06))
    for s, hand in zip((1.0, -1.0), hands, strict=True):
        shoulder = (x, y + 1.38, s * 0.19)
        elbow = ((x + hand[0]) / 2.0 + 0.02, (shoulder[1] + hand[1]) / 2.0 - 0.12, s * 0.27)
        kit.add(sweep([shoulder, elbow], [0.062, 0.05], _STRIPES[0], sides=10), bone=man)
        kit.add(
            sweep([elbow, hand], [0.045, 0.035], _SKIN, sides=10), ball(hand, 0.045, _SKIN, level=2), bone=man
        )
    lock = (x + 0.75, y + 0.55, 0.62)
    kit.add(
        sweep([(lock[0], y, 0.55), (lock[0] + 0.05, y + 0.3, 0.62), lock], [0.05, 0.04, 0.03], DECK, bend=3),
        bone=body,
    )
    oar = [(x + 0.05, y + 1.42, 0.0), lock, (x + 2.3, -0.25, 1.35)]
    kit.add(sweep(oar, 0.024, shade(DECK, 1.1), sides=8), bone=man)
    kit.add(
        put(
            ball((0.0, 0.0, 0.0), (0.5, 0.035, 0.09), shade(DECK, 1.1), level=2),
            (x + 2.2, -0.2, 1.3),
            turn=[("z", -24.0), ("y", -26.0)],
        ),
        bone=man,
    )
    return (Swing(man, foot, (0.0, 0.0, 1.0), 7.0, period_s=2.4),)


def _at(line: list[tuple[float, float]], height: float) -> float:
    """The radius of an outline at a height."""
    for (r0, low), (r1, high) in pairwise(line):
        if height <= high:
            return r0 + (r1 - r0) * max(height - low, 0.0) / (high - low)
    return line[-1][0]
