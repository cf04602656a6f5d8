import base64

import pytest

from kirin_video.domain.sources import (
    MAX_URL_LENGTH,
    InlineData,
    RemoteUrl,
    StoredBlob,
    UnusableSource,
    classify_source,
    source_identity,
    stored_source,
    url_problem,
)

DATA = b"\xff\xd8\xff some picture"
BASE64 = base64.b64encode(DATA).decode()


@pytest.mark.parametrize(
    "text",
    [
        BASE64,
        f"data:image/png;base64,{BASE64}",
        f"DATA:image/jpeg;charset=x;BASE64,{BASE64}",
        f"data:;base64,{BASE64}",
    ],
)
def test_base64_comes_decoded(text: str) -> None:
    assert classify_source(text) == InlineData(DATA)


@pytest.mark.parametrize(
    "url", ["https://example.com/a.jpg", "HTTP://EXAMPLE.com:8080/a?b=c#d", "http://[::1]/"]
)
def test_urls_stay_as_they_are(url: str) -> None:
    assert classify_source(url) == RemoteUrl(url)


def test_stored_blobs_go_there_and_back() -> None:
    assert classify_source(stored_source("ab/cd")) == StoredBlob("ab/cd")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "AAA",
        "AAAA\n",
        "AA==AAAA",
        "A-_A",
        "not base64!",
        "ÄÖÜ=",
        "data:image/png,AAAA",
        "data:image/png;base64,",
        "data:" + ";" * 5000,
        "data:" + "a;" * 300 + "base64,AAAA",
    ],
)
def test_broken_base64_is_unusable(text: str) -> None:
    with pytest.raises(UnusableSource) as caught:
        classify_source(text)
    assert not caught.value.is_address


def test_one_source_has_one_identity() -> None:
    assert (
        source_identity(BASE64)
        == source_identity(f"data:image/png;base64,{BASE64}")
        != source_identity("AAAA")
    )
    assert source_identity("https://example.com/a") == "https://example.com/a"


@pytest.mark.parametrize(
    "text", ["file:///etc/passwd", "ftp://example.com/a", "//example.com/a", "gopher:a", "http:"]
)
def test_other_addresses_are_unusable(text: str) -> None:
    with pytest.raises(UnusableSource) as caught:
        classify_source(text)
    assert caught.value.is_address


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("file:///etc/passwd", "not an http"),
        ("javascript:alert(1)", "not an http"),
        ("example.com/a", "not an http"),
        ("", "not an http"),
        ("http://", "names no host"),
        ("https:///a", "names no host"),
        ("http://:80/", "names no host"),
        ("http://user:secret@example.com/", "user name"),
        ("http://@example.com/", "user name"),
        ("http://example.com:0/", "port"),
        ("http://example.com:99999/", "not a valid URL"),
        ("http://example.com:x/", "not a valid URL"),
        ("http://[::1/", "not a valid URL"),
        ("http://exa mple.com/", "spaces"),
        ("http://example.com\\@evil.com/", "backslashes"),
        ("http://example.com/\r\nHost: x", "invisible"),
        ("http://example.com/\u202e", "invisible"),
        ("http://example.com/" + "a" * MAX_URL_LENGTH, "characters"),
    ],
)
def test_says_what_is_wrong_with_a_url_and_never_repeats_it(url: str, says: str) -> None:
    problem = url_problem(url)
    assert problem is not None
    assert says in problem
    assert "secret" not in problem


@pytest.mark.parametrize(
    "url", ["http://example.com", "https://bücher.example/ä?ö", "http://127.0.0.1:65535/"]
)
def test_sound_urls_pass(url: str) -> None:
    assert url_problem(url) is None
