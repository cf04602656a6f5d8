"""The scene that footage ends or begins with, as references that a new shot in it works from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from kirin_video.domain.shot import Clip, Picture, Shot
from kirin_video.engines.previs.bodies.catalogue import Family, catalogue
from kirin_video.engines.previs.feature.bands import across
from kirin_video.engines.previs.feature.somebody import Somebody
from kirin_video.engines.previs.feature.watch import frames_of, last_frame
from kirin_video.engines.previs.feature.wishes import Follows
from kirin_video.engines.previs.footage.survey import rgb_of
from kirin_video.engines.previs.photo import matte, regions, superpixels
from kirin_video.engines.previs.photo.picture import Rgb, fitted
from kirin_video.engines.previs.photo.plate import peel
from kirin_video.engines.previs.plan import ShotPlan, SubjectPlan
from kirin_video.engines.previs.references.content import Content, seen_in
from kirin_video.engines.previs.references.cutting import cut_along
from kirin_video.engines.previs.references.cutting.cut import CUT_FROM, scaled
from kirin_video.engines.previs.references.gallery import Gallery
from kirin_video.engines.previs.references.roles import Part
from kirin_video.media.footage import Footage

_LOOKED_AT_PX: Final = 300
_LONGEST_PX: Final = 1280
_CLOSER: Final = 0.8
_SPARE: Final = 7
"""Pixels of a small frame that are cleared around somebody, all over: soft edges and a little shade."""
_BY_MOTION: Final = 0.8
"""How far an outline is trusted that motion told."""
_PRONOUNS: Final = {
    "en": ((r"^(?:then )?she\b", "the woman"), (r"^(?:then )?he\b", "the man")),
    "zh": ((r"^她", "这个女人"), (r"^他", "这个男人")),
}
_DEFINITE: Final = re.compile(
    r"^(?:the|this|that|same|his|her|their|our|my)\b|^(?:这|那|该|同)", re.IGNORECASE
)
_BARE: Final = re.compile(r"^(?!.*[一两二三四五六七八九十几某另])[\u3400-\u9fff]")
"""Chinese has no article: who acts without a number is known."""
_ACTORS: Final = frozenset({Family.PERSON, Family.QUADRUPED, Family.BIRD, Family.MACHINE})


_MOSTLY: Final = 0.9
Mask = NDArray[np.bool_]
_ANIMALS: Final = frozenset({Family.QUADRUPED, Family.BIRD, Family.CREATURE})


@dataclass(frozen=True, slots=True)
class Scene:
    """A frame of footage taken apart.

    Attributes:
        rgb: the frame, sRGB, uint8, (h, w, 3).
        content: what was seen in it.
        empty: the frame without its subject; None where nobody stands out.
        upright: whether motion told somebody upright, of whom nothing is cut off.
    """

    rgb: Rgb
    content: Content
    empty: Rgb | None
    upright: bool = False


def read_edge(footage: Footage, clip: Clip, follows: Follows) -> Rgb:
    """The frame that a new shot follows, or leads up to.

    Raises:
        UnreadableClip: the footage cannot be decoded to its end.
    """
    scale = min(_LONGEST_PX / max(clip.width, clip.height), 1.0)
    width, height = (round(side * scale / 2) * 2 for side in (clip.width, clip.height))
    count = 1 if follows is Follows.PREVIOUS else frames_of(clip)
    frame = last_frame(lambda: footage.frames(clip, width, height, count))
    assert frame is not None
    return rgb_of(frame)


def closer(rgb: Rgb, width: int, height: int) -> Rgb:
    """A related framing of a frame, at a size: nearer, as a cut goes."""
    tall, wide = rgb.shape[:2]
    top, left = round(0.45 * (1.0 - _CLOSER) * tall), round(0.5 * (1.0 - _CLOSER) * wide)
    part = rgb[top : top + round(_CLOSER * tall), left : left + round(_CLOSER * wide)]
    return fitted(np.ascontiguousarray(part), width, height)


def with_somebody(somebody: Somebody, seed: int, *, person: bool) -> Scene | None:
    """The frame that shows somebody best, who is cleared away; None where the cut-out fails."""
    rgb, mask = somebody.rgb, somebody.mask
    cut = cut_along(rgb, mask, confidence=_BY_MOTION)
    if cut is None:
        return None
    wide = cv2.dilate(mask.astype(np.uint8), np.ones((_SPARE, _SPARE), np.uint8)) > 0
    content = Content(rgb, cut, Part.SCENE, 0.0, person=person)
    whole = person and not cut.cropped and not bool(mask[-2:].any())
    return Scene(rgb, content, _without(rgb, wide, somebody, seed), upright=whole)


def _without(rgb: Rgb, hole: Mask, somebody: Somebody, seed: int) -> Rgb:
    """A frame without somebody: as other frames saw what is behind, and painted from that where none did."""
    laid = _as_seen_elsewhere(rgb, hole, somebody)
    unknown = (~somebody.known & hole).astype(np.uint8)
    left = cv2.morphologyEx(unknown, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8)) > 0
    if not left.any():
        return laid
    banded = across(laid, hole) if left.sum() > _MOSTLY * hole.sum() else None
    if banded is not None:
        return banded
    grown = cv2.dilate(left.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    return peel(laid, grown, _zones(laid, left.shape), seed).plate


def _zones(rgb: Rgb, shape: tuple[int, ...]) -> tuple[Mask, ...]:
    """Sky and what is below it, each of which is painted from itself, bool, of a shape."""
    small = scaled(rgb, _LOOKED_AT_PX)
    sky = regions.find_sky(small, superpixels.split(small))
    if not sky.any():
        return (np.ones(shape, np.bool_),)
    grown = cv2.resize(sky.astype(np.uint8), (shape[1], shape[0]), interpolation=cv2.INTER_NEAREST) > 0
    return ~grown, grown


def _as_seen_elsewhere(plate: Rgb, hole: Mask, somebody: Somebody) -> Rgb:
    """A plate whose hole shows what other frames saw there."""
    size = plate.shape[1], plate.shape[0]
    known = somebody.known.astype(np.float32)
    cover, seen = (
        np.asarray(cv2.resize(plane, size), np.float32)
        for plane in (known, somebody.behind.astype(np.float32) * known[..., None])
    )
    soft = cv2.GaussianBlur((hole & somebody.known).astype(np.float32), (0, 0), 1.2)
    share = (np.asarray(cv2.resize(soft, size), np.float32) * np.clip(4.0 * cover - 1.0, 0.0, 1.0))[..., None]
    mixed = plate + share * (seen / np.maximum(cover, 0.05)[..., None] - plate)
    return np.rint(mixed).clip(0, 255).astype(np.uint8)


def taken_apart(rgb: Rgb, seed: int) -> Scene:
    """Look at a frame, and clear its subject away where it has one."""
    content = seen_in(rgb)
    small = scaled(rgb, _LOOKED_AT_PX)
    pieces = superpixels.split(small)
    sky = regions.find_sky(small, pieces)
    cutout = matte.find_subject(small, pieces, sky)
    sure = cutout.confidence >= CUT_FROM and content.cut is not None and content.cut.confidence >= CUT_FROM
    if not sure:
        return Scene(rgb, content, None)
    zones = (~sky, sky) if sky.any() else (~sky,)
    return Scene(rgb, content, peel(rgb, cutout.mask, zones, seed).plate)


def with_names(text: str, language: str) -> str:
    """A prompt that speaks of somebody by a pronoun alone, with a word that can be read."""
    for pattern, name in _PRONOUNS[language]:
        text, found = re.subn(pattern, name, text, count=1, flags=re.IGNORECASE)
        if found:
            break
    return text


def is_known(subject: SubjectPlan, source: str) -> bool:
    """Whether a prompt speaks of somebody as known, such as the woman or that dog, whom no picture plays.

    Args:
        subject: as the plan has it.
        source: the prompt with its marks.
    """
    words = subject.words.strip()
    played = re.search(rf"{re.escape(words)}\s*[,(]?\s*<<<|>>>\s*(?:的|中的|里的)?{re.escape(words)}", source)
    bare = _BARE.match(words) is not None and _acts(subject)
    return played is None and (bare or _DEFINITE.match(words) is not None)


def _acts(subject: SubjectPlan) -> bool:
    kind = catalogue().get(subject.kind)
    return kind is not None and kind.family in _ACTORS


def acts_again(plan: ShotPlan, scene: Scene, source: str) -> SubjectPlan | None:
    """Which subject of a plan is whom the footage shows: the first that the prompt speaks of as known."""
    if scene.empty is None:
        return None
    fitting = (s for s in plan.subjects if _is_one_known(s, source) and is_person(s) == scene.content.person)
    return next(fitting, None)


def first_known(plan: ShotPlan, source: str) -> SubjectPlan | None:
    """The first subject that a prompt speaks of as known."""
    return next((subject for subject in plan.subjects if _is_one_known(subject, source)), None)


def is_person(subject: SubjectPlan) -> bool:
    """Whether somebody on two legs is meant."""
    kind = catalogue().get(subject.kind)
    return kind is not None and kind.family is Family.PERSON


def is_animal(subject: SubjectPlan) -> bool:
    """Whether it lives and may stand, crouch or stretch out."""
    kind = catalogue().get(subject.kind)
    return kind is not None and kind.family in _ANIMALS


def _is_one_known(subject: SubjectPlan, source: str) -> bool:
    return not subject.scenery and subject.kind in catalogue() and is_known(subject, source)


class SceneGallery(Gallery):
    """The pictures of a shot's references, and the footage's scene and subject beside them.

    Args:
        shot: as :func:`with_scene` made it.
        scene: of the footage.
        who: the subject that acts again; None leaves whoever is there in the scene.
        place: whether the scene is where the shot is.
    """

    def __init__(self, shot: Shot, scene: Scene, who: SubjectPlan | None, *, place: bool) -> None:
        super().__init__(shot)
        self._who = who
        numbers = [k for k, r in enumerate(self.references) if r.name in own_names(shot)]
        contents: list[Content] = []
        if place:
            rgb = scene.rgb if who is None or scene.empty is None else scene.empty
            contents.append(replace(scene.content, rgb=rgb, cut=None, part=Part.SCENE, person=False))
        if who is not None:
            contents.append(replace(scene.content, part=Part.SUBJECT))
        self._own: Mapping[int, Content] = dict(zip(numbers, contents, strict=True))

    def content(self, index: int) -> Content:
        """What a reference's picture shows."""
        return self._own[index] if index in self._own else super().content(index)

    def judge(self, index: int) -> Part:
        """What a picture is."""
        return self._own[index].part if index in self._own else super().judge(index)

    def about(self, index: int) -> str:
        """What the prompt calls who acts again; the caller's words about an element."""
        if self._who is not None and index in self._own and self._own[index].part is Part.SUBJECT:
            return self._who.words
        return "" if index in self._own else super().about(index)


def with_scene(shot: Shot, *, pictures: int) -> Shot:
    """A shot with room for so many pictures of the footage after its own."""
    return shot.model_copy(update={"images": (*shot.images, *(_nameless(k) for k in range(pictures)))})


def _nameless(number: int) -> Picture:
    """A picture that a gallery brings itself: of no file."""
    return Picture(path=Path(), width=-1 - number, height=0)


def own_names(shot: Shot) -> frozenset[str]:
    """What the footage's own pictures are called among a shot's references."""
    return frozenset(f"image_{k}" for k, image in enumerate(shot.images, start=1) if image.width < 0)
