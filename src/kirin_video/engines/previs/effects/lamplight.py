"""The light of what has a lamp of its own: a lighthouse's turning beam, a street lamp's cone, lit windows."""

from __future__ import annotations

import math

import numpy as np

from kirin_video.domain.shot import FPS
from kirin_video.engines.previs.effects.fire import halo
from kirin_video.engines.previs.effects.occasion import Effect, Occasion
from kirin_video.engines.previs.scenery import Lamp
from kirin_video.engines.previs.swarms import Facing, Floats, Key, Look, Rgb, Shape, Swarm, grown

_TURN_S = 7.0
"""How long a lighthouse's lantern takes to turn once."""
_LANTERN = 0.86
"""How high its lantern is, as a share of the tower."""
_CANOPY = 0.50
"""How high the lamps below a filling station's roof hang, as a share of its sign's height."""
_WARM: Rgb = (1.0, 0.86, 0.60)


def beacon(occasion: Occasion, low: Floats, high: Floats) -> Effect:
    """Two beams that turn about a tower's lantern, and the lantern's own glare.

    Args:
        occasion: the shot.
        low: the tower's lowest corner.
        high: its highest.
    """
    at = (low + high) / 2.0
    at[1] = low[1] + _LANTERN * (high[1] - low[1])
    tall = float(high[1] - low[1])
    x, y, z = at.tolist()
    glare = halo(x, y, z, 0.30 * tall, occasion, np.array((2.2, 1.9, 1.3)))
    lamp = Lamp((x, y, z), (1.6, 1.35, 0.9), 0.35 * tall)
    return Effect((_beams(occasion, at, tall), glare), (lamp,))


def _beams(occasion: Occasion, at: Floats, tall: float) -> Swarm:
    """Each moment has its own pair of beams, which last as long as it does."""
    ticks = np.arange(-1.0, math.ceil(occasion.seconds * FPS) + 2.0)
    # Towards the viewer at the clip's first third, so that even a short one sees it pass.
    to = np.array(occasion.views[0].eye) - at
    first = math.atan2(to[0], to[2]) - 0.9
    turn = np.concatenate([first + math.tau * ticks / FPS / _TURN_S + k * math.pi for k in range(2)])
    long = 2.6 * tall
    way = np.stack([np.sin(turn), np.full_like(turn, -0.03), np.cos(turn)], 1)
    count = len(turn)
    strength = 0.55 if occasion.dark else 0.34
    look = Look(
        Shape.BEAM,
        keys=(Key(0.0, _WARM, strength),),
        facing=Facing.FIXED,
        glow=1.0,
        cover=0.0,
        softness=0.5,
        shimmer=False,
    )
    # A beam fades slowly towards its lower end: that is the far one.
    return grown(
        look,
        born=np.tile(ticks, 2) / FPS - 0.5 / FPS,
        life=1.0 / FPS,
        start=at + way * (0.86 * long),
        velocity=-way,
        size=np.stack([np.full(count, 0.16 * tall), np.full(count, long)], 1),
        chance=np.zeros(count),
    )


def street_light(occasion: Occasion, low: Floats, high: Floats) -> Effect:
    """The light that falls from a street lamp: on who stands there, on the ground, and in the air below it.

    Args:
        occasion: the shot.
        low: the lamp's lowest corner.
        high: its highest.
    """
    tall = float(high[1] - low[1])
    x, z = ((low + high) / 2.0)[[0, 2]].tolist()
    y = float(high[1]) - 0.12 * tall
    cone = Look(
        Shape.BEAM,
        keys=(Key(0.0, _WARM, 0.30),),
        facing=Facing.FIXED,
        glow=1.0,
        cover=0.0,
        shimmer=False,
    )
    beam = grown(
        cone,
        born=np.array([-1.0]),
        life=occasion.seconds + 9.0,
        start=np.array([[x, float(low[1]) + 0.5 * tall, z]]),
        velocity=np.array([[0.0, 1.0, 0.0]]),
        size=np.array([[0.55 * tall, 0.62 * tall]]),
        chance=np.array([0.5]),
    )
    glare = halo(x, y, z, 0.30 * tall, occasion, np.array((2.0, 1.6, 1.0)))
    lamps = (
        Lamp((x, y, z), (3.4, 2.7, 1.7), 0.75 * tall),
        # What comes back from the ground lights faces from below the brim of a hat.
        Lamp((x, float(low[1]) + 0.9, z + 0.8), (0.55, 0.45, 0.32), 1.6),
    )
    return Effect((beam, glare), lamps)


def lit_windows(occasion: Occasion, low: Floats, high: Floats) -> Effect:
    """The warm light that a house's windows throw on the ground before it.

    Args:
        occasion: the shot.
        low: the house's lowest corner.
        high: its highest.
    """
    middle, eye = (low + high) / 2.0, np.array(occasion.views[0].eye)
    to = (eye - middle) * np.array([1.0, 0.0, 1.0])
    to /= max(float(np.linalg.norm(to)), 1e-6)
    half = 0.5 * float(min(high[0] - low[0], high[2] - low[2]))
    across = np.array([-to[2], 0.0, to[0]])
    lamps: list[Lamp] = []
    for s in (-0.45, 0.45):
        x, _, z = (middle + to * (1.25 * half) + across * (s * 2.0 * half)).tolist()
        lamps.append(Lamp((x, float(low[1]) + 0.9, z), (1.5, 0.86, 0.36), 0.9 + 0.35 * half))
    return Effect((), tuple(lamps))


def lamp_switched(occasion: Occasion, low: Floats, high: Floats, at_s: float, *, on: bool) -> Effect:
    """The light of a table lamp that is switched on, or off, within the clip.

    Args:
        occasion: the shot.
        low: the lamp's lowest corner.
        high: its highest.
        at_s: when, seconds.
        on: whether it is switched on then.
    """
    x, y, z = (low + 0.70 * (high - low)).tolist()
    x, z = ((low + high) / 2.0)[[0, 2]].tolist()
    after = np.clip((occasion.ticks - at_s) / 0.12, 0.0, 1.0)
    colors = tuple((2.1 * k, 1.45 * k, 0.72 * k) for k in (after if on else 1.0 - after).tolist())
    return Effect((), (Lamp((x, y, z), (2.1, 1.45, 0.72), 1.1, colors=colors),))


def forecourt(low: Floats, high: Floats) -> Effect:
    """The light that falls from a filling station's roof on its pumps and on who stands there.

    Args:
        low: the station's lowest corner.
        high: its highest.
    """
    middle, half = (low + high) / 2.0, 0.22 * float(min(high[0] - low[0], high[2] - low[2]))
    y = float(low[1]) + _CANOPY * float(high[1] - low[1])
    x, z = float(middle[0]), float(middle[2])
    return Effect((), tuple(Lamp((x + s * half, y, z + s * half), (2.6, 2.4, 2.0), 4.5) for s in (-1.0, 1.0)))
