import base64
import binascii

from hypothesis import given
from hypothesis import strategies as st

from kirin_video.domain.sources import InlineData, RemoteUrl, UnusableSource, classify_source

nearly_base64 = st.text(st.sampled_from("AQZaz09+/=-_ \n\u00e9"), max_size=12)
heads = st.sampled_from(["", "data:image/png;base64,", "DATA:;base64,"])


@given(st.binary(min_size=1, max_size=200), heads)
def test_inline_data_goes_there_and_back(data: bytes, head: str) -> None:
    assert classify_source(head + base64.b64encode(data).decode()) == InlineData(data)


@given(nearly_base64, heads)
def test_base64_is_taken_exactly_when_a_strict_decoder_takes_it(text: str, head: str) -> None:
    try:
        data = binascii.a2b_base64(text, strict_mode=True)
    except ValueError:
        data = b""
    try:
        assert classify_source(head + text) == InlineData(data)
        assert data
    except UnusableSource:
        assert not data


@given(st.text(st.characters(exclude_categories=())))
def test_any_other_text_is_a_url_or_refused(text: str) -> None:
    try:
        source = classify_source("http" + text)
    except UnusableSource as unusable:
        problem = unusable.problem
        assert problem.isprintable()
    else:
        assert isinstance(source, (InlineData, RemoteUrl))
