"""What a quadruped does for every action of a plan."""

from __future__ import annotations

from dataclasses import dataclass

from kirin_video.engines.previs.bodies.quadruped import gait
from kirin_video.engines.previs.bodies.quadruped.gait import Gait
from kirin_video.engines.previs.bodies.quadruped.postures import Pose
from kirin_video.engines.previs.bodies.quadruped.shape import Foot, QuadShape
from kirin_video.engines.previs.plan import Action


@dataclass(frozen=True, slots=True)
class Act:
    """An action as a gait or a posture.

    Attributes:
        gait: how it goes; None where it stays.
        posture: how trunk and head are held.
        travels: whether the gait leads anywhere.
        haste: speed as a share of the gait's usual one.
        curiosity: how much the head looks about.
        nodding: how much it feeds.
        mouth: radians that the mouth opens.
        shake: radians that the trunk is shaken to both sides.
        digs: whether the forepaws dig.
        rolls: whether it rolls over onto its back and back again.
    """

    gait: Gait | None = None
    posture: Pose = Pose.STAND
    travels: bool = True
    haste: float = 1.0
    curiosity: float = 1.0
    nodding: float = 0.0
    mouth: float = 0.0
    shake: float = 0.0
    digs: bool = False
    rolls: bool = False


_ACTS: dict[Action, Act] = {
    Action.WALK: Act(gait.WALK, curiosity=0.5),
    Action.SNEAK: Act(gait.SNEAK, Pose.LOW, curiosity=0.3),
    Action.CRAWL: Act(gait.SNEAK, Pose.LOW, haste=0.8, curiosity=0.2),
    Action.TROT: Act(gait.TROT, curiosity=0.25),
    Action.RUN: Act(gait.GALLOP, curiosity=0.1),
    Action.GALLOP: Act(gait.GALLOP, haste=1.15, curiosity=0.05),
    Action.JUMP: Act(gait.LEAP, curiosity=0.1),
    Action.LEAP: Act(gait.LEAP, curiosity=0.1),
    Action.PLUNGE: Act(gait.LEAP, travels=False, curiosity=0.1),
    Action.FIGHT: Act(gait.LEAP, Pose.PROUD, travels=False, haste=0.9, curiosity=0.1, mouth=0.5),
    Action.PLAY: Act(gait.LEAP, travels=False, haste=0.8, curiosity=0.6),
    Action.CLIMB: Act(gait.WALK, haste=0.7, curiosity=0.3),
    Action.SWIM: Act(gait.PADDLE, Pose.PROUD, haste=0.8, curiosity=0.3),
    Action.DANCE: Act(gait.TROT, travels=False, curiosity=0.8),
    Action.PULL: Act(gait.WALK, Pose.LOW, haste=0.9, curiosity=0.1),
    Action.PUSH: Act(gait.WALK, Pose.LOW, haste=0.6, curiosity=0.1),
    Action.CARRY: Act(gait.WALK, curiosity=0.4),
    Action.FLY: Act(gait.GALLOP, curiosity=0.1),
    Action.BATHE: Act(posture=Pose.PROUD, curiosity=0.35),
    Action.SIT: Act(posture=Pose.SIT),
    Action.LIE: Act(posture=Pose.LIE, curiosity=0.7),
    Action.SLEEP: Act(posture=Pose.SLEEP, curiosity=0.0),
    Action.CROUCH: Act(posture=Pose.LIE, curiosity=0.5),
    Action.GRAZE: Act(posture=Pose.FEED, curiosity=0.25, nodding=1.0),
    Action.EAT: Act(posture=Pose.FEED, curiosity=0.2, nodding=1.0),
    Action.DRINK: Act(posture=Pose.DRINK, curiosity=0.1, nodding=0.6),
    Action.HANG: Act(posture=Pose.HANG, curiosity=0.6),
    Action.ROAR: Act(posture=Pose.PROUD, curiosity=0.2, mouth=0.62),
    Action.HOWL: Act(posture=Pose.HOWL, curiosity=0.0, mouth=0.40),
    Action.SHAKE_OFF: Act(curiosity=0.0, shake=0.36),
    Action.ROLL: Act(posture=Pose.LIE, curiosity=0.2, rolls=True),
    Action.DIG: Act(posture=Pose.DIG, curiosity=0.1, digs=True),
    Action.SLIDE: Act(posture=Pose.LIE, curiosity=0.3),
    Action.SPEAK: Act(posture=Pose.STAND, curiosity=0.4, mouth=0.35),
    Action.SING: Act(posture=Pose.PROUD, curiosity=0.2, mouth=0.5),
    Action.SKIP: Act(gait.LEAP, travels=False, haste=0.8, curiosity=0.2),
    Action.STRETCH: Act(posture=Pose.STRETCH, curiosity=0.1, mouth=0.60),
    Action.LOOK: Act(curiosity=1.5),
    Action.REGARD: Act(curiosity=0.0),
}

_BROWSING = Act(posture=Pose.PROUD, curiosity=0.35, mouth=0.18)
"""Eating from trees, as those do whose neck is about as long as their legs."""
_MUNCHING = Act(posture=Pose.MUNCH, curiosity=0.15, nodding=0.25)
"""Eating as those do who sit down to it and have hands for it."""
_LONG_NECK = 0.8
_HEAVY_STAND = 1.5
"""Round-footed animals with legs longer than this never gallop."""


def act_of(action: Action, shape: QuadShape) -> Act:
    """What an animal of these proportions does; it stands where it cannot do better."""
    if action is Action.EAT and shape.neck > _LONG_NECK * shape.stand:
        return _BROWSING
    if action is Action.EAT and shape.handy:
        return _MUNCHING
    act = _ACTS.get(action, Act())
    if act.gait is gait.GALLOP and shape.hops:
        return Act(gait.BOUND, act.posture, haste=act.haste, curiosity=act.curiosity)
    if act.gait is gait.WALK and shape.hops and action is Action.WALK:
        return Act(gait.BOUND, act.posture, haste=0.5, curiosity=act.curiosity)
    if act.gait is gait.GALLOP and shape.foot is Foot.PILLAR:
        return Act(gait.AMBLE if shape.stand > _HEAVY_STAND else gait.CANTER, act.posture, curiosity=0.2)
    return act
