"""Plants and stones as subjects: trees, flowers, mushrooms, rocks."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from kirin_video.engines.previs import trees
from kirin_video.engines.previs.bodies.hard.assembly import Assembly
from kirin_video.engines.previs.bodies.hard.mechanism import Mechanism, Ride
from kirin_video.engines.previs.bodies.hard.placing import put
from kirin_video.engines.previs.bodies.hard.skinned import sweep
from kirin_video.engines.previs.bodies.hard.solids import ball
from kirin_video.engines.previs.bodies.hard.turned import lathe
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.thing.houses import Rgb
from kirin_video.engines.previs.bodies.thing.standing import CREAM, shade, still
from kirin_video.engines.previs.shapes import rock as boulder


def tree(order: Order, kit: Assembly) -> Mechanism:
    """A tree by its ``sort``: broadleaf, pine, palm, cactus; its leaves take the colour asked for."""
    sort = str(order.kind.shape.get("sort", "broadleaf"))
    color = order.color("leaves") or order.color("body") or (0.4, 0.5, 0.2)
    seed = order.seed & 0xFFFF
    if sort == "pine":
        mesh = trees.pine(seed)
    elif sort == "palm":
        mesh = trees.palm(seed)
    elif sort == "cactus":
        mesh = trees.cactus(seed)
    else:
        mesh = trees.broadleaf(
            seed, colors=(shade(color, 0.62), shade(color, 1.15)), detail=min(order.detail, 1.0)
        )
    both = np.concatenate([mesh.faces, mesh.faces[:, ::-1]])
    kit.add(replace(mesh, faces=both), gloss=0.0, shades=False)
    return still(2.0, 2.0, 7.0, ride=Ride.ROOTED)


def flower(order: Order, kit: Assembly) -> Mechanism:
    """A flower on its stem: ``daisy``, ``sunflower``, ``tulip`` or ``rose``."""
    sort = str(order.kind.shape.get("sort", "daisy"))
    petal = order.color("petals") or order.color("body") or (0.95, 0.93, 0.88)
    green: Rgb = (0.27, 0.46, 0.17)
    top_ = (0.03, 0.46, 0.0)
    kit.add(sweep([(0.0, 0.0, 0.0), (0.01, 0.2, 0.0), top_], [0.007, 0.006, 0.006], green, sides=8, bend=6))
    for y, a in ((0.14, 20.0), (0.22, 200.0)):
        kit.add(
            put(
                ball((0.075, 0.0, 0.0), (0.08, 0.006, 0.026), green, level=2),
                (0.0, y, 0.0),
                turn=[("z", 32.0), ("y", a)],
            ),
            gloss=0.15,
        )
    if sort in {"daisy", "sunflower"}:
        count, size = (21, 0.062) if sort == "sunflower" else (15, 0.052)
        middle: Rgb = (0.28, 0.17, 0.08) if sort == "sunflower" else (0.93, 0.74, 0.16)
        for k in range(count):
            leaf = ball(
                (size + 0.028, 0.0, 0.0), (size, 0.005, 0.017), shade(petal, 1.0 - 0.1 * (k % 2)), level=2
            )
            kit.add(
                put(leaf, top_, turn=[("z", 10.0 + 6.0 * (k % 2)), ("y", 360.0 * k / count), ("z", -50.0)]),
                gloss=0.1,
            )
        kit.add(
            put(
                ball(
                    (0.0, 0.0, 0.0),
                    (0.042, 0.018, 0.042) if sort == "sunflower" else (0.028, 0.014, 0.028),
                    middle,
                    level=2,
                ),
                top_,
                turn=[("z", -50.0)],
            )
        )
    else:
        layers = (
            ((6, 0.030, 14.0), (5, 0.022, 6.0), (4, 0.013, 2.0))
            if sort == "rose"
            else ((3, 0.020, 8.0), (3, 0.017, 4.0))
        )
        for n, (count, out, lean) in enumerate(layers):
            for k in range(count):
                tall = 0.045 if sort == "rose" else 0.062
                leaf = ball(
                    (0.0, tall, 0.0),
                    (0.008, tall, 0.030 if sort == "tulip" else 0.026),
                    shade(petal, 1.0 - 0.12 * n),
                    level=2,
                )
                kit.add(
                    put(
                        put(leaf, turn=[("z", -lean * 1.6)]),
                        (top_[0], top_[1] - 0.004, 0.0),
                        turn=[("y", 360.0 * k / count + 37.0 * n)],
                    )
                    if out < 0.0
                    else put(
                        put(leaf, (out, 0.0, 0.0), turn=[("z", -lean * 1.6)]),
                        (top_[0], top_[1] - 0.004, 0.0),
                        turn=[("y", 360.0 * k / count + 37.0 * n)],
                    ),
                    gloss=0.1,
                )
        kit.add(ball((top_[0], top_[1] + 0.002, 0.0), (0.02, 0.014, 0.02), green, level=2))
    return still(0.15, 0.15, 0.5, ride=Ride.ROOTED)


def mushroom(order: Order, kit: Assembly) -> Mechanism:
    """A toadstool with white dots."""
    cap = order.color("body") or (0.80, 0.13, 0.10)
    kit.add(
        lathe(
            [(0.0, 0.0), (0.035, 0.0), (0.026, 0.04), (0.02, 0.10), (0.0, 0.12)],
            CREAM,
            sides=24,
            crease_deg=60.0,
        ),
        lathe(
            [
                (0.0, 0.095),
                (0.06, 0.09),
                (0.085, 0.093),
                (0.082, 0.11),
                (0.06, 0.145),
                (0.03, 0.16),
                (0.0, 0.164),
            ],
            [CREAM, CREAM, cap, cap, cap, cap],
            sides=32,
            crease_deg=60.0,
        ),
        gloss=0.4,
    )
    for k in range(11):
        a, up = 2.4 * k, 0.25 + 0.7 * (k / 11.0)
        r = 0.083 * math.cos(up * 1.35)
        kit.add(
            ball(
                (r * math.cos(a), 0.102 + 0.06 * math.sin(up * 1.4), r * math.sin(a)),
                (0.010, 0.006, 0.010),
                CREAM,
                level=1,
            )
        )
    return still(0.17, 0.17, 0.164, ride=Ride.ROOTED)


def rock(order: Order, kit: Assembly) -> Mechanism:
    """A boulder."""
    color = order.color("body") or (0.48, 0.46, 0.43)
    mesh = boulder(np.random.default_rng(order.seed & 0xFFFF), (0.75, 0.55, 0.65), color, level=4)
    kit.add(put(mesh, (0.0, 0.30, 0.0)), gloss=0.05)
    return still(1.4, 1.2, 0.8)
