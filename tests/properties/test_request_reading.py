"""Whatever JSON comes, it is read or refused with reasons; nothing else can happen."""

import json

from hypothesis import given
from hypothesis import strategies as st

from kirin_video.domain.errors import InvalidRequest
from kirin_video.domain.parameters import PARAMETERS
from kirin_video.domain.request import GenerationRequest, parse_request

NAMES = (
    [p.name for p in PARAMETERS] + [f.name for p in PARAMETERS for f in p.fields] + ["input", "params", "typ"]
)
WORDS = [choice for p in PARAMETERS for choice in p.choices] + [
    "yes",
    "no",
    "first_frame",
    "end_frame",
    "base",
    "5",
    "",
]

scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=True, allow_infinity=True),
    st.text(st.characters(exclude_categories=())),
    st.sampled_from(WORDS),
    st.sampled_from(
        ["<<<image_1>>>", "https://example.com/a", "data:image/png;base64,AAAA", "http://[", "blob:x"]
    ),
)
names = st.one_of(st.sampled_from(NAMES), st.text(st.characters(exclude_categories=()), max_size=20))
anything = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=9) | st.dictionaries(names, inner, max_size=9),
    max_leaves=30,
)
images = st.fixed_dictionaries({}, optional=dict.fromkeys(("image_url", "image", "type", "x"), scalars))
videos = st.fixed_dictionaries(
    {}, optional=dict.fromkeys(("video_url", "refer_type", "keep_original_sound"), scalars)
)
plausible = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(NAMES[: len(PARAMETERS)], anything),
        "model": st.just("kirin_video_o1") | scalars,
        "prompt": st.text() | scalars,
        "image_list": st.lists(images | scalars, max_size=9) | anything,
        "video_list": st.lists(videos, max_size=3) | anything,
    },
)
bodies = st.one_of(
    anything,
    plausible,
    st.builds(lambda params: {"model": "kirin_video_o1", "input": [{"params": params}]}, plausible),
)


@given(bodies)
def test_any_json_is_read_or_refused_with_reasons(body: object) -> None:
    try:
        request = parse_request(body)
    except InvalidRequest as error:
        check_reasons(error)
    else:
        assert GenerationRequest.model_validate_json(request.model_dump_json()) == request
        assert len(request.fingerprint()) == 64


def check_reasons(error: InvalidRequest) -> None:
    """What is answered can be encoded, shown on one line, and never grows with the body."""
    assert error.fault is error.violations[0].fault
    for violation in error.violations:
        assert violation.field
        assert violation.field.isprintable()
        assert violation.message.isprintable()
        assert len(violation.message) < 600
        json.dumps([violation.field, violation.message], ensure_ascii=False).encode()
