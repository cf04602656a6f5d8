"""What a person does for every action of a plan."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kirin_video.engines.previs.bodies.person import gait
from kirin_video.engines.previs.bodies.person.gait import Gait
from kirin_video.engines.previs.bodies.person.shape import PersonShape
from kirin_video.engines.previs.plan import Action, Age


class Move(StrEnum):
    """Ways of moving that have a choreography of their own."""

    STAND = "stand"
    GO = "go"
    DANCE = "dance"
    SIT = "sit"
    RIDE = "ride"
    LIE = "lie"
    KNEEL = "kneel"
    JUMP = "jump"
    SWIM = "swim"
    PLUNGE = "plunge"
    """Through the air, into water."""
    CRAWL = "crawl"
    FALL = "fall"
    FLY = "fly"
    FLOAT = "float"
    GLIDE = "glide"
    """On skis, skates or a board."""
    FIGHT = "fight"
    FORMS = "forms"
    """Tai chi."""
    SPIN = "spin"
    SKIP = "skip"
    """Over a rope."""
    YOGA = "yoga"
    PUSH_UP = "push_up"
    HANDSTAND = "handstand"
    SOMERSAULT = "somersault"
    SCALE = "scale"
    """Up a trunk."""


class Hands(StrEnum):
    """What hands do meanwhile."""

    REST = "rest"
    WAVE = "wave"
    POINT = "point"
    CLAP = "clap"
    TALK = "talk"
    SING = "sing"
    MUSIC = "music"
    EAT = "eat"
    DRINK = "drink"
    READ = "read"
    WORK = "work"
    HOLD = "hold"
    CARRY = "carry"
    THROW = "throw"
    HUG = "hug"
    CRY = "cry"
    LAUGH = "laugh"
    PUSH = "push"
    PULL = "pull"
    LOOK = "look"
    ROAR = "roar"
    KICK = "kick"
    LEAN = "lean"
    STRETCH = "stretch"
    """With a yawn."""
    FEED = "feed"
    LIFT = "lift"
    RAISE = "raise"
    """What is held, or one hand, over the head."""
    RAISE_BOTH = "raise_both"
    SELFIE = "selfie"
    PHOTOGRAPH = "photograph"
    TEETH = "teeth"
    BLOW = "blow"
    WATER = "water"
    """With a can."""
    COMB = "comb"
    ROCK = "rock"
    """With somebody small in the arms."""
    CHOP = "chop"
    """With an axe, over the head and down."""
    DIG = "dig"
    SWEEP = "sweep"


@dataclass(frozen=True, slots=True)
class Act:
    """An action as a move.

    Attributes:
        move: the choreography.
        gait: how feet go; None where they do not.
        hands: what hands do.
        travels: whether it leads anywhere.
        haste: speed as a share of the gait's usual one.
        speed: metres a second without a gait, of a grown person.
        curiosity: how much the head looks about.
        lift: how far above the ground soles are, as a share of the height: on blades.
    """

    move: Move = Move.STAND
    gait: Gait | None = None
    hands: Hands = Hands.REST
    travels: bool = False
    haste: float = 1.0
    speed: float = 0.0
    curiosity: float = 1.0
    lift: float = 0.0

    @property
    def when_carried(self) -> Act:
        """The same on a horse's back or in a boat: who would go or idle, rides."""
        if self.move in {Move.GO, Move.SIT} or (self.move is Move.STAND and self.hands is not Hands.LEAN):
            return Act(Move.RIDE, hands=self.hands, curiosity=self.curiosity)
        return self

    @property
    def when_astride(self) -> Act:
        """The same with something between the legs: what flies there need not be flown along with."""
        return Act(Move.RIDE) if self.move is Move.FLY else self.when_carried

    @property
    def when_afoot(self) -> Act:
        """The same where nothing is there to ride on."""
        return Act(hands=self.hands) if self.move is Move.RIDE else self


def _go(g: Gait, haste: float = 1.0, hands: Hands = Hands.REST, curiosity: float = 0.4) -> Act:
    return Act(Move.GO, g, hands, travels=True, haste=haste, curiosity=curiosity)


def _hands(hands: Hands, curiosity: float = 0.4) -> Act:
    return Act(hands=hands, curiosity=curiosity)


_ACTS: dict[Action, Act] = {
    Action.WALK: _go(gait.WALK),
    Action.SNEAK: _go(gait.SNEAK, curiosity=0.9),
    Action.TROT: _go(gait.JOG),
    Action.RUN: _go(gait.RUN, curiosity=0.15),
    Action.GALLOP: _go(gait.RUN, 1.12, curiosity=0.1),
    Action.CLIMB: _go(gait.CLIMB),
    Action.CARRY: _go(gait.STROLL, hands=Hands.CARRY),
    Action.PUSH: _go(gait.PUSH, hands=Hands.PUSH),
    Action.PULL: _go(gait.PUSH, hands=Hands.PULL),
    Action.TURN: Act(Move.SPIN),
    Action.SPIN: Act(Move.SPIN),
    Action.DANCE: Act(Move.DANCE),
    Action.SWAY: Act(Move.DANCE),
    Action.PLAY: Act(Move.JUMP, hands=Hands.LAUGH, haste=0.7),
    Action.JUMP: Act(Move.JUMP),
    Action.LEAP: Act(Move.JUMP),
    Action.PLUNGE: Act(Move.PLUNGE, curiosity=0.0),
    Action.SIT: Act(Move.SIT),
    Action.PERCH: Act(Move.SIT),
    Action.RIDE: Act(Move.RIDE),
    Action.DRIVE: Act(Move.RIDE),
    Action.SAIL: Act(Move.SIT),
    Action.ROW: Act(Move.SIT, hands=Hands.PULL),
    Action.KNIT: Act(Move.SIT, curiosity=0.1),
    Action.PICNIC: Act(Move.SIT, hands=Hands.EAT, curiosity=0.8),
    Action.BATHE: Act(Move.SIT, curiosity=0.5),
    Action.LIE: Act(Move.LIE, curiosity=0.6),
    Action.SLEEP: Act(Move.LIE, curiosity=0.0),
    Action.KNEEL: Act(Move.KNEEL),
    Action.CROUCH: Act(Move.KNEEL),
    Action.CRAWL: Act(Move.CRAWL, travels=True, speed=0.45),
    Action.SLITHER: Act(Move.CRAWL, travels=True, speed=0.35),
    Action.SWIM: Act(Move.SWIM, travels=True, speed=1.0),
    Action.DIVE: Act(Move.SWIM, travels=True, speed=1.0),
    Action.FLOAT: Act(Move.FLOAT),
    Action.HOVER: Act(Move.FLOAT),
    Action.FLY: Act(Move.FLY, travels=True, speed=5.0),
    Action.GLIDE: Act(Move.FLY, travels=True, speed=4.0),
    Action.TAKE_OFF: Act(Move.FLY, travels=True, speed=3.0),
    Action.FALL: Act(Move.FALL),
    Action.ROLL: Act(Move.SPIN),
    Action.SURF: Act(Move.GLIDE, travels=True, speed=3.2),
    Action.SKI: Act(Move.GLIDE, travels=True, speed=5.0),
    Action.SNOWBOARD: Act(Move.GLIDE, travels=True, speed=4.0),
    Action.SLED: Act(Move.RIDE),
    Action.SLIDE: Act(Move.GLIDE, travels=True, speed=2.0),
    Action.SKATE: Act(Move.GLIDE, travels=True, speed=3.0, lift=0.024),
    Action.FIGHT: Act(Move.FIGHT),
    Action.TAI_CHI: Act(Move.FORMS, curiosity=0.0),
    Action.SKIP: Act(Move.SKIP, curiosity=0.1),
    Action.STRETCH: _hands(Hands.STRETCH, 0.1),
    Action.PUSH_UP: Act(Move.PUSH_UP, curiosity=0.1),
    Action.HANDSTAND: Act(Move.HANDSTAND, curiosity=0.0),
    Action.SOMERSAULT: Act(Move.SOMERSAULT, curiosity=0.0),
    Action.YOGA: Act(Move.YOGA, curiosity=0.0),
    Action.KICK: Act(Move.FIGHT, hands=Hands.KICK),
    Action.SING: _hands(Hands.SING),
    Action.MUSIC: _hands(Hands.MUSIC, 0.3),
    Action.SPEAK: _hands(Hands.TALK),
    Action.ROAR: _hands(Hands.ROAR),
    Action.HOWL: _hands(Hands.ROAR),
    Action.SHAKE_OFF: Act(Move.DANCE),
    Action.LAUGH: _hands(Hands.LAUGH),
    Action.CRY: _hands(Hands.CRY, 0.1),
    Action.WAVE: _hands(Hands.WAVE, 0.3),
    Action.POINT: _hands(Hands.POINT, 0.2),
    Action.CLAP: _hands(Hands.CLAP, 0.3),
    Action.HUG: _hands(Hands.HUG, 0.2),
    Action.KISS: _hands(Hands.HUG, 0.1),
    Action.SHAKE_HANDS: _hands(Hands.REST, 0.1),
    Action.LOOK: _hands(Hands.LOOK, 1.4),
    Action.READ: _hands(Hands.READ, 0.1),
    Action.WRITE: _hands(Hands.WORK, 0.1),
    Action.WORK: _hands(Hands.WORK, 0.2),
    Action.LIFT: _hands(Hands.LIFT, 0.0),
    Action.SELFIE: _hands(Hands.SELFIE, 0.1),
    Action.PHOTOGRAPH: _hands(Hands.PHOTOGRAPH, 0.0),
    Action.BRUSH_TEETH: _hands(Hands.TEETH, 0.1),
    Action.BLOW: _hands(Hands.BLOW, 0.0),
    Action.DIG: _hands(Hands.DIG, 0.0),
    Action.CHOP: _hands(Hands.CHOP, 0.0),
    Action.HOE: _hands(Hands.CHOP, 0.0),
    Action.MINE: _hands(Hands.CHOP, 0.0),
    Action.SWEEP: _hands(Hands.SWEEP, 0.2),
    Action.RAKE: _hands(Hands.SWEEP, 0.2),
    Action.WATER: _hands(Hands.WATER, 0.1),
    Action.COMB: _hands(Hands.COMB, 0.1),
    Action.ROCK: _hands(Hands.ROCK, 0.0),
    Action.BUILD: Act(Move.KNEEL, hands=Hands.WORK, curiosity=0.2),
    Action.PLANT: Act(Move.KNEEL, hands=Hands.WORK, curiosity=0.1),
    Action.COOK: _hands(Hands.WORK, 0.2),
    Action.EAT: _hands(Hands.EAT, 0.2),
    Action.FEED: _hands(Hands.FEED, 0.2),
    Action.GRAZE: _hands(Hands.EAT, 0.2),
    Action.DRINK: _hands(Hands.DRINK, 0.2),
    Action.HOLD: _hands(Hands.HOLD, 0.5),
    Action.OPEN: _hands(Hands.HOLD, 0.3),
    Action.RAISE: _hands(Hands.RAISE, 0.1),
    Action.RAISE_BOTH: _hands(Hands.RAISE_BOTH, 0.1),
    Action.REGARD: Act(curiosity=0.0),
    Action.THROW: _hands(Hands.THROW, 0.2),
    Action.SNOWBALL: _hands(Hands.THROW, 0.2),
    Action.CATCH: _hands(Hands.HUG, 0.4),
    Action.LEAN: _hands(Hands.LEAN),
}


def act_of(action: Action, shape: PersonShape) -> Act:
    """What a person does; who cannot walk yet still toddles, and the old walk where others run."""
    act = _ACTS.get(action, Act())
    if shape.age is Age.OLD and act.gait is gait.RUN:
        return _go(gait.JOG, 0.9)
    if shape.age is Age.BABY and act.gait is gait.WALK:
        return _go(gait.STROLL, 1.2)
    return act
