"""Reading who and what is in a shot, what they look like, what they do and how they stand to one another."""

from kirin_video.engines.previs.reading.subjects.casting import Cast, Casters, LaterBeat, cast_subjects
from kirin_video.engines.previs.reading.subjects.walker import Walk

__all__ = ["Cast", "Casters", "LaterBeat", "Walk", "cast_subjects"]
