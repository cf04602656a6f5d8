"""The native API's answers, as they are on the wire: what the server writes and the client reads.

Dump them with ``exclude_none=True``: a field that is None is not there.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, JsonValue, model_validator

from kirin_video.domain.inputs import MODEL

Status = Literal["queued", "in_progress", "completed", "failed"]

_TASK_ID = "d5u5obte8783ap44qtj0"
_URL = "https://kirin.example/files/3f9c/video.mp4?expires=1769844144&signature=Jt0"
_QUEUED: dict[str, JsonValue] = {
    "id": _TASK_ID,
    "created_at": 1769757744021,
    "status": "queued",
    "model": MODEL,
    "external_task_id": "ad-17",
}
_IN_PROGRESS: dict[str, JsonValue] = {
    "id": _TASK_ID,
    "created_at": 1769757744021,
    "status": "in_progress",
    "model": MODEL,
    "progress": 0.45,
}
_COMPLETED: dict[str, JsonValue] = {
    "id": _TASK_ID,
    "created_at": 1769757744021,
    "status": "completed",
    "model": MODEL,
    "output": [
        {
            "content": [{"type": "video", "url": _URL, "duration": 5}],
            "jobId": "d5u5obte8783ap44qtj0-1",
        }
    ],
    "usage": {"cost": "0.56", "discount": 0},
    "metadata": {
        "engine": "previs",
        "width": 1920,
        "height": 1080,
        "fps": 24,
        "num_frames": 120,
        "seed": 7,
        "notes": [],
    },
}
_FAILED: dict[str, JsonValue] = {
    "id": _TASK_ID,
    "created_at": 1769757744021,
    "status": "failed",
    "model": MODEL,
    "error": {"code": "002015095", "error_message": "The engine could not draw the shot."},
}


_PICTURE = "https://kirin.example/files/9c0e.png/element-{}.png?expires=1769844144&signature=Jt0"
_ELEMENT: dict[str, JsonValue] = {
    "element_id": 3718290113884217,
    "element_name": "Clay fox",
    "element_description": "A small orange fox of clay with a white tip to its tail.",
    "status": "completed",
    "preset": False,
    "created_at": 1769757744021,
    "task_id": _TASK_ID,
    "element_frontal_image": _PICTURE.format("3718290113884217-0"),
    "element_refer_list": [{"image_url": _PICTURE.format("3718290113884217-1")}],
    "tag_list": [{"tag_id": "animal"}],
}
_PRESET: dict[str, JsonValue] = {
    "element_id": 1,
    "element_name": "Red ball",
    "element_description": "A glossy red ball with a white stripe around it.",
    "status": "completed",
    "preset": True,
    "created_at": 1767225600000,
    "element_frontal_image": _PICTURE.format("1-0"),
    "element_refer_list": [{"image_url": _PICTURE.format("1-1")}],
    "tag_list": [{"tag_id": "toy"}],
}


class WireModel(BaseModel):
    """Base of all answers: frozen, names as on the wire, unknown fields of newer servers skipped."""

    model_config = ConfigDict(
        frozen=True, extra="ignore", validate_by_name=True, validate_by_alias=True, serialize_by_alias=True
    )


class Content(WireModel):
    """One generated file."""

    type: Literal["video", "image"] = Field(description="The kind of file.")
    url: str = Field(description="Where to get it. Signed; it expires.")
    watermark_url: str | None = Field(
        default=None,
        description="Where to get the watermarked copy, if one was asked for. Signed; it expires.",
    )
    duration: int | float = Field(description="Length in seconds.", ge=0)


class ElementContent(WireModel):
    """A subject that was put into the library."""

    type: Literal["element"] = Field(description="What was made.")
    element_id: int = Field(description="Its number, for element_list.", examples=[3718290113884217])


class Output(WireModel):
    """What one job made."""

    content: list[Annotated[Content | ElementContent, Field(discriminator="type")]] = Field(
        description="The generated files, or the element."
    )
    job_id: str = Field(alias="jobId", description="The engine's own id of the job.")


class Usage(WireModel):
    """What the task cost."""

    cost: str = Field(
        description="US dollars charged, after the discount, as decimal text.",
        pattern=r"^\d+\.\d{2,6}$",
        examples=["0.56"],
    )
    discount: int | float = Field(description="US dollars taken off the list price.", ge=0)


class TaskError(WireModel):
    """Why the task failed."""

    code: str = Field(description="The error's code; see the error table.", examples=["002015095"])
    error_message: str = Field(description="What went wrong, in words.")


class TaskResource(WireModel):
    """A task, as create, poll, list, events and callbacks show it."""

    model_config = ConfigDict(json_schema_extra={"examples": [_QUEUED, _IN_PROGRESS, _COMPLETED, _FAILED]})

    id: str = Field(description="The task's id. It sorts by time of creation.")
    created_at: int = Field(description="When the task was accepted, Unix time in milliseconds.")
    status: Status = Field(description="How far it is. completed and failed are final.")
    model: str = Field(description="The model that was asked for.")
    external_task_id: str | None = Field(
        default=None, description="Your own id for the task, if you gave one."
    )
    progress: Annotated[float, Field(ge=0, le=1)] | None = Field(
        default=None, description="0.0 to 1.0, never going back. Only while in progress."
    )
    output: list[Output] | None = Field(default=None, description="The results. Only when completed.")
    usage: Usage | None = Field(default=None, description="What it cost. Only when completed.")
    metadata: dict[str, JsonValue] | None = Field(
        default=None,
        description="Facts about the result; notes says in words what was approximated or ignored.",
    )
    error: TaskError | None = Field(default=None, description="What went wrong. Only when failed.")

    @model_validator(mode="after")
    def _fields_fit_status(self) -> Self:
        if self.status != "in_progress" and self.progress is not None:
            raise ValueError("progress is there only while in progress")
        if self.status != "completed" and (self.output is not None or self.usage is not None):
            raise ValueError("output and usage are there only when completed")
        if (self.status == "failed") != (self.error is not None):
            raise ValueError("error is there exactly when failed")
        return self


class TaskEvent(TaskResource):
    """A task as it was after a change: the data of an event."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [_QUEUED, {**_IN_PROGRESS, "stage": "rendering"}]}
    )

    stage: str | None = Field(
        default=None,
        description=(
            "What is being done: fetching, judging, preparing, rendering, encoding or storing. "
            "Only while in progress."
        ),
    )


class TaskList(WireModel):
    """A page of tasks."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "object": "list",
                    "data": [_IN_PROGRESS],
                    "has_more": True,
                    "next_cursor": "djEuMTc2OTc1Nzc0NDAyMTAwMC5kNXU1b2J0ZTg3ODNhcDQ0cXRqMA",
                }
            ]
        }
    )

    object: Literal["list"] = Field(default="list", description="Always list.")
    data: list[TaskResource] = Field(description="The tasks, in the order asked for.")
    has_more: bool = Field(description="Whether another page follows.")
    next_cursor: str | None = Field(
        default=None, description="Pass it as after to get the next page. Only when has_more."
    )


class DeletedTask(WireModel):
    """What is left of a task."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"id": _TASK_ID, "deleted": True}]})

    id: str = Field(description="The task's id.")
    deleted: Literal[True] = Field(default=True, description="Always true.")


class ElementPicture(WireModel):
    """A picture of an element from another side."""

    image_url: str = Field(description="Where to get it. Signed; it expires.")


class ElementTag(WireModel):
    """A tag of an element."""

    tag_id: str = Field(description="The tag.")


class ElementResource(WireModel):
    """A subject of the library."""

    model_config = ConfigDict(json_schema_extra={"examples": [_ELEMENT, _PRESET]})

    element_id: int = Field(description="Its number, for element_list. Below 2^53; 0 is none.")
    element_name: str = Field(description="What it is called.")
    element_description: str = Field(description="What should be known of it beyond its pictures.")
    status: Status = Field(description="How far it is. Only a completed element can be used.")
    preset: bool = Field(description="Whether it came with the server and belongs to every account.")
    created_at: int = Field(description="When it was asked for, Unix time in milliseconds.")
    task_id: str | None = Field(default=None, description="The task that makes it; a preset has none.")
    element_frontal_image: str | None = Field(
        default=None, description="Where to get the frontal picture, once completed. Signed; it expires."
    )
    element_refer_list: list[ElementPicture] | None = Field(
        default=None, description="The other pictures, once completed."
    )
    tag_list: list[ElementTag] = Field(default_factory=list[ElementTag], description="Its tags.")
    error: TaskError | None = Field(default=None, description="What went wrong. Only when failed.")


class ElementList(WireModel):
    """A page of elements."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"object": "list", "data": [_ELEMENT], "has_more": True, "next_cursor": "3718290113884217"}
            ]
        }
    )

    object: Literal["list"] = Field(default="list", description="Always list.")
    data: list[ElementResource] = Field(description="The elements, the newest first, presets last.")
    has_more: bool = Field(description="Whether there is another page.")
    next_cursor: str | None = Field(default=None, description="Pass it as after for the next page.")


class DeletedElement(WireModel):
    """What is left of an element."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"element_id": 3718290113884217, "deleted": True}]}
    )

    element_id: int = Field(description="The element's number.")
    deleted: Literal[True] = Field(default=True, description="Always true.")


class FileResource(WireModel):
    """An uploaded file."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": "d5u5obte8783ap44qtj0",
                    "url": "https://kirin.example/model/v1/files/d5u5obte8783ap44qtj0",
                    "type": "video",
                    "media_type": "video/mp4",
                    "size_bytes": 4182733,
                    "width": 1920,
                    "height": 1080,
                    "duration": 6.5,
                    "fps": 30,
                    "has_sound": True,
                    "created_at": 1769757744021,
                    "expires_at": 1769844144021,
                }
            ]
        }
    )

    id: str = Field(description="The file's id.")
    url: str = Field(description="What to put in image_url or video_url of your requests.")
    type: Literal["image", "video"] = Field(description="What it is, by its content.")
    media_type: str = Field(description="JPEG, PNG, MP4 or MOV, by its content.", examples=["video/mp4"])
    size_bytes: int = Field(description="Its size.", ge=0)
    width: int = Field(description="Pixels, after rotation.", ge=1)
    height: int = Field(description="Pixels, after rotation.", ge=1)
    duration: int | float | None = Field(
        default=None, description="Length in seconds, counted from its frames. Only of a video.", ge=0
    )
    fps: int | float | None = Field(default=None, description="Mean frames a second. Only of a video.", ge=0)
    has_sound: bool | None = Field(default=None, description="Whether it has sound. Only of a video.")
    created_at: int = Field(description="When it was uploaded, Unix time in milliseconds.")
    expires_at: int = Field(
        description="When it is removed unless a task takes it before, Unix time in milliseconds."
    )


class ErrorDetail(WireModel):
    """One broken rule."""

    field: str = Field(description="The parameter's path.", examples=["image_list[1].type"])
    code: str = Field(description="The violation's code.", examples=["002015003"])
    message: str = Field(description="What was wrong, what was found and what is allowed.")


class ErrorBody(WireModel):
    """What went wrong."""

    code: str = Field(
        description="The code of the first violation; see the error table.", examples=["002015004"]
    )
    error_message: str = Field(description="What went wrong, in words.")
    details: list[ErrorDetail] = Field(
        default_factory=list[ErrorDetail], description="Every violation found, where the request broke rules."
    )


class ErrorResponse(WireModel):
    """The body of every answer that is an error, on every path."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "error": {
                        "code": "002015003",
                        "error_message": 'mode is "ultra"; allowed: std, pro.',
                        "details": [
                            {
                                "field": "mode",
                                "code": "002015003",
                                "message": 'mode is "ultra"; allowed: std, pro.',
                            }
                        ],
                    },
                    "request_id": "d5u5obte8783ap44qtj0",
                }
            ]
        }
    )

    error: ErrorBody
    request_id: str = Field(description="The id of this request in the server's logs.")
