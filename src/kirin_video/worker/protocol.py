"""What a worker and its render child say to each other: one job in, lines of JSON out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue, TypeAdapter

from kirin_video.domain.errors import Fault
from kirin_video.domain.shot import Shot
from kirin_video.domain.stage import Stage

VIDEO_FILE = "video.mp4"
WATERMARK_FILE = "watermark.mp4"
PREVIEW_FILE = "preview.webp"
POSTER_FILE = "poster.webp"

NO_ROOM = "The server has no room for the clip."
"""Why a task fails that met a full disk, whoever of the two noticed it."""


class _Message(BaseModel):
    model_config = ConfigDict(frozen=True)


class RenderJob(_Message):
    """What a child is to make.

    Attributes:
        engine: the engine's name in the settings.
        shot: the shot, with paths of local files.
        folder: where to put the results.
        watermark: whether a watermarked copy is wanted too.
    """

    engine: str
    shot: Shot
    folder: Path
    watermark: bool


class TakenLine(_Message):
    """The child has read its job: from here on, what becomes of the child becomes of the task."""

    type: Literal["taken"] = "taken"


class ProgressLine(_Message):
    """How far the child is.

    Attributes:
        stage: what it does now.
        fraction: 0.0 to 1.0 of that stage, never going back.
    """

    type: Literal["progress"] = "progress"
    stage: Stage
    fraction: float = Field(ge=0, le=1)


class DoneLine(_Message):
    """The files are in the folder, read back and found whole.

    Attributes:
        engine: the engine's own name.
        watermarked: whether there is a watermarked copy.
        duration_s: length in seconds.
        notes: what the engine substituted or approximated.
        facts: what else it says about its work.
        job_id: an upstream provider's id of the job, if there is one.
        render_s: seconds of rendering and encoding.
    """

    type: Literal["done"] = "done"
    engine: str
    watermarked: bool
    duration_s: float
    notes: tuple[str, ...]
    facts: dict[str, JsonValue]
    job_id: str | None
    render_s: float


class FailedLine(_Message):
    """There is no result.

    Attributes:
        fault: the kind of failure.
        message: one sentence for the caller.
    """

    type: Literal["failed"] = "failed"
    fault: Fault
    message: str


Line = Annotated[TakenLine | ProgressLine | DoneLine | FailedLine, Field(discriminator="type")]


def line_reader() -> TypeAdapter[Line]:
    """Reads lines, each as what it is."""
    return TypeAdapter[Line](Line)
