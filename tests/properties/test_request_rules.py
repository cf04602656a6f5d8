"""The rules against a second, naive reading of the API's description, written as a table.

Nothing here is shared with the code under test: a request is generated as plain facts, the table says which
faults it must have, and the parser is asked about the JSON that those facts make.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from kirin_video.domain.errors import Fault, InvalidRequest
from kirin_video.domain.request import parse_request


@dataclass(frozen=True)
class Case:
    """A request in which everything is well formed on its own."""

    images: tuple[str, ...]  # "", "first_frame" or "end_frame"
    videos: tuple[str, ...]  # "base" or "feature"
    elements: int
    ratio: str | None
    duration: int | None
    mentions: tuple[tuple[str, int], ...]

    def count(self, kind: str) -> int:
        return self.images.count(kind) + self.videos.count(kind)

    def body(self) -> dict[str, Any]:
        marks = " ".join(f"<<<{kind}_{number}>>>" for kind, number in self.mentions)
        whole: dict[str, Any] = {
            "model": "kirin_video_o1",
            "prompt": f"A horse {marks}",
            "image_list": [
                {"image_url": "https://example.com/a", **({"type": i} if i else {})} for i in self.images
            ],
            "video_list": [{"video_url": "https://example.com/b", "refer_type": v} for v in self.videos],
            "element_list": [{"element_id": 7} for _ in range(self.elements)],
        }
        if self.ratio is not None:
            whole["aspect_ratio"] = self.ratio
        if self.duration is not None:
            whole["duration"] = str(self.duration) if self.duration % 2 else self.duration
        return whole


def mentions_what_is_missing(case: Case) -> bool:
    there = {"image": len(case.images), "video": len(case.videos), "element": case.elements}
    return any(number not in range(1, there[kind] + 1) for kind, number in case.mentions)


def is_text_to_video(case: Case) -> bool:
    return len(case.images) + len(case.videos) + case.elements == 0


def is_first_frame_to_video(case: Case) -> bool:
    return case.images == ("first_frame",) and len(case.videos) + case.elements == 0


# The sentence of the description, when it is broken, and the fault that must then be told.
TABLE: list[tuple[str, Callable[[Case], bool], Fault]] = [
    (
        "when end frame exists, first frame must also exist",
        lambda c: c.count("end_frame") > 0 and c.count("first_frame") == 0,
        Fault.FRAMES_CONFLICT,
    ),
    (
        "when image count exceeds 2, end frame setting is not supported",
        lambda c: len(c.images) > 2 and c.count("end_frame") > 0,
        Fault.FRAMES_CONFLICT,
    ),
    (
        "when reference video is video to edit, cannot define first/last frame",
        lambda c: c.count("base") > 0 and c.count("first_frame") + c.count("end_frame") > 0,
        Fault.FRAMES_CONFLICT,
    ),
    (
        "one first frame, one end frame",
        lambda c: c.count("first_frame") > 1 or c.count("end_frame") > 1,
        Fault.FRAMES_CONFLICT,
    ),
    (
        "first and end frame do not go with elements",
        lambda c: c.count("first_frame") > 0 and c.count("end_frame") > 0 and c.elements > 0,
        Fault.FRAMES_CONFLICT,
    ),
    (
        "with reference video: image count + element count <= 4",
        lambda c: len(c.videos) > 0 and len(c.images) + c.elements > 4,
        Fault.TOO_MANY_REFERENCES,
    ),
    (
        "without reference video: image count + element count <= 7",
        lambda c: len(c.videos) == 0 and len(c.images) + c.elements > 7,
        Fault.TOO_MANY_REFERENCES,
    ),
    ("max 1 video", lambda c: len(c.videos) > 1, Fault.TOO_MANY_REFERENCES),
    (
        "aspect ratio required when not using first frame reference or video editing function",
        lambda c: c.ratio is None and c.count("first_frame") == 0 and c.count("base") == 0,
        Fault.MISSING_ASPECT_RATIO,
    ),
    (
        "for text-to-video or first frame image-to-video: only 5 and 10 seconds",
        lambda c: (is_text_to_video(c) or is_first_frame_to_video(c)) and c.duration not in {None, 5, 10},
        Fault.DURATION_NOT_ALLOWED,
    ),
    (
        "3-10 seconds; invalid when using video editing function",
        lambda c: c.count("base") == 0 and c.duration not in {None, 3, 4, 5, 6, 7, 8, 9, 10},
        Fault.DURATION_NOT_ALLOWED,
    ),
    ("the prompt names what is there", mentions_what_is_missing, Fault.UNKNOWN_REFERENCE),
]

cases = st.builds(
    Case,
    images=st.lists(st.sampled_from(["", "", "first_frame", "end_frame"]), max_size=8).map(tuple),
    videos=st.lists(st.sampled_from(["base", "feature"]), max_size=2).map(tuple),
    elements=st.sampled_from([0, 0, 0, 1, 2, 3, 4, 8]),
    ratio=st.sampled_from([None, "16:9", "9:16", "1:1"]),
    duration=st.none() | st.integers(0, 12),
    mentions=st.lists(
        st.tuples(st.sampled_from(["image", "video", "element"]), st.integers(0, 8)), max_size=2
    ).map(tuple),
)
PLAIN = Case(images=(), videos=(), elements=0, ratio="16:9", duration=None, mentions=())


@given(cases)
@example(PLAIN)
@example(Case(images=("first_frame",), videos=(), elements=0, ratio=None, duration=4, mentions=()))
@example(
    Case(images=("first_frame", "end_frame"), videos=(), elements=0, ratio=None, duration=4, mentions=())
)
@example(Case(images=("first_frame",), videos=("feature",), elements=1, ratio=None, duration=3, mentions=()))
@example(Case(images=(), videos=("base",), elements=4, ratio=None, duration=12, mentions=(("video", 1),)))
def test_the_parser_finds_the_faults_that_the_table_finds(case: Case) -> None:
    expected = {fault for _, is_broken, fault in TABLE if is_broken(case)}
    told = violations(case.body())
    assert {fault for _, fault in told} == expected
    if not told:
        check_accepted(case)


@given(cases, st.sampled_from(["mode", "seed", "external_task_id", "callback_url", "watermark_info"]))
def test_one_more_mistake_hides_none_of_the_others(case: Case, name: str) -> None:
    before, after = violations(case.body()), violations({**case.body(), name: 1.5})
    assert sorted(after) == sorted([*before, (name, Fault.INVALID_PARAMETER)])


def violations(body: dict[str, Any]) -> list[tuple[str, Fault]]:
    try:
        parse_request(body)
    except InvalidRequest as error:
        return [(violation.field, violation.fault) for violation in error.violations]
    return []


def check_accepted(case: Case) -> None:
    """What is ignored is left out and noted, the rest is as it was given."""
    request = parse_request(case.body())
    is_edit = case.count("base") > 0
    shaped = is_edit or case.count("first_frame") > 0
    assert request.aspect_ratio == (None if shaped else case.ratio)
    assert request.duration_s == (5 if case.duration is None or is_edit else case.duration)
    assert len(request.notes) == (shaped and case.ratio is not None) + (is_edit and case.duration is not None)
