"""What an engine is: the whole contract between a shot and whoever renders it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Protocol, runtime_checkable

from kirin_video.domain.shot import Shot
from kirin_video.media.frames import I420Frame, RgbFrames


class Feature(StrEnum):
    """The kinds of material a shot can ask an engine to work from."""

    TEXT = "text"
    FIRST_FRAME = "first_frame"
    LAST_FRAME = "last_frame"
    REFERENCE_IMAGES = "reference_images"
    ELEMENTS = "elements"
    BASE_VIDEO = "base_video"
    FEATURE_VIDEO = "feature_video"


Frames = Iterator[I420Frame | RgbFrames]
"""Frames in order; each is valid until the next is asked for."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an engine is with what comes before its first frame.

    Frames are counted by whoever consumes them; engines report only their preparation here.

    Attributes:
        stage: a short name for people, such as ``reading the prompt``.
        fraction: 0.0 to 1.0 of the preparation.
    """

    stage: str
    fraction: float


Report = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class Rendering:
    """What an engine makes of a shot.

    Attributes:
        frames: exactly ``shot.num_frames`` frames of the shot's size, made as they are asked for; or
        file: a finished MP4 instead of frames.
        notes: every substitution or approximation, in plain words for the caller.
        facts: JSON-compatible facts about the rendering for the task's metadata.
        job_id: the id of an upstream provider's job, where there is one.
        afterwards: more notes, asked for when the last frame has been taken: what only shows on the way.
    """

    frames: Frames | None = None
    file: Path | None = None
    notes: tuple[str, ...] = ()
    facts: Mapping[str, object] = field(default_factory=dict[str, object])
    job_id: str | None = None
    afterwards: Callable[[], tuple[str, ...]] = tuple


class Engine(Protocol):
    """Renders shots. It never sees a caller, a key or a price."""

    @property
    def name(self) -> str:
        """The name in settings and in a task's metadata."""
        ...

    @property
    def worker_class(self) -> str:
        """The class of worker it runs on, such as ``cpu`` or ``gpu``; its tasks wait for one of those."""
        ...

    @property
    def features(self) -> frozenset[Feature]:
        """What shots may ask of this engine."""
        ...

    def render(self, shot: Shot, report: Report) -> Rendering:
        """Render a shot.

        Raises:
            TaskFailure: with the fault and a message fit for the caller.
        """
        ...


@dataclass(frozen=True, slots=True)
class PlanSheet:
    """What an engine makes of a prompt before it draws anything.

    Attributes:
        facts: JSON-compatible, as a task's metadata has it.
        notes: what the prompt asks for and the engine will not do, in plain words.
        lines: the same for people to read.
    """

    facts: Mapping[str, object]
    notes: tuple[str, ...]
    lines: tuple[str, ...]


@runtime_checkable
class Planner(Protocol):
    """An engine that can say what it makes of a prompt."""

    def plan_sheet(self, prompt: str, *, seed: int) -> PlanSheet:
        """Read a prompt and draw nothing.

        Args:
            prompt: the words, references left out.
            seed: as for the shot.
        """
        ...


@runtime_checkable
class Warming(Protocol):
    """An engine that can make itself ready before there is a shot.

    The same engine then renders, once, and the same frames, bit for bit, as if it had not been made ready.
    """

    def warm(self) -> Iterator[str]:
        """Load what most shots need, in small steps; who goes through them stops when a shot has come.

        Yields:
            The name of each step, for the log, when it is done. What is worth most comes first.
        """
        ...


def needed_features(shot: Shot) -> frozenset[Feature]:
    """The features an engine must have for a shot."""
    framed = (shot.first_frame, shot.last_frame)
    asked = {
        Feature.FIRST_FRAME: shot.first_frame is not None,
        Feature.LAST_FRAME: shot.last_frame is not None,
        Feature.REFERENCE_IMAGES: any(image not in framed for image in shot.images),
        Feature.ELEMENTS: bool(shot.subjects),
        Feature.BASE_VIDEO: shot.base is not None,
        Feature.FEATURE_VIDEO: shot.feature is not None,
    }
    needed = frozenset(feature for feature, wanted in asked.items() if wanted)
    return needed or frozenset({Feature.TEXT})
