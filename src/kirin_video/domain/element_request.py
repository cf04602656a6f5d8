"""A request for an element, as its caller means it: read, judged and free of doubt."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping

from pydantic import BaseModel, ConfigDict

from kirin_video.domain.element_parameters import (
    ELEMENT_DESCRIPTION,
    ELEMENT_MODEL_NAME,
    ELEMENT_NAME,
    ELEMENT_PARAMETERS,
    FRONTAL_IMAGE,
    MAX_REFER_IMAGES,
    MAX_TAGS,
    REFER_IMAGE_URL,
    REFER_LIST,
    TAG_ID,
    TAG_LIST,
)
from kirin_video.domain.entries import is_usable_image
from kirin_video.domain.envelope import unwrap
from kirin_video.domain.inputs import ELEMENT_MODEL
from kirin_video.domain.parameters import Parameter
from kirin_video.domain.quoting import quoted
from kirin_video.domain.reading import Fields, Report
from kirin_video.domain.request import read_callback, read_external_id
from kirin_video.domain.sources import source_identity

PLACES = (
    FRONTAL_IMAGE.name,
    *(f"{REFER_LIST.name}[{index}].{REFER_IMAGE_URL.name}" for index in range(MAX_REFER_IMAGES)),
)
"""The path of each picture of an element, the frontal one first."""


class ElementRequest(BaseModel):
    """A valid request.

    Attributes:
        model: always ``ELEMENT_MODEL``.
        element_id: the element it makes, once that is known.
        name: what the subject is called.
        description: the caller's words about it.
        pictures: the source of each picture, the frontal one first.
        tags: the caller's tags.
        callback_url: where to post changes of the task's status.
        external_task_id: the caller's own id for the task.
        notes: for the caller; there are none.
    """

    model_config = ConfigDict(frozen=True)

    model: str = ELEMENT_MODEL
    element_id: int = 0
    name: str
    description: str = ""
    pictures: tuple[str, ...]
    tags: tuple[str, ...] = ()
    callback_url: str | None = None
    external_task_id: str | None = None
    notes: tuple[str, ...] = ()

    def fingerprint(self) -> str:
        """SHA-256, in hex, of what the caller asked for; equal for requests that mean the same.

        Take it before inline data is replaced by stored blobs.
        """
        meant = self.model_dump(mode="json", exclude={"element_id", "pictures", "notes"})
        meant["pictures"] = [source_identity(source) for source in self.pictures]
        canonical = json.dumps(meant, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode("ascii")).hexdigest()


def asks_for_element(raw: object) -> bool:
    """Whether the body of a create call, of whatever soundness, names the model that makes elements."""
    params = unwrap(raw, Report())
    return params is not None and params.get("model") == ELEMENT_MODEL


def parse_element_request(raw: object, *, model_needed: bool = True) -> ElementRequest:
    """Read and judge a request for an element.

    Args:
        raw: decoded JSON, the parameters flat or wrapped as ``{"model": ..., "input": [{"params": {...}}]}``.
        model_needed: whether ``model`` must be given; where the address says it already, it need not.

    Raises:
        InvalidRequest: with every violation, in the order of ``ELEMENT_PARAMETERS``, unknown names last.
    """
    report = Report()
    params = unwrap(raw, report)
    if params is None:
        report.raise_if_any()
        raise AssertionError("a body that cannot be unwrapped has been reported")
    fields = Fields(params, ELEMENT_PARAMETERS, report)
    _check_model(fields, params, needed=model_needed)
    name = _read_name(fields)
    description = _read_text(fields, ELEMENT_DESCRIPTION)
    frontal = _read_image(fields, FRONTAL_IMAGE)
    others = tuple(_read_images(fields))
    tags = tuple(dict.fromkeys(_read_tags(fields)))
    callback_url, external_task_id = read_callback(fields), read_external_id(fields)
    report.raise_if_any()
    assert name is not None
    assert frontal is not None
    return ElementRequest(
        name=name,
        description=description or "",
        pictures=(frontal, *others),
        tags=tags,
        callback_url=callback_url,
        external_task_id=external_task_id,
    )


def _check_model(fields: Fields, params: Mapping[str, object], *, needed: bool) -> None:
    if needed:
        fields.require(ELEMENT_MODEL_NAME)
    model = params.get("model")
    if model is not None and model != ELEMENT_MODEL:
        fields.refuse(ELEMENT_MODEL_NAME, f"is {quoted(model)}; allowed: {ELEMENT_MODEL}")


def _read_name(fields: Fields) -> str | None:
    fields.require(ELEMENT_NAME)
    name = _read_text(fields, ELEMENT_NAME)
    if name is not None and not any(char.isprintable() and not char.isspace() for char in name):
        fields.refuse(ELEMENT_NAME, "is required and is blank; say what the subject is called")
    return name


def _read_text(fields: Fields, parameter: Parameter) -> str | None:
    """Read text and hold its length, in code points, to the parameter's."""
    text = fields.text(parameter)
    most = parameter.max_length
    if text is not None and most is not None and len(text) > most:
        fields.refuse(parameter, f"has {len(text):,} characters; at most {most} are allowed")
    return text


def _read_image(fields: Fields, parameter: Parameter) -> str | None:
    """Read a picture's source; base64 is not decoded yet."""
    text = fields.text(parameter)
    if not fields.is_readable(parameter):
        return None
    if not text or text.isspace():
        fields.refuse(parameter, "is required: the image's http(s) URL, or its bytes as base64")
        return None
    return text if is_usable_image(fields, parameter, text) else None


def _read_images(fields: Fields) -> Iterator[str]:
    fields.require(REFER_LIST)
    count, entries = fields.entries(REFER_LIST)
    is_list = fields.given(REFER_LIST) is not None and fields.is_readable(REFER_LIST)
    if is_list and not 1 <= count <= MAX_REFER_IMAGES:
        fields.refuse(REFER_LIST, f"has {count} entries; allowed: 1 to {MAX_REFER_IMAGES}")
    for entry in entries:
        source = entry and _read_image(entry, REFER_IMAGE_URL)
        if source:
            yield source


def _read_tags(fields: Fields) -> Iterator[str]:
    count, entries = fields.entries(TAG_LIST)
    if count > MAX_TAGS:
        fields.refuse(TAG_LIST, f"has {count} entries; at most {MAX_TAGS} are allowed")
    for entry in filter(None, entries):
        entry.require(TAG_ID)
        tag = _read_text(entry, TAG_ID)
        if tag is not None and (not tag.isprintable() or not tag or tag.strip() != tag):
            entry.refuse(
                TAG_ID, f"is {quoted(tag)}; allowed are printable characters, no space at either end"
            )
        elif tag is not None:
            yield tag
