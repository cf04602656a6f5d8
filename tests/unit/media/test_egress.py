import httpx2
import pytest
from ssrfguard import SSRFGuardError

from kirin_video.media.egress import GuardedTransport, egress_policy, refusal

BAD_URLS = [
    "http://127.0.0.1/",
    "http://127.1/",
    "http://0/",
    "http://0.0.0.0:8080/",
    "http://2130706433/",
    "http://0x7f.1/",
    "http://0177.0.0.1/",
    "http://10.1.2.3/",
    "http://172.16.0.1/",
    "http://192.168.1.1/",
    "http://100.64.0.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://168.63.129.16/",
    "http://192.0.2.1/",
    "http://198.18.0.1/",
    "http://224.0.0.1/",
    "http://255.255.255.255/",
    "http://[::1]/",
    "http://[::]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:0:127.0.0.1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[fe80::1]/",
    "http://[fc00::1]/",
    "http://[2002:7f00:1::]/",
    "http://user:secret@93.184.216.34/",
    "http://93.184.216.34:22/",
    "file:///etc/passwd",
    "ftp://93.184.216.34/x",
    "gopher://93.184.216.34/",
    "//93.184.216.34/",
    "http://",
    "",
    "http://93.184.216.34\\@127.0.0.1/",
    "http://①②⑦.0.0.1/",
]


@pytest.mark.parametrize("url", BAD_URLS)
def test_bad_addresses_are_refused_without_io(url: str) -> None:
    assert refusal(egress_policy(), url) is not None


@pytest.mark.parametrize(
    "url", ["http://93.184.216.34/a.png", "https://example.com/a.mp4?x=1", "https://example.com:8443/a"]
)
def test_public_addresses_pass(url: str) -> None:
    assert refusal(egress_policy(), url) is None


def test_named_networks_are_allowed_and_nothing_else() -> None:
    policy = egress_policy(["10.0.0.0/8"])
    assert refusal(policy, "http://10.1.2.3:9000/bucket/a.png") is None
    assert refusal(policy, "http://127.0.0.1/") is not None


def test_a_network_must_be_one() -> None:
    with pytest.raises(ValueError, match="does not appear to be"):
        egress_policy(["the office"])


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/", "http://localhost:9/"])
async def test_the_transport_refuses_before_it_connects(url: str) -> None:
    async with httpx2.AsyncClient(transport=GuardedTransport(egress_policy())) as client:
        with pytest.raises(SSRFGuardError):
            await client.get(url)
