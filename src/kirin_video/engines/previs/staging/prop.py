"""Props: how each kind of thing lies in the hand."""

# ruff: noqa: PLR2004 -- shares of a thing stand where they are used
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kirin_video.engines.previs.bodies.body import Body
from kirin_video.engines.previs.bodies.person.grip import Grip

_LARGE_M = 0.34
"""What is wider than this is held in both hands."""


@dataclass(frozen=True, slots=True)
class Prop:
    """How a kind of thing is held.

    Attributes:
        grip: how the arms are.
        at: where the hand is, as shares of its height above its foot, and of its length ahead of its middle.
        lean_deg: how far its top leans forwards.
        roll_deg: how far its top leans to the holder's right.
        yaw_deg: how it is turned to the left about its own height first.
        flip: whether it is held upside down, as a sword that stands on its point.
        sways: whether it hangs and swings.
    """

    grip: Grip
    at: tuple[float, float] = (0.45, 0.0)
    lean_deg: float = 0.0
    roll_deg: float = 0.0
    yaw_deg: float = 0.0
    flip: bool = False
    sways: bool = False


_FLOWER = Prop(Grip.SMALL, (0.30, 0.0), 18.0)
_CUP = Prop(Grip.SMALL, (0.42, 0.0))
_PROPS: Mapping[str, Prop] = {
    "umbrella": Prop(Grip.RAISED, (0.05, 0.0), 5.0, -4.0),
    "flag": Prop(Grip.RAISED, (0.20, 0.0), 10.0),
    "toy_balloon": Prop(Grip.STRING, (0.0, 0.0), sways=True),
    "lantern": Prop(Grip.FORWARD, (0.99, 0.0), sways=True),
    "lamp": Prop(Grip.FORWARD, (0.80, 0.0)),
    "torch": Prop(Grip.FORWARD, (0.25, 0.0), 14.0),
    "flashlight": Prop(Grip.FORWARD, (0.35, 0.0), 80.0),
    "sparkler": Prop(Grip.FORWARD, (0.1, 0.0), 35.0),
    "candle": Prop(Grip.SMALL, (0.12, 0.0)),
    "sword": Prop(Grip.BLADE, (0.88, 0.0), 32.0, flip=True),
    "wand": Prop(Grip.STAFF, (0.62, 0.0), 4.0),
    "broom": Prop(Grip.STAFF, (0.5, -0.08), -78.0),
    "axe": Prop(Grip.TOOL, (0.42, 0.0)),
    "pickaxe": Prop(Grip.TOOL, (0.42, 0.0)),
    "hoe": Prop(Grip.TOOL, (0.40, 0.0)),
    "shovel": Prop(Grip.TOOL, (0.36, 0.0)),
    "rake": Prop(Grip.TOOL, (0.34, 0.0)),
    "sweeping_broom": Prop(Grip.TOOL, (0.30, 0.0)),
    "chef_knife": Prop(Grip.FORWARD, (0.5, -0.30)),
    "pen": Prop(Grip.SMALL, (0.3, 0.0), 40.0),
    "watering_can": Prop(Grip.FORWARD, (0.86, -0.04), 26.0),
    "hairbrush": Prop(Grip.SMALL, (0.22, 0.0), 100.0, yaw_deg=90.0),
    "bamboo_stalk": Prop(Grip.SMALL, (0.42, 0.0), 10.0, 38.0),
    "barbell": Prop(Grip.BOTH, (0.5, 0.0)),
    "toothbrush": Prop(Grip.SMALL, (0.3, -0.42), 0.0, 0.0, 64.0),
    "camera_thing": Prop(Grip.BOTH, (0.45, 0.0)),
    "ski_pole": Prop(Grip.POLE, (0.94, 0.0), 34.0),
    "suitcase": Prop(Grip.LOW, (0.97, 0.0)),
    "bag": Prop(Grip.LOW, (0.97, 0.0), yaw_deg=0.0, sways=True),
    "phone": Prop(Grip.SEEN, (0.40, 0.0), -28.0, yaw_deg=180.0),
    "book": Prop(Grip.OPENED, (0.5, 0.0), -38.0, yaw_deg=0.0),
    "fishing_rod": Prop(Grip.ROD, (0.10, -0.44)),
    "guitar": Prop(Grip.GUITAR, (0.29, 0.0), 6.0, -64.0, 90.0),
    "violin": Prop(Grip.VIOLIN, (0.10, 0.0), 62.0, -38.0, 90.0),
    "trumpet": Prop(Grip.TRUMPET, (0.6, -0.42), 4.0),
    "tray": Prop(Grip.TRAY, (-0.20, 0.0)),
    "hand_microphone": Prop(Grip.SMALL, (0.35, 0.0), -38.0),
    "flower": _FLOWER,
    "rose": _FLOWER,
    "tulip": _FLOWER,
    "sunflower": Prop(Grip.RAISED, (0.35, 0.0), 12.0),
    "cup": _CUP,
    "bottle": Prop(Grip.SMALL, (0.40, 0.0)),
    "ice_cream": Prop(Grip.SMALL, (0.25, 0.0), 8.0),
    "frying_pan": Prop(Grip.FORWARD, (0.75, -0.55)),
    "skillet": Prop(Grip.FORWARD, (0.75, -0.55)),
    "clipboard": Prop(Grip.OPENED, (0.30, 0.0), 24.0),
    "shaker": Prop(Grip.SHAKEN, (0.5, 0.0), 30.0, 40.0),
    "rolling_pin": Prop(Grip.ROLLED, (0.5, 0.0)),
    "accordion": Prop(Grip.BELLOWS, (0.45, -0.15)),
    "hand_saw": Prop(Grip.SAWN, (0.55, 0.0), 14.0),
    "fire_hose": Prop(Grip.ROD, (0.51, 0.0)),
    "fishing_net": Prop(Grip.BOTH, (0.97, 0.0), sways=True),
    "knitting": Prop(Grip.NEEDLES, (0.90, 0.0)),
    "jump_rope": Prop(Grip.ROPE, (1.0, 0.0)),
    "skateboard": Prop(Grip.LOW, (0.5, 0.0), roll_deg=84.0),
}

HANDY = frozenset(_PROPS) - {"skateboard", "suitcase", "lamp", "flag", "broom"}
"""Kinds that nobody sits or stands on."""


def prop_of(kind: str, body: Body) -> Prop:
    """How a thing is held: small ones in one hand, large ones in both."""
    large = max(body.length_m, body.width_m) > _LARGE_M or body.height_m > 0.6
    return _PROPS.get(kind) or Prop(Grip.BOTH if large else Grip.SMALL, (0.5, 0.0))
