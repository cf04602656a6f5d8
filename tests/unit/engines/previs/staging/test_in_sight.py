import math

from kirin_video.engines.previs.plan import Action, Relation, RelationKind, SubjectPlan
from kirin_video.engines.previs.staging.formation import Spot
from kirin_video.engines.previs.staging.sense import sensible
from kirin_video.engines.previs.staging.surrounding import all_round


def test_a_bird_on_an_elephant_is_large_enough_to_be_seen() -> None:
    bird = SubjectPlan("bird", "a bird", action=Action.STAND, relations=(Relation(RelationKind.ON, 1),))
    elephant = SubjectPlan("elephant", "an elephant")
    assert sensible((bird, elephant))[0].size > 2.0


def test_a_bird_on_a_cat_keeps_its_size() -> None:
    bird = SubjectPlan("bird", "a bird", relations=(Relation(RelationKind.ON, 1),))
    assert sensible((bird, SubjectPlan("cat", "a cat")))[0].size == 1.0


def test_what_somebody_is_among_leaves_him_room_and_most_towards_the_viewer() -> None:
    spots = tuple(Spot(0.3 * math.cos(k), 0.3 * math.sin(k)) for k in range(12))
    moved = all_round(spots, 1.0, towards=0.0)
    away = [math.hypot(spot.ahead, spot.aside) for spot in moved]
    assert min(away) > 0.6
    assert away[0] > 1.5 * away[3]
