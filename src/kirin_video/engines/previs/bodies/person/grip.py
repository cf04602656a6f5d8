"""Ways to hold things."""

from __future__ import annotations

from enum import StrEnum


class Grip(StrEnum):
    """Ways to hold something."""

    POLE = "pole"
    """A ski pole: as the arms are on skis, else upright beside the body."""
    RAISED = "raised"
    """Upright before the shoulder: an umbrella, a flag."""
    STRING = "string"
    """By a string that goes up: a balloon."""
    LOW = "low"
    """Hanging from a straight arm: a bag."""
    FORWARD = "forward"
    """Before the body, at arm's length: a torch, a lantern on its rod."""
    BLADE = "blade"
    """As a torch is held; in a fight it goes with the fist."""
    STAFF = "staff"
    """Upright beside the body, standing on the ground."""
    TRAY = "tray"
    """On the flat hand, beside the head."""
    SMALL = "small"
    """Before the chest, in one hand: a cup, an apple, a flower."""
    SEEN = "seen"
    """Before the face, looked at: a phone."""
    BOTH = "both"
    """Before the belly, in both hands: a box, a ball, a cat."""
    OPENED = "opened"
    """Before the chest, in both hands, read in."""
    TOOL = "tool"
    """By a long handle, the right hand nearer to its head: an axe, a shovel, a broom."""
    ROD = "rod"
    """Out over the water, in both hands."""
    GUITAR = "guitar"
    VIOLIN = "violin"
    TRUMPET = "trumpet"
    ROPE = "rope"
    """Swung round with both hands, to skip over."""
    NEEDLES = "needles"
    """Before the belly, one in each hand, busy."""
    SHAKEN = "shaken"
    """Shaken beside the head, in both hands."""
    ROLLED = "rolled"
    """Rolled to and fro on a table, a hand at each end."""
    BAR = "bar"
    """The handle of what is pushed."""
    BELLOWS = "bellows"
    """An accordion's two ends, drawn apart and pressed together."""
    SAWN = "sawn"
    """To and fro over a table, the other hand on what is sawn."""
    SHINS = "shins"
    """The legs of somebody on the shoulders."""


TWO_HANDED = frozenset(
    {
        Grip.BOTH,
        Grip.OPENED,
        Grip.TOOL,
        Grip.ROD,
        Grip.GUITAR,
        Grip.VIOLIN,
        Grip.TRUMPET,
        Grip.ROPE,
        Grip.NEEDLES,
        Grip.SHAKEN,
        Grip.ROLLED,
        Grip.BAR,
        Grip.BELLOWS,
        Grip.SAWN,
        Grip.SHINS,
    }
)
