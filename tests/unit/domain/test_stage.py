from itertools import pairwise

import pytest

from kirin_video.domain.stage import CLIP_FROM_MEDIA, CLIP_FROM_WORDS, ELEMENT, Course, Stage


@pytest.mark.parametrize("course", [CLIP_FROM_MEDIA, CLIP_FROM_WORDS, ELEMENT])
def test_a_course_goes_from_nothing_to_all_and_never_back(course: Course) -> None:
    shown = [course.overall(stage, step / 4) for stage in course.weights for step in range(5)]
    assert shown[0] == 0.0
    assert shown[-1] == pytest.approx(1.0)
    assert all(before <= after + 1e-12 for before, after in pairwise(shown))


def test_fetching_and_judging_share_a_weight() -> None:
    assert CLIP_FROM_MEDIA.overall(Stage.JUDGING, 0.5) == CLIP_FROM_MEDIA.overall(Stage.FETCHING, 0.5)
    assert CLIP_FROM_MEDIA.overall(Stage.JUDGING, 1.0) == CLIP_FROM_MEDIA.overall(Stage.PREPARING, 0.0)


@pytest.mark.parametrize("part", [-1.0, 0.0, 0.5, 1.0, 7.0])
def test_no_engine_can_leave_its_stage(part: float) -> None:
    begin, end = (CLIP_FROM_WORDS.overall(Stage.PREPARING, edge) for edge in (0.0, 1.0))
    assert begin <= CLIP_FROM_WORDS.overall(Stage.PREPARING, part) <= end
