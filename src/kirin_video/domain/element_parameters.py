"""Every parameter of a request that makes an element, declared once, as ``parameters`` does for clips."""

from __future__ import annotations

from typing import Final

from kirin_video.domain.inputs import ELEMENT_MODEL
from kirin_video.domain.parameters import CALLBACK_URL, EXTERNAL_TASK_ID, Kind, Parameter

MAX_ELEMENT_NAME: Final = 20
MAX_ELEMENT_DESCRIPTION: Final = 100
MAX_REFER_IMAGES: Final = 3
MAX_TAGS: Final = 10
MAX_TAG: Final = 32

ELEMENT_MODEL_NAME: Final = Parameter(
    name="model",
    kind=Kind.CHOICE,
    help="The model that makes elements. At /model/v1/elements it may be left out.",
    example=ELEMENT_MODEL,
    required=True,
    choices=(ELEMENT_MODEL,),
)
ELEMENT_NAME: Final = Parameter(
    name="element_name",
    kind=Kind.TEXT,
    help="What the subject is called.",
    example="Clay fox",
    required=True,
    min_length=1,
    max_length=MAX_ELEMENT_NAME,
)
ELEMENT_DESCRIPTION: Final = Parameter(
    name="element_description",
    kind=Kind.TEXT,
    help="What should be known of it beyond its pictures.",
    example="A small orange fox of clay with a white tip to its tail.",
    default="",
    max_length=MAX_ELEMENT_DESCRIPTION,
)
FRONTAL_IMAGE: Final = Parameter(
    name="element_frontal_image",
    kind=Kind.SOURCE,
    help="The subject from the front: an http(s) URL, or base64 with or without a data: head.",
    example="https://example.com/fox-front.jpg",
    required=True,
)
REFER_IMAGE_URL: Final = Parameter(
    name="image_url",
    kind=Kind.SOURCE,
    help="The image: an http(s) URL, or base64 with or without a data: head.",
    example="https://example.com/fox-side.jpg",
    required=True,
)
REFER_LIST: Final = Parameter(
    name="element_refer_list",
    kind=Kind.LIST,
    help="The same subject from other sides.",
    example=[{"image_url": "https://example.com/fox-side.jpg"}],
    required=True,
    min_items=1,
    max_items=MAX_REFER_IMAGES,
    fields=(REFER_IMAGE_URL,),
)
TAG_ID: Final = Parameter(
    name="tag_id",
    kind=Kind.TEXT,
    help="A word of your own choice.",
    example="animal",
    required=True,
    min_length=1,
    max_length=MAX_TAG,
)
TAG_LIST: Final = Parameter(
    name="tag_list",
    kind=Kind.LIST,
    help="Tags to find the element by.",
    example=[{"tag_id": "animal"}],
    max_items=MAX_TAGS,
    fields=(TAG_ID,),
)

ELEMENT_PARAMETERS: Final = (
    ELEMENT_MODEL_NAME,
    ELEMENT_NAME,
    ELEMENT_DESCRIPTION,
    FRONTAL_IMAGE,
    REFER_LIST,
    TAG_LIST,
    CALLBACK_URL,
    EXTERNAL_TASK_ID,
)
"""The parameters, in the order in which violations are reported."""
