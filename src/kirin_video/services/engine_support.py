"""Whether this server can do what a request asks for, known before it is queued."""

from __future__ import annotations

from kirin_video.domain.errors import Fault, InvalidRequest, Violation
from kirin_video.domain.inputs import FrameRole
from kirin_video.domain.request import GenerationRequest
from kirin_video.domain.task import TaskRequest
from kirin_video.engines.base import Feature
from kirin_video.engines.registry import EngineRegistry

_MATERIAL = {
    Feature.TEXT: "text alone",
    Feature.FIRST_FRAME: "a first frame",
    Feature.LAST_FRAME: "an end frame",
    Feature.REFERENCE_IMAGES: "reference images",
    Feature.ELEMENTS: "elements",
    Feature.BASE_VIDEO: "footage to edit",
    Feature.FEATURE_VIDEO: "reference footage",
}


def require_engine(request: GenerationRequest, engines: EngineRegistry) -> None:
    """Refuse a request that no engine can work from.

    Raises:
        InvalidRequest: with one violation for each material that is too much.
    """
    asked = asked_features(request)
    if engines.choose(frozenset(asked)) is not None:
        return
    lacking = engines.unsupported(frozenset(asked))
    if lacking:
        problems = [
            (asked[each], f"can work from {_MATERIAL[each]} yet") for each in asked if each in lacking
        ]
    else:
        together = ", ".join(_MATERIAL[each] for each in asked)
        problems = [(next(iter(asked.values())), f"takes these together yet: {together}")]
    raise InvalidRequest(
        tuple(
            Violation(field, Fault.INVALID_PARAMETER, f"{field}: no engine on this server {problem}.")
            for field, problem in problems
        )
    )


def worker_class(request: TaskRequest, engines: EngineRegistry) -> str:
    """The class of worker that a task needs: that of the first engine which can make it.

    Elements need no engine. What no engine can make any more goes where they go, and fails with a word about
    it.
    """
    if isinstance(request, GenerationRequest):
        chosen = engines.choose(frozenset(asked_features(request)))
        if chosen is not None:
            return engines.engine(chosen).worker_class
    return engines.plain_class


def asked_features(request: GenerationRequest) -> dict[Feature, str]:
    """What a request needs of an engine, and the field that says so; its shot will need the same."""
    asked: dict[Feature, str] = {}
    kinds = {
        FrameRole.FIRST_FRAME: Feature.FIRST_FRAME,
        FrameRole.END_FRAME: Feature.LAST_FRAME,
        None: Feature.REFERENCE_IMAGES,
    }
    for index, image in enumerate(request.image_list):
        asked.setdefault(kinds[image.type], f"image_list[{index}]")
    if request.element_list:
        asked[Feature.ELEMENTS] = "element_list"
    if request.base is not None:
        asked[Feature.BASE_VIDEO] = "video_list[0]"
    if request.feature is not None:
        asked[Feature.FEATURE_VIDEO] = "video_list[0]"
    return asked or {Feature.TEXT: "prompt"}
