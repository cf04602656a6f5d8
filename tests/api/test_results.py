"""A task's way to its result, and the signed links it ends in."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from hand_worker import HandWorker, clip

from kirin_video.domain.errors import Fault
from kirin_video.domain.signing import sign_link
from kirin_video.domain.wire import ErrorResponse, TaskResource
from kirin_video.settings import Settings

CREATE = "/model/v1/generation"
CLEAN, MARKED = clip(700_001, 1), clip(300_000, 2)


def create(http: httpx2.Client, **more: object) -> str:
    body = {"model": "kirin_video_o1", "prompt": "A valley", "aspect_ratio": "16:9", "mode": "std", **more}
    return http.post(CREATE, json=body).json()["id"]


def read(http: httpx2.Client, task_id: str) -> TaskResource:
    return TaskResource.model_validate_json(http.get(f"{CREATE}/task/{task_id}").content)


@pytest.fixture(scope="module")
def done(http: httpx2.Client, worker: HandWorker) -> TaskResource:
    task_id = create(http, watermark_info={"enabled": True}, external_task_id="results-1")
    worker.finish(task_id, CLEAN, MARKED)
    return read(http, task_id)


@pytest.fixture(scope="module")
def url(done: TaskResource) -> str:
    assert done.output is not None
    return done.output[0].content[0].url


@pytest.fixture(scope="module")
def bare(server_url: str) -> Iterator[httpx2.Client]:
    """A caller without a key: the link alone is the permission."""
    with httpx2.Client(base_url=server_url, trust_env=False) as client:
        yield client


def check_refused(response: httpx2.Response, status: int) -> None:
    assert response.status_code == status, response.text
    body = ErrorResponse.model_validate_json(response.content)
    assert body.error.code == f"{status:09d}"
    assert body.request_id == response.headers["x-request-id"]


def test_a_task_in_progress_tells_how_far_it_is(http: httpx2.Client, worker: HandWorker) -> None:
    task_id = create(http)
    worker.progress(task_id, 0.45)
    shown = http.get(f"{CREATE}/task/{task_id}").json()
    assert (shown["status"], shown["progress"]) == ("in_progress", 0.45)
    assert shown.keys() == {"id", "created_at", "status", "model", "progress"}
    worker.progress(task_id, 0.2)
    assert http.get(f"{CREATE}/task/{task_id}").json()["progress"] == 0.45, "it never goes back"


def test_a_failed_task_tells_why_and_costs_nothing(http: httpx2.Client, worker: HandWorker) -> None:
    task_id = create(http)
    worker.fail(task_id, Fault.GENERATION_FAILED, "The engine could not draw the shot.")
    shown = http.get(f"{CREATE}/task/{task_id}").json()
    assert shown["status"] == "failed"
    assert shown["error"] == {"code": "002015095", "error_message": "The engine could not draw the shot."}
    assert shown.keys() == {"id", "created_at", "status", "model", "error"}


def test_a_completed_task_has_links_cost_and_facts(http: httpx2.Client, done: TaskResource) -> None:
    shown = http.get(f"{CREATE}/task/results-1").json()
    content = shown["output"][0]["content"][0]
    assert shown["output"][0]["jobId"] == f"{done.id}-1"
    assert (content["type"], content["duration"]) == ("video", 5)
    assert json.dumps(content["duration"]) == "5"
    assert shown["usage"] == {"cost": "0.42", "discount": 0}
    assert shown["metadata"]["notes"] == ["A note."]
    assert {"url", "watermark_url"} <= content.keys()
    assert "progress" not in shown
    assert "error" not in shown


def test_both_files_come_whole_under_their_links(bare: httpx2.Client, done: TaskResource, url: str) -> None:
    assert done.output is not None
    marked_url = done.output[0].content[0].watermark_url
    assert marked_url is not None
    assert bare.get(marked_url).content == MARKED
    response = bare.get(url)
    assert (response.status_code, response.content) == (200, CLEAN)
    assert response.headers["content-type"] == "video/mp4"
    assert response.headers["content-length"] == str(len(CLEAN))
    assert response.headers["accept-ranges"] == "bytes"
    assert response.headers["etag"] == f'"{hashlib.sha256(CLEAN).hexdigest()}"'
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["content-disposition"] == f'inline; filename="{done.id}.mp4"'
    assert response.headers["cache-control"].startswith("private, max-age=")
    assert "sandbox" in response.headers["content-security-policy"]


def test_head_tells_all_but_the_bytes(bare: httpx2.Client, url: str) -> None:
    head, get = bare.head(url), bare.get(url)
    assert (head.status_code, head.content) == (200, b"")
    for name in ("content-length", "content-type", "etag", "accept-ranges", "content-disposition"):
        assert head.headers[name] == get.headers[name]


@pytest.mark.parametrize(
    ("asked", "start", "stop"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=0-499", 0, 500),
        ("bytes=699000-", 699_000, 700_001),
        ("bytes=-1", 700_000, 700_001),
        ("bytes=-999999999", 0, 700_001),
        ("bytes=100000-500000", 100_000, 500_001),
        ("bytes=700000-999999999", 700_000, 700_001),
        ("Bytes=5-6", 5, 7),
    ],
)
def test_a_part_comes_as_asked(bare: httpx2.Client, url: str, asked: str, start: int, stop: int) -> None:
    response = bare.get(url, headers={"Range": asked})
    assert (response.status_code, response.content) == (206, CLEAN[start:stop])
    assert response.headers["content-range"] == f"bytes {start}-{stop - 1}/{len(CLEAN)}"
    assert response.headers["content-length"] == str(stop - start)


@pytest.mark.parametrize("asked", ["bytes=700001-", "bytes=9999999-99999999", "bytes=-0"])
def test_a_part_that_is_not_there_is_refused(bare: httpx2.Client, url: str, asked: str) -> None:
    response = bare.get(url, headers={"Range": asked})
    check_refused(response, 416)
    assert response.headers["content-range"] == f"bytes */{len(CLEAN)}"


@pytest.mark.parametrize(
    "asked",
    [
        "bytes=",
        "bytes=-",
        "bytes=5-2",
        "bytes=a-b",
        "lines=0-1",
        "bytes=0-1,5-6",
        "bytes=" + "9" * 5000 + "-",
        "x",
    ],
)
def test_what_is_no_single_range_gets_the_whole_file(bare: httpx2.Client, url: str, asked: str) -> None:
    response = bare.get(url, headers={"Range": asked})
    assert (response.status_code, len(response.content)) == (200, len(CLEAN))


def test_if_range_and_if_none_match_know_the_file(bare: httpx2.Client, url: str) -> None:
    etag = bare.head(url).headers["etag"]
    part = {"Range": "bytes=0-9"}
    assert bare.get(url, headers={**part, "If-Range": etag}).status_code == 206
    assert bare.get(url, headers={**part, "If-Range": '"another"'}).status_code == 200
    assert bare.get(url, headers={"If-None-Match": etag}).status_code == 304
    assert bare.get(url, headers={"If-None-Match": '"another"'}).status_code == 200


def test_any_alteration_of_a_link_is_refused(bare: httpx2.Client, done: TaskResource, url: str) -> None:
    assert done.output is not None
    marked_url = done.output[0].content[0].watermark_url
    assert marked_url is not None
    parts, marked = urlsplit(url), urlsplit(marked_url)
    query = parse_qs(parts.query)
    expires, signature = query["expires"][0], query["signature"][0]
    other = "A" if signature[-1] != "A" else "B"
    altered = [
        parts.path,
        f"{parts.path}?signature={signature}",
        f"{parts.path}?expires={expires}",
        f"{parts.path}?expires={int(expires) + 1}&signature={signature}",
        f"{parts.path}?expires=0{expires}&signature={signature}",
        f"{parts.path}?expires={'9' * 5000}&signature={signature}",
        f"{parts.path}?expires=-1&signature={signature}",
        f"{parts.path}?expires=%D9%A1&signature={signature}",
        f"{parts.path}?expires={expires}&signature={signature[:-1]}{other}",
        f"{parts.path}?expires={expires}&signature={signature}=",
        f"{parts.path}?expires={expires}&signature=%FF%00%F0%9F",
        f"{marked.path}?{parts.query}",
        f"{parts.path}x?{parts.query}",
        f"{parts.path.replace('/files/', '/files/x')}?{parts.query}",
        f"/files/..%2F..%2Fetc/passwd?{parts.query}",
        f"/files/a%00b/c?{parts.query}",
        "/files/x/y",
    ]
    for link in altered:
        check_refused(bare.get(link), 403)
    for byte in range(len(signature)):
        changed = signature[:byte] + ("A" if signature[byte] != "A" else "B") + signature[byte + 1 :]
        assert bare.head(f"{parts.path}?expires={expires}&signature={changed}").status_code == 403


def test_an_expired_link_is_refused_and_one_of_the_old_secret_is_not(
    bare: httpx2.Client, url: str, api_settings: Settings
) -> None:
    folder, _, filename = urlsplit(url).path.rpartition("/")
    key = folder.removeprefix("/files/")

    def link(secret: str, expires_at: int) -> str:
        signature = sign_link(secret.encode(), key, filename, expires_at)
        return f"{folder}/{filename}?expires={expires_at}&signature={signature}"

    now, later = int(time.time()), int(time.time()) + 60
    current, previous = api_settings.secret_key, api_settings.previous_secret_key
    assert previous is not None
    assert bare.get(link(current.get_secret_value(), later)).status_code == 200
    assert bare.get(link(previous.get_secret_value(), later)).status_code == 200
    check_refused(bare.get(link(current.get_secret_value(), now)), 403)
    check_refused(bare.get(link("a secret of somebody else, long enough", later)), 403)


def test_a_file_that_is_gone_is_not_found(
    http: httpx2.Client, bare: httpx2.Client, worker: HandWorker, api_settings: Settings
) -> None:
    task_id = create(http)
    content = clip(50_000, 3)
    worker.finish(task_id, content)
    task = read(http, task_id)
    assert task.output is not None
    link = task.output[0].content[0].url
    (kept,) = [path for path in files_below(api_settings.data_dir) if path.read_bytes() == content]
    kept.unlink()
    check_refused(bare.get(link), 404)


def files_below(folder: Path) -> list[Path]:
    return [path for path in (folder / "blobs").rglob("*") if path.is_file()]


def test_links_lead_where_the_request_arrived(http: httpx2.Client, done: TaskResource) -> None:
    answer = http.get(f"{CREATE}/task/{done.id}", headers={"Host": "kirin.example:81"}).json()
    assert answer["output"][0]["content"][0]["url"].startswith("http://kirin.example:81/files/")
