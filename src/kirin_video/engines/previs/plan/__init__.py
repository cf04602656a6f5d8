"""The plan of a shot: what a prompt means to this engine, as data that can be printed.

`shot.ShotPlan` is the whole; `subject.SubjectPlan` is one of its subjects; `world`, `deeds`, `looks` and
`camera` are the words both are made of. Reading writes it; worlds, staging and camera only read it.
Nothing here draws, and nothing here is heavy to import.
"""

from kirin_video.engines.previs.plan.camera import (
    OF_SOMEBODY,
    Angle,
    Detail,
    Framing,
    Grip,
    Lens,
    Move,
    Pace,
    ShotSize,
    Technique,
    side_of_whip,
)
from kirin_video.engines.previs.plan.contrivance import LIGHTS_UP_S, Contrivance
from kirin_video.engines.previs.plan.deeds import Action, Heading, Relation, RelationKind, Spot
from kirin_video.engines.previs.plan.looks import (
    Age,
    Build,
    Color,
    Expression,
    Extra,
    Garment,
    PartColor,
    Pattern,
    Proportion,
    Wear,
)
from kirin_video.engines.previs.plan.shot import Act, Beat, ShotPlan
from kirin_video.engines.previs.plan.subject import SubjectPlan
from kirin_video.engines.previs.plan.world import (
    DayPart,
    Downfall,
    Mood,
    Phenomenon,
    Place,
    Season,
    Setting,
    Style,
    TimeOfDay,
    Weather,
)

__all__ = [
    "LIGHTS_UP_S",
    "OF_SOMEBODY",
    "Act",
    "Action",
    "Age",
    "Angle",
    "Beat",
    "Build",
    "Color",
    "Contrivance",
    "DayPart",
    "Detail",
    "Downfall",
    "Expression",
    "Extra",
    "Framing",
    "Garment",
    "Grip",
    "Heading",
    "Lens",
    "Mood",
    "Move",
    "Pace",
    "PartColor",
    "Pattern",
    "Phenomenon",
    "Place",
    "Proportion",
    "Relation",
    "RelationKind",
    "Season",
    "Setting",
    "ShotPlan",
    "ShotSize",
    "Spot",
    "Style",
    "SubjectPlan",
    "Technique",
    "TimeOfDay",
    "Wear",
    "Weather",
    "side_of_whip",
]
