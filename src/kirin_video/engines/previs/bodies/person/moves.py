"""Which choreography a move is, and what hands do over it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kirin_video.engines.previs.bodies.person import (
    dancing,
    feats,
    going,
    gymnastics,
    martial,
    plunging,
    resting,
    scaling,
    skipping,
    stretching,
)
from kirin_video.engines.previs.bodies.person.acts import Move
from kirin_video.engines.previs.bodies.person.figure import Figure
from kirin_video.engines.previs.bodies.person.grip import Grip
from kirin_video.engines.previs.bodies.person.hands import use_hands
from kirin_video.engines.previs.bodies.person.hold import hold_on
from kirin_video.engines.previs.bodies.person.moment import Moment
from kirin_video.engines.previs.bodies.person.rallying import play_catch
from kirin_video.engines.previs.bodies.person.seating import taken
from kirin_video.engines.previs.bodies.person.touching import bind

_MOVES: Mapping[Move, Callable[[Moment], Figure]] = {
    Move.STAND: going.stand,
    Move.GO: going.go,
    Move.DANCE: dancing.dance,
    Move.SPIN: dancing.spin,
    Move.SIT: resting.sit,
    Move.RIDE: resting.ride,
    Move.LIE: resting.lie,
    Move.KNEEL: resting.kneel,
    Move.JUMP: feats.jump,
    Move.SWIM: feats.swim,
    Move.PLUNGE: plunging.plunge,
    Move.CRAWL: feats.crawl,
    Move.FALL: feats.fall,
    Move.FLY: feats.fly,
    Move.FLOAT: feats.float_about,
    Move.GLIDE: feats.glide,
    Move.FIGHT: feats.fight,
    Move.FORMS: martial.tai_chi,
    Move.SKIP: skipping.skip,
    Move.SCALE: scaling.scale,
    Move.PUSH_UP: gymnastics.push_up,
    Move.HANDSTAND: gymnastics.handstand,
    Move.SOMERSAULT: gymnastics.somersault,
    Move.YOGA: stretching.tree,
}


def figure_of(m: Moment) -> Figure:
    """The figure of an act in every frame."""
    armed = m.act.move is Move.FIGHT and Grip.BLADE in m.grips.values()
    figure = taken(m, (martial.fence if armed else _MOVES[m.act.move])(m))
    use_hands(m, figure)
    hold_on(m, figure)
    bind(m, figure)
    play_catch(m, figure)
    return figure
