"""The rules between parameters, as one table.

Each rule is judged on what could be read of a request, whatever else is wrong with it, unless it hangs on
a parameter that could not be read. The same table is shown by the models list and the docs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from kirin_video.domain.errors import Fault
from kirin_video.domain.inputs import AspectRatio, FrameRole, ReferType
from kirin_video.domain.parameters import (
    LONE_DURATIONS_S,
    MAX_DURATION_S,
    MAX_REFERENCES,
    MAX_REFERENCES_WITH_VIDEO,
    MAX_VIDEOS,
    MIN_DURATION_S,
)
from kirin_video.domain.prompt import ReferenceKind
from kirin_video.domain.quoting import quoted
from kirin_video.domain.reading import Report

MAX_IMAGES_WITH_END_FRAME: Final = 2

Problem = tuple[str, str]
"""The field and a whole sentence."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rules look at.

    Attributes:
        mentions: what the prompt refers to, each once, as kind and number.
        misread: what stands in ``<<<>>>`` in the prompt and is no reference.
        num_images: entries of ``image_list``.
        roles: the role of each entry that was read, None for a plain reference.
        num_videos: entries of ``video_list``.
        refer_types: what each video that was read is for.
        num_elements: entries of ``element_list``.
        aspect_ratio: as given.
        duration_s: as given, in seconds.
    """

    mentions: tuple[tuple[ReferenceKind, int], ...] = ()
    misread: tuple[str, ...] = ()
    num_images: int = 0
    roles: tuple[FrameRole | None, ...] = ()
    num_videos: int = 0
    refer_types: tuple[ReferType | None, ...] = ()
    num_elements: int = 0
    aspect_ratio: AspectRatio | None = None
    duration_s: int | None = None

    @property
    def has_first(self) -> bool:
        """Whether an image opens the clip."""
        return FrameRole.FIRST_FRAME in self.roles

    @property
    def has_end(self) -> bool:
        """Whether an image ends the clip."""
        return FrameRole.END_FRAME in self.roles

    @property
    def has_base(self) -> bool:
        """Whether there is footage to edit."""
        return ReferType.BASE in self.refer_types

    @property
    def is_shaped(self) -> bool:
        """Whether a picture or footage gives the clip its shape."""
        return self.has_first or self.has_base

    @property
    def is_lone(self) -> bool:
        """Whether the clip is made from text alone, or from a first frame and nothing else."""
        alone = not self.num_videos and not self.num_elements
        return alone and (not self.num_images or (self.num_images == 1 and self.has_first))


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule.

    Attributes:
        statement: the rule in a sentence, for the docs.
        fault: the violation's kind.
        needs: parameters without which it cannot be judged.
        problems: finds every way in which it is broken.
    """

    statement: str
    fault: Fault
    needs: frozenset[str]
    problems: Callable[[Facts], Iterator[Problem]]


def judge(facts: Facts, report: Report) -> None:
    """Hold a request against every rule that can be judged."""
    for rule in RULES:
        if rule.needs.isdisjoint(report.unreadable):
            for field, message in rule.problems(facts):
                report.add(field, message, rule.fault)


def ignored(facts: Facts) -> tuple[str, ...]:
    """Say in words which parameters were given but have no effect beside the others."""
    notes: list[str] = []
    shaping = "the first frame" if facts.has_first else "the base video" if facts.has_base else None
    if facts.aspect_ratio and shaping:
        notes.append(f"aspect_ratio {facts.aspect_ratio} was ignored: {shaping} gives the shape.")
    if facts.duration_s is not None and facts.has_base:
        notes.append(f"duration {quoted(facts.duration_s)} was ignored: the base video gives the length.")
    return tuple(notes)


def _too_many_videos(facts: Facts) -> Iterator[Problem]:
    if facts.num_videos > MAX_VIDEOS:
        yield "video_list", f"video_list has {facts.num_videos} entries; at most {MAX_VIDEOS} is allowed."


def _too_many_references(facts: Facts) -> Iterator[Problem]:
    limit = MAX_REFERENCES_WITH_VIDEO if facts.num_videos else MAX_REFERENCES
    if facts.num_images + facts.num_elements > limit:
        field = "image_list" if facts.num_images >= facts.num_elements else "element_list"
        beside = "with a video" if facts.num_videos else "without a video"
        counts = f"{facts.num_images} + {facts.num_elements}"
        allowed = f"together at most {limit} are allowed {beside}"
        yield field, f"image_list and element_list have {counts} entries; {allowed}."


def _repeated_frames(facts: Facts) -> Iterator[Problem]:
    for role in FrameRole:
        places = [index for index, found in enumerate(facts.roles) if found is role]
        for index in places[1:]:
            path = f"image_list[{index}].type"
            yield path, f"{path} is {role}, as image_list[{places[0]}] already is; one is allowed."


def _end_without_first(facts: Facts) -> Iterator[Problem]:
    if facts.has_end and not facts.has_first:
        path = f"image_list[{facts.roles.index(FrameRole.END_FRAME)}].type"
        yield path, f"{path} is end_frame, but no image is first_frame; an end frame needs a first frame."


def _end_among_many(facts: Facts) -> Iterator[Problem]:
    if facts.has_end and facts.num_images > MAX_IMAGES_WITH_END_FRAME:
        path = f"image_list[{facts.roles.index(FrameRole.END_FRAME)}].type"
        allowed = f"an end frame is allowed among at most {MAX_IMAGES_WITH_END_FRAME}"
        yield path, f"{path} is end_frame among {facts.num_images} images; {allowed}."


def _frames_with_base(facts: Facts) -> Iterator[Problem]:
    if facts.has_base and (facts.has_first or facts.has_end):
        index = next(index for index, role in enumerate(facts.roles) if role is not None)
        path = f"image_list[{index}].type"
        way_out = "leave out the type, or give the video refer_type feature"
        yield path, f"{path} is {facts.roles[index]} beside a video to edit; {way_out}."


def _frames_with_elements(facts: Facts) -> Iterator[Problem]:
    if facts.has_first and facts.has_end and facts.num_elements:
        yield (
            "element_list",
            "element_list does not go with both a first and an end frame; leave out one of them.",
        )


def _missing_shape(facts: Facts) -> Iterator[Problem]:
    if facts.aspect_ratio is None and not facts.is_shaped:
        when = "is required when neither a first frame nor a base video gives the shape"
        yield "aspect_ratio", f"aspect_ratio {when}; allowed: {', '.join(AspectRatio)}."


def _lone_duration(facts: Facts) -> Iterator[Problem]:
    given = facts.duration_s
    if given is not None and facts.is_lone and given not in LONE_DURATIONS_S:
        source = "a lone first frame" if facts.num_images else "text alone"
        yield "duration", f"duration is {quoted(given)}; from {source} it may be 5 or 10 seconds."


def _duration_range(facts: Facts) -> Iterator[Problem]:
    given = facts.duration_s
    if given is None or facts.has_base or facts.is_lone:
        return
    if not MIN_DURATION_S <= given <= MAX_DURATION_S:
        yield (
            "duration",
            f"duration is {quoted(given)}; it may be {MIN_DURATION_S} to {MAX_DURATION_S} seconds.",
        )


def _misread_references(facts: Facts) -> Iterator[Problem]:
    for text in facts.misread:
        allowed = "write <<<image_1>>>, <<<element_1>>> or <<<video_1>>>"
        yield "prompt", f"prompt holds {quoted(text)}, which is not a reference; {allowed}."


def _prompt_references(
    kind: ReferenceKind, count: Callable[[Facts], int]
) -> Callable[[Facts], Iterator[Problem]]:
    def problems(facts: Facts) -> Iterator[Problem]:
        given = count(facts)
        for named, number in facts.mentions:
            if named is kind and not 1 <= number <= given:
                has = f"{kind}_list has {given} {'entry' if given == 1 else 'entries'}, counted from 1"
                yield "prompt", f"prompt refers to <<<{kind}_{number}>>>, which is not there: {has}."

    return problems


_SHAPE = frozenset({"image_list", "image_list.type", "video_list", "video_list.refer_type"})
_PRESENCE = frozenset({"image_list", "image_list.type", "video_list", "element_list"})

RULES: Final[tuple[Rule, ...]] = (
    Rule(
        "Without a first frame or a base video, aspect_ratio is required.",
        Fault.MISSING_ASPECT_RATIO,
        _SHAPE | {"aspect_ratio"},
        _missing_shape,
    ),
    Rule(
        "From text alone or a lone first frame, duration is 5 or 10.",
        Fault.DURATION_NOT_ALLOWED,
        _PRESENCE,
        _lone_duration,
    ),
    Rule(
        "Otherwise duration is 3 to 10; with a base video it is ignored.",
        Fault.DURATION_NOT_ALLOWED,
        _PRESENCE | {"video_list.refer_type"},
        _duration_range,
    ),
    Rule("At most one video.", Fault.TOO_MANY_REFERENCES, frozenset(), _too_many_videos),
    Rule(
        "Images and elements together: at most 4 with a video, 7 without.",
        Fault.TOO_MANY_REFERENCES,
        frozenset(),
        _too_many_references,
    ),
    Rule("At most one first frame and one end frame.", Fault.FRAMES_CONFLICT, frozenset(), _repeated_frames),
    Rule(
        "An end frame needs a first frame.",
        Fault.FRAMES_CONFLICT,
        frozenset({"image_list.type"}),
        _end_without_first,
    ),
    Rule("No end frame among more than 2 images.", Fault.FRAMES_CONFLICT, frozenset(), _end_among_many),
    Rule(
        "First and end frames do not go with a base video.",
        Fault.FRAMES_CONFLICT,
        frozenset(),
        _frames_with_base,
    ),
    Rule(
        "Elements do not go with both a first and an end frame.",
        Fault.FRAMES_CONFLICT,
        frozenset(),
        _frames_with_elements,
    ),
    Rule(
        "What stands in <<<>>> in the prompt is a reference.",
        Fault.UNKNOWN_REFERENCE,
        frozenset(),
        _misread_references,
    ),
    Rule(
        "The prompt may refer to images that are there, counted from 1.",
        Fault.UNKNOWN_REFERENCE,
        frozenset({"image_list"}),
        _prompt_references(ReferenceKind.IMAGE, lambda facts: facts.num_images),
    ),
    Rule(
        "The prompt may refer to elements that are there, counted from 1.",
        Fault.UNKNOWN_REFERENCE,
        frozenset({"element_list"}),
        _prompt_references(ReferenceKind.ELEMENT, lambda facts: facts.num_elements),
    ),
    Rule(
        "The prompt may refer to a video that is there, counted from 1.",
        Fault.UNKNOWN_REFERENCE,
        frozenset({"video_list"}),
        _prompt_references(ReferenceKind.VIDEO, lambda facts: facts.num_videos),
    ),
)
"""Every rule between parameters, in the order in which violations are reported."""
