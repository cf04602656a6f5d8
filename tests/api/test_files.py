"""Uploads over HTTP: what is taken, what is refused, whose it is, and what is left behind."""

from __future__ import annotations

import asyncio
import io
import socket
import time
from collections.abc import Callable
from pathlib import Path

import httpx2
import media_samples as samples
import psycopg
import pytest
from fuzz_corpus import corpus
from PIL import Image

from kirin_video.client import AsyncClient, Client
from kirin_video.client.errors import InvalidRequest
from kirin_video.domain.wire import FileResource
from kirin_video.http import steady
from kirin_video.settings import Settings
from kirin_video.wiring import build

FILES = "/model/v1/files"
CREATE = "/model/v1/generation"
FIRST = {"model": "kirin_video_o1", "prompt": "Push in slowly", "mode": "std"}


def picture(width: int = 640, height: int = 360, kind: str = "PNG") -> bytes:
    buffer = io.BytesIO()
    samples.picture(width, height).save(buffer, kind)
    return buffer.getvalue()


@pytest.fixture(scope="module")
def footage(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return samples.save_video(tmp_path_factory.mktemp("footage") / "a.mp4", num_frames=84, sound=True)


def upload(http: httpx2.Client, content: bytes, name: str = "a.bin") -> httpx2.Response:
    return http.post(FILES, files={"file": (name, content, "application/octet-stream")})


def refused(response: httpx2.Response, status: int, code: str, field: str | None = "file") -> str:
    answer = response.json()
    assert (response.status_code, answer["error"]["code"]) == (status, code), answer
    if field:
        assert [detail["field"] for detail in answer["error"]["details"]] == [field]
    return answer["error"]["error_message"]


def files_on_disk(settings: Settings) -> set[Path]:
    return {path for path in settings.data_dir.rglob("*") if path.is_file() and "pg" not in path.parts}


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_is_taken_by_its_content(http: httpx2.Client, kind: str) -> None:
    content = picture(kind=kind)
    response = upload(http, content, "movie.mp4")
    assert response.status_code == 200, response.text
    file = FileResource.model_validate_json(response.content)
    assert file.url == f"{str(http.base_url).rstrip('/')}{FILES}/{file.id}"
    assert (file.type, file.media_type, file.size_bytes) == ("image", f"image/{kind.lower()}", len(content))
    assert (file.width, file.height, file.duration, file.fps, file.has_sound) == (640, 360, None, None, None)
    assert file.expires_at - file.created_at == 24 * 60 * 60 * 1000
    assert http.get(f"{FILES}/{file.id}").json() == response.json()


def test_footage_is_measured(http: httpx2.Client, footage: Path) -> None:
    file = upload(http, footage.read_bytes()).json()
    assert (file["type"], file["media_type"]) == ("video", "video/mp4")
    assert (file["width"], file["height"], file["duration"], file["fps"]) == (1280, 720, 3.5, 24)
    assert file["has_sound"] is True


def test_an_uploaded_picture_is_a_first_frame_and_stays_when_the_upload_goes(
    http: httpx2.Client, server_settings: Settings
) -> None:
    content = picture()
    file = upload(http, content).json()
    request = {**FIRST, "image_list": [{"image_url": file["url"], "type": "first_frame"}]}
    created = http.post(CREATE, json={**request, "external_task_id": f"up-{file['id']}"})
    assert created.status_code == 200, created.text
    assert http.delete(f"{FILES}/{file['id']}").status_code == 204
    assert http.get(f"{FILES}/{file['id']}").status_code == 404
    with psycopg.connect(server_settings.database_url) as connection:
        key, kind = connection.execute(
            "SELECT key, kind FROM blob WHERE task_id = %s", (created.json()["id"],)
        ).fetchone() or ("", "")
    assert kind == "input"
    stored = server_settings.data_dir / "blobs" / key[:2] / key[2:4] / key
    assert stored.read_bytes() == content
    again = http.post(CREATE, json={**request, "external_task_id": f"up-{file['id']}"})
    assert again.json()["id"] == created.json()["id"], "a repeated request needs the upload no more"
    assert "uploaded file" in refused(http.post(CREATE, json=request), 400, "002015012", "image_list[0]")


def test_another_accounts_file_is_refused_like_one_that_is_not_there(
    http: httpx2.Client, other_http: httpx2.Client
) -> None:
    file = upload(http, picture()).json()
    missing = "0" * 20
    for method in ("GET", "DELETE"):
        theirs, nobodys = (other_http.request(method, f"{FILES}/{one}") for one in (file["id"], missing))
        assert refused(theirs, 404, "000000404", None) == refused(nobodys, 404, "000000404", None)

    def create(url: str) -> httpx2.Response:
        return other_http.post(CREATE, json={**FIRST, "image_list": [{"image": url, "type": "first_frame"}]})

    assert refused(create(file["url"]), 400, "002015012", "image_list[0]") == refused(
        create(file["url"].replace(file["id"], missing)), 400, "002015012", "image_list[0]"
    )
    assert http.get(f"{FILES}/{file['id']}").status_code == 200


def test_an_uploads_url_is_known_under_every_name_of_the_server(http: httpx2.Client) -> None:
    file = upload(http, picture()).json()
    url = f"https://kirin.example{FILES}/{file['id']}"
    response = http.post(CREATE, json={**FIRST, "image_list": [{"image": url, "type": "first_frame"}]})
    assert response.status_code == 200, response.text


@pytest.mark.parametrize(
    ("content", "code", "said"),
    [
        (b"", "002015003", "none of JPEG"),
        (b"GIF89a" + bytes(100), "002015003", "none of JPEG"),
        (b"ffconcat version 1.0\nfile a.ts\n", "002015003", "none of JPEG"),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "002015006", "not a picture we can read"),
        (samples.png_header(40_000, 40_000), "002015006", "40000x40000 px; it may have at most 64 million"),
        (picture(299, 400), "002015006", "299x400 px; each side must be at least 300"),
        (picture()[:-2000], "002015006", "not a picture we can read"),
        (b"\x00\x00\x00\x18ftypisom" + bytes(400), "002015007", "not a video we can read"),
    ],
)
def test_what_is_no_good_is_refused_and_leaves_nothing(
    http: httpx2.Client, server_settings: Settings, content: bytes, code: str, said: str
) -> None:
    before = files_on_disk(server_settings)
    assert said in refused(upload(http, content, "good.png"), 400, code)
    assert files_on_disk(server_settings) == before


@pytest.mark.parametrize("cut", [0.3, 0.9])
def test_cut_footage_is_refused(http: httpx2.Client, footage: Path, cut: float) -> None:
    content = footage.read_bytes()
    refused(upload(http, content[: int(len(content) * cut)]), 400, "002015007")


def test_footage_of_the_wrong_length_names_limit_and_finding(http: httpx2.Client, tmp_path: Path) -> None:
    short = samples.save_video(tmp_path / "a.mov", num_frames=48, format="mov")
    message = refused(upload(http, short.read_bytes()), 400, "002015007")
    assert "lasts 2.00 s; it must last from 3 to 10 s" in message


def test_a_picture_may_have_ten_megabytes(
    http: httpx2.Client, server_settings: Settings, rss_mib: Callable[[], float]
) -> None:
    before, memory = files_on_disk(server_settings), rss_mib()
    message = refused(upload(http, picture() + bytes(150 << 20)), 400, "002015006")
    assert "more than 10,485,760 bytes; at most 10,485,760 (10 MB) are allowed" in message
    assert files_on_disk(server_settings) == before
    assert rss_mib() - memory < 320, "the test's own copies of the body are most of it"


def test_a_body_larger_than_any_file_is_not_read(base_address: tuple[str, int], http: httpx2.Client) -> None:
    head = (
        f"POST {FILES} HTTP/1.1\r\nHost: x\r\nAuthorization: {http.headers['authorization']}\r\n"
        f"Content-Type: multipart/form-data; boundary=b\r\nContent-Length: {210 << 20}\r\n\r\n"
    )
    started = time.monotonic()
    with socket.create_connection(base_address, timeout=5) as connection:
        connection.sendall(head.encode())
        assert connection.recv(100).startswith(b"HTTP/1.1 413 ")
    assert time.monotonic() - started < 1


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"{}", "application/json"),
        (b"", "multipart/form-data"),
        (b"", "multipart/form-data; boundary=b"),
        (b"--b--\r\n", "multipart/form-data; boundary=b"),
        (b"--x\r\n\r\n--x--", "multipart/form-data; boundary=b"),
        (b"--b\r\n" + b"a: b\r\n" * 5000 + b"\r\n--b--\r\n", "multipart/form-data; boundary=b"),
        (b"--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--\r\n", "multipart/form-data; boundary=b"),
        (b"", "multipart/form-data; boundary=" + "b" * 5000),
        (b"\x00" * 1000, "multipart/form-data; boundary=b"),
    ],
)
def test_a_body_that_is_not_one_multipart_file_is_refused(
    http: httpx2.Client, body: bytes, content_type: str
) -> None:
    response = http.post(FILES, content=body, headers={"Content-Type": content_type})
    assert response.json()["error"]["code"] == "002015003", response.text
    assert 'one part named "file"' in response.json()["error"]["error_message"]


def test_parts_beside_the_file_are_refused_by_name(http: httpx2.Client) -> None:
    for files in ({"video": picture()}, {"file": picture(), "mask": picture()}):
        response = http.post(FILES, files={name: ("a", content) for name, content in files.items()})
        refused(response, 400, "002015003", None)


def test_an_upload_that_breaks_off_leaves_nothing(
    base_address: tuple[str, int], http: httpx2.Client, server_settings: Settings
) -> None:
    before = files_on_disk(server_settings)
    head = (
        f"POST {FILES} HTTP/1.1\r\nHost: x\r\nAuthorization: {http.headers['authorization']}\r\n"
        f"Content-Type: multipart/form-data; boundary=b\r\nContent-Length: {5 << 20}\r\n\r\n"
        '--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
    )
    with socket.create_connection(base_address, timeout=5) as connection:
        connection.sendall(head.encode() + picture()[:2000] + bytes(1 << 20))
        assert waits_for(
            lambda: any("upload-" in str(path) for path in files_on_disk(server_settings) - before)
        )
    assert waits_for(lambda: files_on_disk(server_settings) == before)


def waits_for(condition: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 5
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def test_a_body_that_trickles_is_cut(
    base_address: tuple[str, int], http: httpx2.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steady, "SILENCE_S", 0.5)
    for path, kind in ((FILES, "multipart/form-data; boundary=b"), (CREATE, "application/json")):
        head = (
            f"POST {path} HTTP/1.1\r\nHost: x\r\nAuthorization: {http.headers['authorization']}\r\n"
            f"Content-Type: {kind}\r\nContent-Length: 1000\r\n\r\n{{"
        )
        started = time.monotonic()
        with socket.create_connection(base_address, timeout=5) as connection:
            connection.sendall(head.encode())
            answer = b""
            while chunk := connection.recv(4096):
                answer += chunk
        assert answer.startswith(b"HTTP/1.1 408 "), answer
        assert b'"000000408"' in answer
        assert 0.4 < time.monotonic() - started < 4


def test_a_body_below_the_least_rate_is_cut(
    base_address: tuple[str, int], http: httpx2.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steady, "GRACE_S", 0.5)
    head = (
        f"POST {CREATE} HTTP/1.1\r\nHost: x\r\nAuthorization: {http.headers['authorization']}\r\n"
        "Content-Length: 1000\r\n\r\n"
    )
    with socket.create_connection(base_address, timeout=5) as connection:
        connection.sendall(head.encode())
        connection.setblocking(False)
        answer = b""
        for _ in range(200):
            try:
                connection.send(b" ")
                answer += connection.recv(4096)
            except (BlockingIOError, ConnectionError):
                pass
            if answer:
                break
            time.sleep(0.02)
    assert answer.startswith(b"HTTP/1.1 408 "), answer


def test_expired_uploads_are_swept_and_taken_ones_stay(
    http: httpx2.Client, server_settings: Settings
) -> None:
    kept, lost = upload(http, picture()).json(), upload(http, picture()).json()
    used = upload(http, picture()).json()
    request = {**FIRST, "image_list": [{"image_url": used["url"], "type": "first_frame"}]}
    with psycopg.connect(server_settings.database_url, autocommit=True) as connection:
        almost = "UPDATE upload SET expires_at = now() + interval '5 seconds' WHERE id = %s"
        connection.execute(almost, (used["id"],))
        created = http.post(CREATE, json=request).json()
        connection.execute("UPDATE upload SET expires_at = now() WHERE id = %s", (lost["id"],))
        assert http.get(f"{FILES}/{lost['id']}").status_code == 404, "before the sweep, too"
        keys = dict(connection.execute("SELECT id, blob_key FROM upload").fetchall())
        swept = server_settings.data_dir / "scratch" / "upload-old"
        swept.mkdir()
        asyncio.run(sweep(server_settings))
        left = {row[0] for row in connection.execute("SELECT id FROM upload").fetchall()}
        owned = connection.execute("SELECT key FROM blob WHERE task_id = %s", (created["id"],)).fetchall()
    assert {kept["id"], used["id"]} <= left
    assert lost["id"] not in left
    assert swept.exists(), "it may still be in use"
    swept.rmdir()
    blobs = server_settings.data_dir / "blobs"
    assert not list(blobs.rglob(keys[lost["id"]]))
    assert list(blobs.rglob(keys[kept["id"]]))
    assert len(owned) == 1
    assert list(blobs.rglob(owned[0][0]))


async def sweep(settings: Settings) -> None:
    async with build(settings) as services:
        await services.tend_files()


@pytest.fixture(scope="module")
def server_settings(server: object) -> Settings:
    return server.settings  # pyright: ignore[reportAttributeAccessIssue]


def test_uploading_needs_a_key_and_reads_nothing_without(base_address: tuple[str, int]) -> None:
    head = f"POST {FILES} HTTP/1.1\r\nHost: x\r\nContent-Length: {1 << 20}\r\n\r\n"
    with socket.create_connection(base_address, timeout=5) as connection:
        connection.sendall(head.encode())
        assert connection.recv(100).startswith(b"HTTP/1.1 401 ")


def test_pillow_would_open_more_than_we_take(http: httpx2.Client) -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (400, 400)).save(buffer, "WEBP")
    refused(upload(http, buffer.getvalue(), "a.jpg"), 400, "002015003")


def test_the_clients_upload(http: httpx2.Client, server_url: str, footage: Path, tmp_path: Path) -> None:
    key = http.headers["authorization"].removeprefix("Bearer ")
    with Client(server_url, key) as client:
        file = client.upload(footage)
        assert (file.type, file.duration) == ("video", 3.5)
        bad = tmp_path / "a.png"
        bad.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
        with pytest.raises(InvalidRequest) as refusal:
            client.upload(bad)
        assert [detail.field for detail in refusal.value.details] == ["file"]
        with pytest.raises(FileNotFoundError):
            client.upload(tmp_path / "none")

    async def from_asyncio() -> FileResource:
        async with AsyncClient(server_url, key) as client:
            return await client.upload(str(footage))

    assert asyncio.run(from_asyncio()).size_bytes == file.size_bytes


def test_malformed_media_never_make_the_server_fail(http: httpx2.Client) -> None:
    for name, content in list(corpus())[::20]:
        response = upload(http, content)
        assert response.status_code in {200, 400}, (name, response.text)
    assert http.get("/healthz").status_code == 200
