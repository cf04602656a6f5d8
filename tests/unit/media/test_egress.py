import httpx2
import pytest
from bad_addresses import BAD_URLS
from ssrfguard import SSRFGuardError

from kirin_video.media.egress import GuardedTransport, egress_policy, refusal


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


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST", "localhost.", "web.localhost"])
def test_a_machines_own_name_is_known_without_asking(host: str) -> None:
    assert refusal(egress_policy(), f"http://{host}:8000/a.png") is not None
    assert refusal(egress_policy(["127.0.0.0/8"]), f"http://{host}:8000/a.png") is None
    assert refusal(egress_policy(), "http://localhost.example.com/a.png") is None


def test_a_network_must_be_one() -> None:
    with pytest.raises(ValueError, match="does not appear to be"):
        egress_policy(["the office"])


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/", "http://localhost:9/"])
async def test_the_transport_refuses_before_it_connects(url: str) -> None:
    async with httpx2.AsyncClient(transport=GuardedTransport(egress_policy())) as client:
        with pytest.raises(SSRFGuardError):
            await client.get(url)
