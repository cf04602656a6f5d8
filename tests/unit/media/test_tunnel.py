import pytest

from kirin_video.media.tunnel import EgressProxy, egress_proxy


@pytest.mark.parametrize(
    ("url", "proxy"),
    [
        ("http://proxy.example", EgressProxy("proxy.example", 3128, None)),
        ("http://10.0.0.1:8080/", EgressProxy("10.0.0.1", 8080, None)),
        ("http://a:b%40c@proxy:1", EgressProxy("proxy", 1, "Basic YTpiQGM=")),
    ],
)
def test_a_proxy_is_read(url: str, proxy: EgressProxy) -> None:
    assert egress_proxy(url) == proxy


@pytest.mark.parametrize(
    "url", ["", "proxy:3128", "https://proxy", "socks5://proxy", "http://", "http://p:x", "http://p/a"]
)
def test_what_is_no_proxy(url: str) -> None:
    with pytest.raises(ValueError, match="egress proxy"):
        egress_proxy(url)
