"""A request for one clip, as its caller means it: read, judged and free of doubt."""

from __future__ import annotations

import hashlib
import json

from pydantic import BaseModel, ConfigDict

from kirin_video.domain.entries import read_elements, read_images, read_videos, read_watermark
from kirin_video.domain.envelope import unwrap
from kirin_video.domain.errors import Fault
from kirin_video.domain.inputs import (
    ELEMENT_MODEL,
    MODEL,
    AspectRatio,
    ElementInput,
    FrameRole,
    ImageInput,
    ReferType,
    VideoInput,
)
from kirin_video.domain.parameters import (
    ASPECT_RATIO,
    CALLBACK_URL,
    DEFAULT_DURATION_S,
    DURATION,
    EXTERNAL_TASK_ID,
    MAX_EXTERNAL_ID,
    MAX_PROMPT,
    MODE,
    MODEL_NAME,
    PARAMETERS,
    PROMPT,
    SEED,
)
from kirin_video.domain.prompt import mentions, misread_references
from kirin_video.domain.quoting import quoted
from kirin_video.domain.reading import Fields, Report
from kirin_video.domain.rules import Facts, ignored, judge
from kirin_video.domain.shot import Quality
from kirin_video.domain.sources import (
    InlineData,
    RemoteUrl,
    StoredBlob,
    classify_source,
    source_identity,
    url_problem,
)

__all__ = [
    "MODEL",
    "AspectRatio",
    "ElementInput",
    "FrameRole",
    "GenerationRequest",
    "ImageInput",
    "InlineData",
    "ReferType",
    "RemoteUrl",
    "StoredBlob",
    "VideoInput",
    "classify_source",
    "parse_request",
]


class GenerationRequest(BaseModel):
    """A valid request.

    Attributes:
        model: always ``MODEL``.
        prompt: as it was given.
        image_list: images in the caller's order, so that ``<<<image_n>>>`` is entry n - 1.
        video_list: at most one.
        element_list: subjects in the caller's order.
        mode: how much to spend.
        aspect_ratio: the shape; None if a first frame or base footage gives it.
        duration_s: length in seconds; without meaning beside base footage.
        watermark: whether a watermarked copy is wanted too.
        callback_url: where to post changes of status.
        external_task_id: the caller's own id for the task.
        seed: the caller's seed; None if one is to be drawn.
        notes: parameters that were given but ignored, in words for the caller.
    """

    model_config = ConfigDict(frozen=True)

    model: str = MODEL
    prompt: str
    image_list: tuple[ImageInput, ...] = ()
    video_list: tuple[VideoInput, ...] = ()
    element_list: tuple[ElementInput, ...] = ()
    mode: Quality = Quality.PRO
    aspect_ratio: AspectRatio | None = None
    duration_s: int = DEFAULT_DURATION_S
    watermark: bool = False
    callback_url: str | None = None
    external_task_id: str | None = None
    seed: int | None = None
    notes: tuple[str, ...] = ()

    @property
    def base(self) -> VideoInput | None:
        """The footage to edit."""
        return next((video for video in self.video_list if video.refer_type is ReferType.BASE), None)

    @property
    def feature(self) -> VideoInput | None:
        """The footage to borrow from."""
        return next((video for video in self.video_list if video.refer_type is ReferType.FEATURE), None)

    def frame_index(self, role: FrameRole) -> int | None:
        """The place in ``image_list`` of the first or the end frame."""
        return next((i for i, image in enumerate(self.image_list) if image.type is role), None)

    def fingerprint(self) -> str:
        """SHA-256, in hex, of what the caller asked for.

        Two requests have the same one if they mean the same, however they were written: defaults given or
        left out, base64 with or without its head. Take it before inline data is replaced by stored blobs.
        """
        meant = self.model_dump(mode="json", exclude={"notes", "image_list"}, exclude_defaults=True)
        meant["image_list"] = [[source_identity(image.source), image.type] for image in self.image_list]
        canonical = json.dumps(meant, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode("ascii")).hexdigest()


def parse_request(raw: object) -> GenerationRequest:
    """Read and judge the body of a create call.

    Args:
        raw: decoded JSON, the parameters flat or wrapped as ``{"model": ..., "input": [{"params": {...}}]}``.

    Returns:
        The request, defaults filled in.

    Raises:
        InvalidRequest: with every violation of the rules, first those of single parameters in the order of
            ``PARAMETERS``, then those between parameters, then unknown names.
    """
    report = Report()
    params = unwrap(raw, report)
    if params is None:
        report.raise_if_any()
        raise AssertionError("a body that cannot be unwrapped has been reported")
    fields = Fields(params, PARAMETERS, report)
    _check_model(fields)
    prompt = _read_prompt(fields)
    images, videos, elements = read_images(fields), read_videos(fields), read_elements(fields)
    mode = fields.choice(MODE, Quality, Quality.PRO)
    aspect_ratio = fields.choice(ASPECT_RATIO, AspectRatio)
    duration_s = fields.whole_number(DURATION)
    watermark = read_watermark(fields)
    callback_url = read_callback(fields)
    external_task_id = read_external_id(fields)
    seed = fields.bounded(SEED)
    facts = Facts(
        mentions=mentions(prompt),
        misread=misread_references(prompt),
        num_images=images.count,
        roles=images.roles,
        num_videos=videos.count,
        refer_types=videos.refer_types,
        num_elements=elements.count,
        aspect_ratio=aspect_ratio,
        duration_s=duration_s,
    )
    judge(facts, report)
    report.raise_if_any()
    return GenerationRequest(
        prompt=prompt,
        image_list=images.usable,
        video_list=videos.usable,
        element_list=elements.usable,
        mode=mode or Quality.PRO,
        aspect_ratio=None if facts.is_shaped else aspect_ratio,
        duration_s=DEFAULT_DURATION_S if duration_s is None or facts.has_base else duration_s,
        watermark=watermark,
        callback_url=callback_url,
        external_task_id=external_task_id,
        seed=seed,
        notes=ignored(facts),
    )


def _check_model(fields: Fields) -> None:
    fields.require(MODEL_NAME)
    model = fields.text(MODEL_NAME)
    if model is not None and model != MODEL:
        # A request for an element comes here only where elements are not made, such as for a quote.
        allowed = MODEL if model == ELEMENT_MODEL else f"{MODEL}, {ELEMENT_MODEL}"
        fields.refuse(MODEL_NAME, f"is {quoted(model)}; allowed: {allowed}")


def _read_prompt(fields: Fields) -> str:
    """The prompt; empty if it is missing or unreadable."""
    fields.require(PROMPT, Fault.MISSING_PROMPT)
    prompt = fields.text(PROMPT)
    if prompt is None:
        return ""
    start = prompt.lstrip()[: MAX_PROMPT + 1]
    if not any(char.isprintable() and not char.isspace() for char in start):
        fields.refuse(PROMPT, "is required and is blank; say what the clip shows", Fault.MISSING_PROMPT)
        return ""
    if len(prompt) > MAX_PROMPT:
        problem = f"has {len(prompt):,} characters; {MAX_PROMPT:,} are allowed"
        fields.refuse(PROMPT, problem, Fault.PROMPT_TOO_LONG)
    # Of a prompt that is too long only the start is looked at further.
    return prompt[:MAX_PROMPT]


def read_callback(fields: Fields) -> str | None:
    """Read the address to post changes of status to."""
    url = fields.text(CALLBACK_URL)
    if url is not None and (problem := url_problem(url)):
        fields.refuse(CALLBACK_URL, problem, Fault.CALLBACK_REFUSED)
    return url


def read_external_id(fields: Fields) -> str | None:
    """The caller's id. It is part of a URL's path later, which a slash or a dot segment would change."""
    text = fields.text(EXTERNAL_TASK_ID)
    if text is None:
        return None
    if not 0 < len(text) <= MAX_EXTERNAL_ID:
        fields.refuse(EXTERNAL_TASK_ID, f"has {len(text):,} characters; allowed: 1 to {MAX_EXTERNAL_ID}")
    elif not text.isprintable() or "/" in text or text.strip() != text or text in {".", ".."}:
        problem = (
            f"is {quoted(text)}; allowed are printable characters other than a slash, no space at either end"
        )
        fields.refuse(EXTERNAL_TASK_ID, problem)
    return text
