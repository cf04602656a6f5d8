"""Every parameter of the create call, declared once.

The parser reads by these, and the models list, the OpenAPI document and the docs are made from them, so
that what we say and what we do cannot drift apart. Rules between parameters are in ``rules``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from pydantic import JsonValue

from kirin_video.domain.inputs import MODEL, AspectRatio, FrameRole, ReferType
from kirin_video.domain.shot import Quality
from kirin_video.domain.sources import MAX_URL_LENGTH

MAX_PROMPT = 2500
MAX_REFERENCES = 7
MAX_REFERENCES_WITH_VIDEO = 4
MAX_VIDEOS = 1
MIN_DURATION_S = 3
MAX_DURATION_S = 10
DEFAULT_DURATION_S = 5
LONE_DURATIONS_S = (5, 10)
MAX_ELEMENT_ID = 2**53 - 1
MAX_SEED = 2**32 - 1
MAX_EXTERNAL_ID = 128


class Kind(StrEnum):
    """The JSON a parameter is given as."""

    TEXT = "text"
    CHOICE = "choice"
    WHOLE_NUMBER = "whole number"
    TRUTH = "true or false"
    URL = "URL"
    SOURCE = "URL or base64"
    OBJECT = "object"
    LIST = "list of objects"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """What one parameter accepts on its own.

    Attributes:
        name: as the caller writes it.
        kind: the JSON it is given as.
        help: one sentence for the docs.
        example: a value that is accepted.
        required: whether it must be there.
        default: what its absence means; None where absence is a meaning of its own.
        choices: the allowed texts, for a choice.
        min_length: fewest characters, for text.
        max_length: most characters (Unicode code points), for text.
        minimum: least value, for a whole number.
        maximum: greatest value, for a whole number.
        digits_too: a whole number may also be written as a string of digits.
        min_items: fewest entries, for a list.
        max_items: most entries, for a list.
        fields: the parameters of the object, or of each of the list's objects.
    """

    name: str
    kind: Kind
    help: str
    example: JsonValue
    required: bool = False
    default: str | int | bool | None = None
    choices: tuple[str, ...] = ()
    min_length: int | None = None
    max_length: int | None = None
    minimum: int | None = None
    maximum: int | None = None
    digits_too: bool = False
    min_items: int | None = None
    max_items: int | None = None
    fields: tuple[Parameter, ...] = ()


MODEL_NAME: Final = Parameter(
    name="model",
    kind=Kind.CHOICE,
    help="The model to use.",
    example=MODEL,
    required=True,
    choices=(MODEL,),
)
PROMPT: Final = Parameter(
    name="prompt",
    kind=Kind.TEXT,
    help=(
        "What the clip shows and, in words such as 'without people' or after 'Negative:', what it does not. "
        "Point at an input by <<<image_1>>>, <<<element_1>>> or <<<video_1>>>, counted from 1 in list order."
    ),
    example="A horse gallops along a beach at dusk, the camera tracking beside it. No people.",
    required=True,
    min_length=1,
    max_length=MAX_PROMPT,
)
IMAGE_URL: Final = Parameter(
    name="image_url",
    kind=Kind.SOURCE,
    help=(
        "The image: an http(s) URL, the url of an uploaded file, or base64 with or without a data: head. "
        "Needed, as this or as image."
    ),
    example="https://example.com/horse.jpg",
)
IMAGE: Final = Parameter(
    name="image",
    kind=Kind.SOURCE,
    help="Another name for image_url. Give one of the two.",
    example="https://example.com/horse.jpg",
)
IMAGE_TYPE: Final = Parameter(
    name="type",
    kind=Kind.CHOICE,
    help="Makes the image the first or the last frame of the clip. Leave it out for a plain reference.",
    example=FrameRole.FIRST_FRAME.value,
    choices=tuple(FrameRole),
)
IMAGE_LIST: Final = Parameter(
    name="image_list",
    kind=Kind.LIST,
    help="Images of subjects, scenes or styles to refer to, or the first and last frame.",
    example=[{"image_url": "https://example.com/horse.jpg", "type": "first_frame"}],
    max_items=MAX_REFERENCES,
    fields=(IMAGE_URL, IMAGE, IMAGE_TYPE),
)
VIDEO_URL: Final = Parameter(
    name="video_url",
    kind=Kind.URL,
    help="The footage: an http(s) URL of an MP4 or MOV file, or the url of an uploaded one.",
    example="https://example.com/street.mp4",
    required=True,
    max_length=MAX_URL_LENGTH,
)
REFER_TYPE: Final = Parameter(
    name="refer_type",
    kind=Kind.CHOICE,
    help="base: edit this footage. feature: borrow its style, its camera movement, or continue from it.",
    example=ReferType.BASE.value,
    default=ReferType.BASE.value,
    choices=tuple(ReferType),
)
KEEP_SOUND: Final = Parameter(
    name="keep_original_sound",
    kind=Kind.CHOICE,
    help="Whether the footage's own sound goes into the result.",
    example="yes",
    default="no",
    choices=("yes", "no"),
)
VIDEO_LIST: Final = Parameter(
    name="video_list",
    kind=Kind.LIST,
    help="At most one piece of footage, to edit or to borrow from.",
    example=[
        {"video_url": "https://example.com/street.mp4", "refer_type": "base", "keep_original_sound": "yes"}
    ],
    max_items=MAX_VIDEOS,
    fields=(VIDEO_URL, REFER_TYPE, KEEP_SOUND),
)
ELEMENT_ID: Final = Parameter(
    name="element_id",
    kind=Kind.WHOLE_NUMBER,
    help="A subject of your library. A string of digits is accepted too.",
    example=160,
    required=True,
    minimum=1,
    maximum=MAX_ELEMENT_ID,
    digits_too=True,
)
ELEMENT_LIST: Final = Parameter(
    name="element_list",
    kind=Kind.LIST,
    help="Subjects of your library that appear in the clip.",
    example=[{"element_id": 160}],
    max_items=MAX_REFERENCES,
    fields=(ELEMENT_ID,),
)
MODE: Final = Parameter(
    name="mode",
    kind=Kind.CHOICE,
    help="std: 720p, cheaper. pro: 1080p, more detail.",
    example=Quality.PRO.value,
    default=Quality.PRO.value,
    choices=tuple(Quality),
)
ASPECT_RATIO: Final = Parameter(
    name="aspect_ratio",
    kind=Kind.CHOICE,
    help="Width to height. Required unless a first frame or base footage gives the shape.",
    example=AspectRatio.LANDSCAPE.value,
    choices=tuple(AspectRatio),
)
DURATION: Final = Parameter(
    name="duration",
    kind=Kind.WHOLE_NUMBER,
    help=(
        "Length in seconds, as a string or an integer. From text alone or a lone first frame 5 or 10, "
        "otherwise 3 to 10. Base footage keeps its own length."
    ),
    example="5",
    default=DEFAULT_DURATION_S,
    minimum=MIN_DURATION_S,
    maximum=MAX_DURATION_S,
    digits_too=True,
)
WATERMARK_ENABLED: Final = Parameter(
    name="enabled",
    kind=Kind.TRUTH,
    help="Whether a watermarked copy is made beside the clean clip.",
    example=True,
    required=True,
)
WATERMARK_INFO: Final = Parameter(
    name="watermark_info",
    kind=Kind.OBJECT,
    help="Asks for a watermarked copy. A list of one such object is accepted too.",
    example={"enabled": True},
    fields=(WATERMARK_ENABLED,),
)
CALLBACK_URL: Final = Parameter(
    name="callback_url",
    kind=Kind.URL,
    help="Where to post the task at every change of its status.",
    example="https://example.com/hooks/kirin",
    max_length=MAX_URL_LENGTH,
)
EXTERNAL_TASK_ID: Final = Parameter(
    name="external_task_id",
    kind=Kind.TEXT,
    help=(
        "Your own id for the task, unique in your account; the task can be read by it. Printable characters "
        "other than a slash, with no space at either end."
    ),
    example="ad-17",
    min_length=1,
    max_length=MAX_EXTERNAL_ID,
)
SEED: Final = Parameter(
    name="seed",
    kind=Kind.WHOLE_NUMBER,
    help="Our one extension: the same request with the same seed gives the same clip. Random if left out.",
    example=7,
    minimum=0,
    maximum=MAX_SEED,
)

PARAMETERS: Final = (
    MODEL_NAME,
    PROMPT,
    IMAGE_LIST,
    VIDEO_LIST,
    ELEMENT_LIST,
    MODE,
    ASPECT_RATIO,
    DURATION,
    WATERMARK_INFO,
    CALLBACK_URL,
    EXTERNAL_TASK_ID,
    SEED,
)
"""The create call's parameters, in the order in which violations are reported."""
