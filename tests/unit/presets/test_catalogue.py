import re

from kirin_video.domain.element_parameters import MAX_ELEMENT_DESCRIPTION, MAX_ELEMENT_NAME, MAX_TAG
from kirin_video.presets.catalogue import NUM_VIEWS, PRESETS
from kirin_video.presets.subjects import SUBJECTS, VIEWS


def test_presets_keep_the_rules_of_elements_and_have_a_shape() -> None:
    assert [preset.id for preset in PRESETS] == list(range(1, len(PRESETS) + 1))
    assert set(SUBJECTS) == {preset.id for preset in PRESETS}
    assert len(VIEWS) == NUM_VIEWS
    for preset in PRESETS:
        assert 1 <= len(preset.name) <= MAX_ELEMENT_NAME
        assert len(preset.description) <= MAX_ELEMENT_DESCRIPTION
        assert all(1 <= len(tag) <= MAX_TAG for tag in preset.tags)


def test_keys_are_keys_of_blobs_and_never_the_same() -> None:
    keys = [preset.picture_key(view) for preset in PRESETS for view in range(NUM_VIEWS)]
    assert all(re.fullmatch(r"[0-9a-f]{32}\.png", key) for key in keys)
    assert len(set(keys)) == len(PRESETS) * NUM_VIEWS
