"""A task's request as people read it: its words with what they name, its parameters, and as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kirin_video.domain.element_request import ElementRequest
from kirin_video.domain.prompt import ReferenceKind, ReferenceMark, Text, read_prompt
from kirin_video.domain.sources import RemoteUrl, StoredBlob, classify_source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import JsonValue

    from kirin_video.domain.request import GenerationRequest
    from kirin_video.domain.task import Task, TaskRequest
    from kirin_video.services.results import LinkResult

_SHORT: Final = 120


@dataclass(frozen=True, slots=True)
class Reference:
    """Something that a request brought along.

    Attributes:
        mark: how the prompt names it, such as ``image_1``.
        kind: a picture, an element or footage.
        number: its place in its list, from 1.
        role: ``first_frame``, ``end_frame``, ``base``, ``feature``, or empty.
        name: what an element is called; empty for others.
        link: where it is, relative to the server; None if it is not kept here.
        address: where it was fetched from; None if it was sent.
    """

    mark: str
    kind: ReferenceKind
    number: int
    role: str
    name: str
    link: str | None
    address: str | None

    @property
    def is_film(self) -> bool:
        """Whether it is footage."""
        return self.kind is ReferenceKind.VIDEO


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a prompt: words, or something that is named.

    Attributes:
        text: the words; of a name, the mark.
        reference: what is named; None for words.
    """

    text: str
    reference: Reference | None = None


def plain_words(request: TaskRequest) -> str:
    """What a task is about, in its caller's words, on one line."""
    if isinstance(request, ElementRequest):
        return request.name
    parts = read_prompt(request.prompt).parts
    told = (part.text if isinstance(part, Text) else f" {_named(request, part)} " for part in parts)
    return " ".join("".join(told).split()).replace(" ,", ",").replace(" .", ".")


def _named(request: GenerationRequest, mark: ReferenceMark) -> str:
    """What a mark names, in words: an element by its name, others by their numbers."""
    elements = request.element_list
    if mark.kind is ReferenceKind.ELEMENT and 0 < mark.number <= len(elements):
        return elements[mark.number - 1].name or f"{mark.kind} {mark.number}"
    return f"{mark.kind} {mark.number}"


def short_words(request: TaskRequest, most: int = _SHORT) -> str:
    """The same, and not too many of them."""
    words = plain_words(request)
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def references_of(task: Task, link: LinkResult) -> list[Reference]:
    """What a request brought along, in the order of its lists."""
    request = task.request
    if isinstance(request, ElementRequest):
        return list(_pictures(task.id, request.pictures, link))
    return list(_references(task.id, request, link))


def pieces_of(request: TaskRequest, references: list[Reference]) -> list[Piece]:
    """A prompt in pieces; a mark that names nothing stays words."""
    if isinstance(request, ElementRequest):
        return [Piece(request.description)] if request.description else []
    known = {(each.kind, each.number): each for each in references}
    pieces: list[Piece] = []
    for part in read_prompt(request.prompt).parts:
        if isinstance(part, Text):
            pieces.append(Piece(part.text))
        else:
            pieces.append(Piece(f"{part.kind}_{part.number}", known.get((part.kind, part.number))))
    return pieces


def request_json(task: Task, references: list[Reference], base_url: str) -> dict[str, JsonValue]:
    """A request as callers write it, with links to what is kept of it in the place of what was sent."""
    request = task.request
    at = {each.mark: _address(each, base_url) for each in references}
    if isinstance(request, ElementRequest):
        frontal, *others = at.values()
        return {
            "model": request.model,
            "element_name": request.name,
            "element_description": request.description,
            "element_frontal_image": frontal,
            "element_refer_list": [{"image_url": each} for each in others],
            "tag_list": [{"tag_id": tag} for tag in request.tags],
        }
    return {"model": request.model, "prompt": request.prompt, **_lists(request, at), **_choices(request)}


def _lists(request: GenerationRequest, at: dict[str, str]) -> dict[str, JsonValue]:
    lists: dict[str, JsonValue] = {}
    if request.image_list:
        lists["image_list"] = [
            {"image_url": at[f"image_{number}"], **({"type": image.type.value} if image.type else {})}
            for number, image in enumerate(request.image_list, 1)
        ]
    if request.video_list:
        lists["video_list"] = [
            {
                "video_url": at[f"video_{number}"],
                "refer_type": video.refer_type.value,
                "keep_original_sound": "yes" if video.keep_original_sound else "no",
            }
            for number, video in enumerate(request.video_list, 1)
        ]
    if request.element_list:
        lists["element_list"] = [{"element_id": element.element_id} for element in request.element_list]
    return lists


def _choices(request: GenerationRequest) -> dict[str, JsonValue]:
    choices: dict[str, JsonValue] = {"mode": request.mode.value}
    if request.aspect_ratio is not None:
        choices["aspect_ratio"] = request.aspect_ratio.value
    if request.base is None:
        choices["duration"] = str(request.duration_s)
    if request.watermark:
        choices["watermark_info"] = {"enabled": True}
    if request.callback_url is not None:
        choices["callback_url"] = request.callback_url
    if request.external_task_id is not None:
        choices["external_task_id"] = request.external_task_id
    if request.seed is not None:
        choices["seed"] = request.seed
    return choices


def _references(task_id: str, request: GenerationRequest, link: LinkResult) -> Iterator[Reference]:
    for number, image in enumerate(request.image_list, 1):
        role = image.type.value if image.type else ""
        yield _reference(task_id, ReferenceKind.IMAGE, number, image.source, link, role)
    for number, video in enumerate(request.video_list, 1):
        role = video.refer_type.value
        yield _reference(task_id, ReferenceKind.VIDEO, number, video.video_url, link, role)
    for number, element in enumerate(request.element_list, 1):
        source = element.pictures[0] if element.pictures else ""
        yield _reference(task_id, ReferenceKind.ELEMENT, number, source, link, name=element.name)


def _pictures(task_id: str, pictures: tuple[str, ...], link: LinkResult) -> Iterator[Reference]:
    for number, source in enumerate(pictures, 1):
        yield _reference(task_id, ReferenceKind.IMAGE, number, source, link)


def _reference(  # noqa: PLR0913, PLR0917 - what it is, and what is known of it
    task_id: str,
    kind: ReferenceKind,
    number: int,
    source: str,
    link: LinkResult,
    role: str = "",
    name: str = "",
) -> Reference:
    found = classify_source(source) if source else None
    kept = found.key if isinstance(found, StoredBlob) else None
    mark = f"{kind}_{number}"
    filename = f"{task_id}-{mark}.{kept.rpartition('.')[2]}" if kept else ""
    return Reference(
        mark=mark,
        kind=kind,
        number=number,
        role=role,
        name=name,
        link=link.to_file(kept, filename) if kept else None,
        address=found.url if isinstance(found, RemoteUrl) else None,
    )


def _address(reference: Reference, base_url: str) -> str:
    return base_url + reference.link if reference.link else reference.address or ""
