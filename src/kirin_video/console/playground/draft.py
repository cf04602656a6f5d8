"""What stands in the playground's form, and the request of the API that it means."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from kirin_video.domain.inputs import MODEL, AspectRatio, FrameRole, ReferType
from kirin_video.domain.parameters import DEFAULT_DURATION_S, MAX_SEED
from kirin_video.domain.rules import Facts
from kirin_video.domain.shot import Quality
from kirin_video.domain.sources import StoredBlob, inspect_source

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import JsonValue

    from kirin_video.console.forms import Form
    from kirin_video.domain.request import GenerationRequest

_MAX_DIGITS: Final = 20
_ROLES: Final = frozenset(FrameRole)
_USES: Final = frozenset(ReferType)


@dataclass(frozen=True, slots=True)
class Picture:
    """An entry of ``image_list`` to be.

    Attributes:
        url: where it is; empty while it is not here.
        role: ``first_frame``, ``end_frame``, or empty for a reference.
        name: what its owner calls it.
    """

    url: str
    role: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Footage:
    """An entry of ``video_list`` to be.

    Attributes:
        url: where it is; empty while it is not here.
        role: ``base`` or ``feature``.
        keeps_sound: whether its sound goes into the result.
        name: what its owner calls it.
    """

    url: str
    role: str = ReferType.BASE.value
    keeps_sound: bool = False
    name: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A request that somebody is about to make; nothing of it is judged yet.

    Attributes:
        prompt: as it was typed.
        pictures: in order.
        footage: in order; the rules allow one.
        elements: their numbers as text, in order.
        mode: ``std`` where nothing else was chosen: a first clip should be here soon.
        ratio: the shape, where nothing else gives it.
        duration: seconds as text.
        watermark: whether a watermarked copy is wanted.
        callback_url: empty for none.
        external_task_id: empty for none.
        seed: digits; empty for one that is drawn.
    """

    prompt: str = ""
    pictures: tuple[Picture, ...] = ()
    footage: tuple[Footage, ...] = ()
    elements: tuple[str, ...] = ()
    mode: str = Quality.STD.value
    ratio: str = AspectRatio.LANDSCAPE.value
    duration: str = str(DEFAULT_DURATION_S)
    watermark: bool = False
    callback_url: str = ""
    external_task_id: str = ""
    seed: str = ""

    @property
    def number(self) -> int | None:
        """The seed, if it is one."""
        found = _number(self.seed)
        return found if isinstance(found, int) and found <= MAX_SEED else None

    @property
    def facts(self) -> Facts:
        """What the rules between parameters look at, as far as it bears on what the form offers."""
        roles = (FrameRole(each.role) if each.role in _ROLES else None for each in self.pictures)
        return Facts(
            num_images=len(self.pictures),
            roles=tuple(roles),
            num_videos=len(self.footage),
            refer_types=tuple(ReferType(each.role) if each.role in _USES else None for each in self.footage),
            num_elements=len(self.elements),
        )

    def request(self) -> dict[str, JsonValue]:
        """The body of the create call: no more than what was chosen and has an effect."""
        body: dict[str, JsonValue] = {"model": MODEL, "prompt": self.prompt}
        if self.pictures:
            body["image_list"] = [
                {"image_url": each.url, **({"type": each.role} if each.role else {})}
                for each in self.pictures
            ]
        if self.footage:
            body["video_list"] = [
                {
                    "video_url": each.url,
                    "refer_type": each.role,
                    "keep_original_sound": "yes" if each.keeps_sound else "no",
                }
                for each in self.footage
            ]
        if self.elements:
            body["element_list"] = [{"element_id": _number(each)} for each in self.elements]
        body["mode"] = self.mode
        facts = self.facts
        if not facts.is_shaped:
            body["aspect_ratio"] = self.ratio
        if not facts.has_base:
            body["duration"] = self.duration
        if self.watermark:
            body["watermark_info"] = {"enabled": True}
        if self.callback_url:
            body["callback_url"] = self.callback_url
        if self.external_task_id:
            body["external_task_id"] = self.external_task_id
        if self.seed:
            body["seed"] = _number(self.seed)
        return body


def read_draft(form: Form) -> Draft:
    """Read the playground's form."""
    pictures = zip_longest(
        form.all("picture_url"), form.all("picture_role"), form.all("picture_name"), fillvalue=""
    )
    footage = zip_longest(
        form.all("footage_url"), form.all("footage_role"), form.all("footage_name"), fillvalue=""
    )
    keeps_sound = bool(form.text("footage_sound"))
    blank = Draft()
    return Draft(
        prompt=form.raw("prompt"),
        pictures=tuple(Picture(url.strip(), role, name) for url, role, name in pictures if url.strip()),
        footage=tuple(
            Footage(url.strip(), role or ReferType.BASE.value, keeps_sound, name)
            for url, role, name in footage
            if url.strip()
        ),
        elements=tuple(each for each in form.all("element") if each),
        mode=form.text("mode") or blank.mode,
        ratio=form.text("ratio") or blank.ratio,
        duration=form.text("duration") or blank.duration,
        watermark=bool(form.text("watermark")),
        callback_url=form.text("callback_url"),
        external_task_id=form.text("external_task_id"),
        seed=form.text("seed"),
    )


def draft_of(request: GenerationRequest, kept: Mapping[str, str], seed: int | None) -> Draft:
    """The draft that makes a past request once more.

    Args:
        request: the past one.
        kept: where the files that its task keeps can be had now, by their keys; others are left out.
        seed: the seed to make the same clip; None for another.
    """
    pictures = [(_address(image.source, kept), image.type or "") for image in request.image_list]
    footage = [(_address(video.video_url, kept), video) for video in request.video_list]
    return Draft(
        prompt=request.prompt,
        pictures=tuple(Picture(url, str(role)) for url, role in pictures if url),
        footage=tuple(
            Footage(url, video.refer_type.value, video.keep_original_sound) for url, video in footage if url
        ),
        elements=tuple(str(each.element_id) for each in request.element_list),
        mode=request.mode.value,
        ratio=(request.aspect_ratio or AspectRatio.LANDSCAPE).value,
        duration=str(request.duration_s),
        watermark=request.watermark,
        callback_url=request.callback_url or "",
        seed="" if seed is None else str(seed),
    )


def stored_keys(request: GenerationRequest) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The keys of the pictures, and of the footage, that a request's task keeps."""
    images = (inspect_source(image.source) for image in request.image_list)
    videos = (inspect_source(video.video_url) for video in request.video_list)
    return (
        tuple(each.key for each in images if isinstance(each, StoredBlob)),
        tuple(each.key for each in videos if isinstance(each, StoredBlob)),
    )


def _address(source: str, kept: Mapping[str, str]) -> str:
    found = inspect_source(source)
    return kept.get(found.key, "") if isinstance(found, StoredBlob) else source


def _number(text: str) -> int | str:
    """A number where there is one; else the text, for the rules to say what is wrong with it."""
    is_whole = len(text) <= _MAX_DIGITS and text.isascii() and text.isdigit() and str(int(text)) == text
    return int(text) if is_whole else text
