"""What a thing does by the clock that stands where it is: traits of a subject, as its plan shows them."""

from __future__ import annotations

from enum import StrEnum


class Contrivance(StrEnum):
    """One such doing; it is among the ``traits`` of a `SubjectPlan`, and the body's builder acts on it."""

    ASSEMBLED = "put together layer by layer"
    WITH_A_TRAIN = "a toy train goes round it"
    LIGHTS_UP = "lights up"
    GOES_OUT = "goes out"
    BURNS_DOWN = "burns down"
    SLIDES_OUT = "a book slides out of it"
    WITH_ICE = "ice in it"
    ICE_FALLS = "ice falls into it"
    TYPES = "types by itself"


LIGHTS_UP_S = 1.3
"""When a lamp or a screen lights up or goes out that does so, seconds from the clip's beginning."""
