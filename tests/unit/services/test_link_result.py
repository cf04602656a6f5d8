from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

from kirin_video.domain.pricing import Price
from kirin_video.domain.request import GenerationRequest
from kirin_video.domain.signing import check_link
from kirin_video.domain.task import Task, TaskStatus, VideoOutput
from kirin_video.services.results import LinkResult

SECRET = b"secret"
TASK = Task(
    id="t1",
    account_id="default",
    external_id=None,
    status=TaskStatus.COMPLETED,
    run=1,
    progress=1.0,
    stage="",
    request=GenerationRequest(prompt="x"),
    seed=1,
    created_at=datetime(2026, 1, 1, tzinfo=UTC),
    started_at=None,
    finished_at=None,
    price=Price(1, 0),
    output=VideoOutput("abc.mp4", "def.mp4", 5.0, "job"),
)


def test_links_are_signed_and_good_for_at_least_their_time() -> None:
    links = LinkResult(SECRET, ttl_s=3600, clock=lambda: 1000.0)(TASK)
    assert links is not None
    assert 4600 <= links.expires_at < 4600 + 600
    assert links.watermark is not None
    for link, key in ((links.video, "abc.mp4"), (links.watermark, "def.mp4")):
        parts = urlsplit(link)
        _, folder, found, filename = parts.path.split("/")
        assert (folder, found) == ("files", key)
        query = {name: values[0] for name, values in parse_qs(parts.query, strict_parsing=True).items()}
        expires_at = int(query["expires"])
        assert check_link([SECRET], key, filename, expires_at, query["signature"], now=expires_at - 1)
        assert not check_link([SECRET], key, filename, expires_at, query["signature"], now=expires_at)


def test_links_made_shortly_after_each_other_are_the_same() -> None:
    now = 1200.0
    links = [LinkResult(SECRET, ttl_s=3600, clock=lambda at=at: at)(TASK) for at in (now + 1, now + 500)]
    assert links[0] == links[1]


def test_a_task_without_a_result_has_no_links() -> None:
    queued = replace(TASK, status=TaskStatus.QUEUED, output=None)
    assert LinkResult(SECRET, ttl_s=3600)(queued) is None


def test_no_watermarked_copy_no_link_to_it() -> None:
    plain = replace(TASK, output=VideoOutput("abc.mp4", None, 5.0, "job"))
    links = LinkResult(SECRET, ttl_s=3600)(plain)
    assert links is not None
    assert links.watermark is None


def test_links_tell_until_when_they_would_be_made_the_same() -> None:
    now = 1234.0
    link = LinkResult(SECRET, ttl_s=3600, clock=lambda: now)
    first = link(TASK)
    assert first is not None
    now = first.renewed_at
    assert link(TASK) == first
    now += 0.1
    renewed = link(TASK)
    assert renewed is not None
    assert renewed.video != first.video
