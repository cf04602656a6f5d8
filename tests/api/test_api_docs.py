"""Every example of docs/api.md, by the server itself: commands are run, answers are what it answers."""

from __future__ import annotations

import asyncio
import json
import re
import shlex
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import httpx2
import media_samples as samples
import pytest
from hand_worker import HandWorker, clip
from PIL import Image

from kirin_video.client.event_reader import EventReader
from kirin_video.domain.access import Scope
from kirin_video.domain.listing import read_listing
from kirin_video.domain.money import usd
from kirin_video.domain.spend_cap import SpendCap
from kirin_video.domain.wire import DeletedElement, DeletedTask, ErrorResponse, TaskList
from kirin_video.domain.wire_usage import UsageList
from kirin_video.services.budgets import SetBudget
from kirin_video.services.keys import CapKey
from kirin_video.settings import Settings
from kirin_video.store.budget_rows import BudgetRows
from kirin_video.store.cap_rows import CapRows
from kirin_video.store.database import Database
from kirin_video.store.key_rows import KeyRows

ELSEWHERE = r"^## Callbacks\n.*?(?=^## )"  # by test_callback_docs
PAGE = re.sub(
    ELSEWHERE,
    "",
    (Path(__file__).parents[2] / "docs" / "api.md").read_text(),
    flags=re.DOTALL | re.MULTILINE,
)
BLOCKS = re.findall(r"^```\w*\n(.*?)\n```$", PAGE, re.DOTALL | re.MULTILINE)
CREATE = "/model/v1/generation"
ELEMENTS = "/model/v1/elements"
USAGE = "/model/v1/usage"
TEXT = {"model": "kirin_video_o1", "prompt": "A valley", "aspect_ratio": "16:9"}


@dataclass
class Stage:
    """A caller of a new account, and what the examples need around it."""

    http: httpx2.Client
    able_http: httpx2.Client
    limited: Callable[..., httpx2.Client]
    worker: HandWorker
    folder: Path

    def task(self, **more: object) -> str:
        response = self.http.post(CREATE, json={**TEXT, **more})
        assert response.status_code == 200, response.text
        return response.json()["id"]

    def read(self, task_id: str) -> dict[str, Any]:
        return self.http.get(f"{CREATE}/task/{task_id}").json()

    def curl(self, command: str) -> httpx2.Response:
        """Do what a printed curl command does."""
        words = iter(shlex.split(command.replace("\\\n", " ")))
        assert next(words) == "curl"
        url, sent = "", dict[str, Any](headers={})
        for word in words:
            match word:
                case "-H":
                    name, _, value = next(words).partition(": ")
                    sent["headers"][name] = value
                case "-d":
                    sent["content"] = next(words)
                case "-F":
                    name, _, file = next(words).partition("=@")
                    sent["files"] = {name: (file, (self.folder / file).read_bytes())}
                case "-N":
                    pass
                case _:
                    url = word
        del sent["headers"]["Authorization"]  # the printed key is nobody's; the caller has its own
        path = re.sub(r"^(\$KIRIN_BASE_URL|http://127\.0\.0\.1:8080)", "", url)
        return self.http.request("POST" if {"content", "files"} & sent.keys() else "GET", path, **sent)


@pytest.fixture
def stage(
    new_account: Callable[[], httpx2.Client],
    able_http: httpx2.Client,
    limited: Callable[..., httpx2.Client],
    worker: HandWorker,
    tmp_path: Path,
) -> Stage:
    return Stage(new_account(), able_http, limited, worker, tmp_path)


def like(shown: object, said: object, where: str = "") -> None:
    """Hold an example against an answer: the same fields in the same order, and values of the same kind."""
    assert type(said) is type(shown) or {type(said), type(shown)} == {int, float}, where
    if isinstance(shown, dict):
        ours, theirs = cast("dict[str, object]", shown), cast("dict[str, object]", said)
        assert list(ours) == list(theirs), where
        for name, value in ours.items():
            like(value, theirs[name], f"{where}.{name}")
    elif isinstance(shown, list):
        ours, theirs = cast("list[object]", shown), cast("list[object]", said)
        assert len(ours) == len(theirs), where
        for at, pair in enumerate(zip(ours, theirs, strict=True)):
            like(*pair, f"{where}[{at}]")
    elif isinstance(shown, str) and where.endswith(("url", "created_at")):
        assert bool(re.match(r"http://[^ ]+", shown)) == bool(re.match(r"http://[^ ]+", cast("str", said)))
    elif isinstance(shown, str) and where.endswith(
        (".status", ".model", ".cost", ".code", ".type", ".object")
    ):
        assert shown == said, where


def refused(shown: str, response: httpx2.Response) -> None:
    """Hold an example of an error against a refusal: all but the numbers in it are the same."""
    ErrorResponse.model_validate_json(shown)
    body = response.json()
    like(json.loads(shown), body)

    def words(error: Mapping[str, Any]) -> str:
        return re.sub(r"\d+", "N", json.dumps(error["error"]))

    assert words(json.loads(shown)) == words(body)


def command_creates(shown: str, stage: Stage) -> None:
    answer = stage.curl(shown)
    like(example('"status": "queued", "model": "kirin_video_o1", "external'), answer.json())
    assert answer.json()["external_task_id"] == "ad-17"


def queued(shown: str, stage: Stage) -> None:
    stage.task(external_task_id="ad-17")
    like(json.loads(shown), stage.read("ad-17"))


def wrapped(shown: str, stage: Stage) -> None:
    assert stage.http.post(CREATE, json=json.loads(shown)).status_code == 200


def in_progress(shown: str, stage: Stage) -> None:
    task_id = stage.task()
    stage.worker.progress(task_id, 0.45)
    assert stage.read(task_id) == {
        **json.loads(shown),
        "id": task_id,
        "created_at": stage.read(task_id)["created_at"],
    }


def completed(shown: str, stage: Stage) -> None:
    task_id = stage.task(watermark_info={"enabled": True})
    stage.worker.finish(task_id, clip(1000), clip(1000))
    said = stage.read(task_id)
    said["metadata"]["notes"] = []  # the hand that finished it left one
    like(json.loads(shown), said)


def failed(shown: str, stage: Stage) -> None:
    task_id = stage.task()
    stage.http.post(f"{CREATE}/task/{task_id}/cancel")
    said = stage.read(task_id)
    assert said == {**json.loads(shown), "id": task_id, "created_at": said["created_at"]}


def forbidden(shown: str, stage: Stage) -> None:
    refused(shown, stage.limited(frozenset({Scope.READ})).post(CREATE, json=TEXT))


def rate_headers(shown: str, stage: Stage) -> None:
    answer = stage.limited(creates_per_minute=60).post(CREATE, json=TEXT)
    told = [f"{name}: {answer.headers[name]}" for name in ("RateLimit-Policy", "RateLimit")]
    assert shown.split("\n") == told


def over_the_rate(shown: str, stage: Stage) -> None:
    caller = stage.limited(creates_per_minute=1)
    refused(shown, [caller.post(CREATE, json=TEXT) for _ in range(2)][1])


def too_many_unfinished(shown: str, stage: Stage) -> None:
    caller = stage.limited(unfinished_tasks=1)
    refused(shown, [caller.post(CREATE, json=TEXT) for _ in range(2)][1])


def command_again(shown: str, stage: Stage) -> None:
    first, again = stage.curl(shown), stage.curl(shown)
    assert first.json() == again.json()
    assert again.headers["Idempotent-Replayed"] == "true"


def another_request_under_the_key(shown: str, stage: Stage) -> None:
    [command] = [block for block in BLOCKS if "Idempotency-Key: " in block]
    stage.curl(command)
    refused(shown, stage.curl(command.replace("A valley", "A hill")))


def command_uploads(shown: str, stage: Stage) -> None:
    samples.save_video(stage.folder / "street.mp4", num_frames=72, sound=True)
    answer = stage.curl(shown)
    like(example('"media_type"'), answer.json())
    assert answer.json()["type"] == "video"


def uploaded(shown: str, stage: Stage) -> None:
    command_uploads(next(block for block in BLOCKS if "-F file=@" in block), stage)
    assert json.loads(shown)["url"].endswith(json.loads(shown)["id"])


def element_request(shown: str, stage: Stage) -> None:
    said = stage.http.post(ELEMENTS, json=json.loads(shown)).json()
    shown_answer = example('"element_id": 3718290113884217, "element_name"')
    own = ("element_id", "created_at", "task_id")
    assert {**said, **{name: shown_answer[name] for name in own}} == shown_answer


def element_answer(shown: str, stage: Stage) -> None:
    like(json.loads(shown), stage.http.post(ELEMENTS, json=example('"element_frontal_image"')).json())


def element_task(shown: str, stage: Stage) -> None:
    pictures: list[str] = []
    for number in range(2):
        path = stage.folder / f"{number}.png"
        Image.new("RGB", (320, 320), (number, 90, 40)).save(path)
        upload = stage.http.post("/model/v1/files", files={"file": path.read_bytes()}).json()
        pictures.append(upload["url"])
    body = {
        "model": "kirin_custom_elements",
        "element_name": "Clay fox",
        "element_frontal_image": pictures[0],
        "element_refer_list": [{"image_url": pictures[1]}],
    }
    said = stage.http.post(CREATE, json=body).json()
    like(json.loads(shown), said)
    assert said["metadata"] == json.loads(shown)["metadata"]
    assert said["output"][0]["jobId"] == f"{said['id']}-1"


def no_such_element(shown: str, stage: Stage) -> None:
    body = {**TEXT, "prompt": "<<<element_1>>>", "element_list": [{"element_id": 77}]}
    refused(shown, stage.able_http.post(CREATE, json=body))


def command_watches(shown: str, stage: Stage) -> None:
    task_id = stage.task()
    stage.http.post(f"{CREATE}/task/{task_id}/cancel")
    answer = stage.curl(shown.replace("/ID/", f"/{task_id}/"))
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert '"status":"failed"' in answer.text


def events(shown: str, stage: Stage) -> None:
    reader = EventReader()
    told = [event for line in [*shown.split("\n"), ""] if (event := reader.feed(line))]
    assert [event.status for event in told] == ["queued", "in_progress", "in_progress"]
    task_id = stage.task()
    stage.worker.progress(task_id, 0.45)
    stage.http.post(f"{CREATE}/task/{task_id}/cancel")
    stream = stage.http.get(f"{CREATE}/task/{task_id}/events", headers={"Last-Event-ID": "0"}).text
    said = [event for line in stream.split("\n") if (event := reader.feed(line))]
    own = {"id", "created_at"}
    for ours, theirs in zip(told[:2], said, strict=False):
        assert ours.model_dump(exclude=own) == theirs.model_dump(exclude=own)


def task_list(shown: str, stage: Stage) -> None:
    page = TaskList.model_validate_json(shown)
    assert page.next_cursor is not None
    position = read_listing([("after", page.next_cursor)]).position
    assert position is not None
    assert position.task_id == page.data[-1].id
    assert int(position.created_at.timestamp() * 1000) == page.data[-1].created_at
    assert stage.http.get(f"{CREATE}/tasks", params={"after": page.next_cursor}).status_code == 200
    for _ in range(2):
        stage.worker.progress(stage.task(), 0.45)
    like(json.loads(shown), stage.http.get(f"{CREATE}/tasks", params={"limit": 1}).json())


def quote(shown: str, stage: Stage) -> None:
    assert stage.http.post(f"{CREATE}/quote", json=TEXT).json() == json.loads(shown)


async def set_budget(settings: Settings, task_id: str, left: int) -> None:
    """Give the account of a task a budget."""
    async with Database(settings.database_url) as database:
        async with database.connection() as connection:
            found = await connection.execute("SELECT account_id FROM task WHERE id = %s", (task_id,))
            row = await found.fetchone()
        assert row is not None
        await SetBudget(database, BudgetRows(database))(row["account_id"], left)


def over_the_budget(shown: str, stage: Stage) -> None:
    caller = stage.limited()
    shown_left = re.search(r"has \$([0-9.]+) left", shown)
    assert shown_left is not None
    task_id = caller.post(CREATE, json=TEXT).json()["id"]
    asyncio.run(set_budget(stage.worker.settings, task_id, usd(shown_left[1])))
    refused(shown, caller.post(CREATE, json=TEXT))
    assert caller.post(f"{CREATE}/quote", json=TEXT).json()["budget_left"] == shown_left[1]


async def set_cap(settings: Settings, task_id: str, amount: int) -> None:
    """Cap the key that made a task."""
    async with Database(settings.database_url) as database:
        async with database.connection() as connection:
            found = await connection.execute("SELECT key_id FROM task WHERE id = %s", (task_id,))
            row = await found.fetchone()
        assert row is not None
        cap_key = CapKey(database, KeyRows(database), CapRows(database))
        await cap_key(row["key_id"], SpendCap(amount))


def over_the_cap(shown: str, stage: Stage) -> None:
    caller = stage.limited()
    shown_left = re.search(r"has \$([0-9.]+) left", shown)
    assert shown_left is not None
    task = caller.post(CREATE, json=TEXT).json()
    held = usd(caller.post(f"{CREATE}/quote", json=TEXT).json()["cost"])
    asyncio.run(set_cap(stage.worker.settings, task["id"], held + usd(shown_left[1])))
    # A key is remembered for a second; until then the refusal has no figures.
    deadline = time.monotonic() + 30.0
    while "cap_left" not in (said := caller.post(f"{CREATE}/quote", json=TEXT).json()):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    assert said["cap_left"] == shown_left[1]
    refused(shown, caller.post(CREATE, json=TEXT))


def command_usage(shown: str, stage: Stage) -> None:
    assert stage.curl(shown).json()["object"] == "usage"


def usage(shown: str, stage: Stage) -> None:
    report = UsageList.model_validate_json(shown)
    caller = stage.limited()
    for _ in range(2):
        caller.post(CREATE, json=TEXT)
    first, second = [task["id"] for task in caller.get(f"{CREATE}/tasks").json()["data"]]
    stage.worker.finish(first, clip(1000))
    caller.post(f"{CREATE}/task/{second}/cancel")
    said = caller.get(USAGE, params={"group_by": ",".join(report.group_by)}).json()
    like(json.loads(shown), said)
    assert said["total"] == json.loads(shown)["total"]


def shape_of_errors(shown: str, stage: Stage) -> None:
    said = stage.http.post(CREATE, json={**TEXT, "prompt": "a" * 2501}).json()
    like(json.loads(shown), said)
    assert said["error"]["details"][0]["field"] == "prompt"


CHECKS: Mapping[str, Callable[[str, Stage], None]] = {
    '"prompt": "A foggy pine valley': command_creates,
    '"status": "queued", "model": "kirin_video_o1", "external_task_id"': queued,
    '"input": [{"params"': wrapped,
    '^{"id": "d5u5obte8783ap44qtj0", "created_at": 1769757744021, "status": "in_progress"': in_progress,
    '"watermark_url"': completed,
    '"status": "failed"': failed,
    '"code": "000000403"': forbidden,
    "RateLimit-Policy: ": rate_headers,
    "requests a minute of the kind": over_the_rate,
    "unfinished tasks at a time": too_many_unfinished,
    '-H "Idempotency-Key: ': command_again,
    '"code": "002015014"': another_request_under_the_key,
    "-F file=@": command_uploads,
    '"media_type"': uploaded,
    '^{"element_name": "Clay fox"': element_request,
    '^{"element_id": ': element_answer,
    '"type": "element"': element_task,
    '"code": "002015008"': no_such_element,
    "/task/ID/events": command_watches,
    "id: 1\n": events,
    '^{"object": "list"': task_list,
    '^{"object": "quote"': quote,
    "this account's budget has": over_the_budget,
    "this key's spend cap of": over_the_cap,
    "/model/v1/usage?": command_usage,
    '^{"object": "usage"': usage,
    '^{"error": {"code": "002015002"': shape_of_errors,
}
"""What tells an example from all others (``^`` for its beginning), and how it is held against the server."""


def has(block: str, marker: str) -> bool:
    return block.startswith(marker[1:]) if marker.startswith("^") else marker in block


def example(marker: str) -> dict[str, Any]:
    [block] = [block for block in BLOCKS if block.startswith("{") and marker in block]
    return json.loads(block)


@pytest.mark.parametrize("block", BLOCKS, ids=range(len(BLOCKS)))
def test_the_example_is_what_the_server_says(block: str, stage: Stage) -> None:
    [check] = [check for marker, check in CHECKS.items() if has(block, marker)]
    check(block, stage)


def test_what_is_shown_in_passing_is_said_too() -> None:
    inline = re.findall(r"`(\{\".*?\})`", PAGE)
    deleted = [json.loads(text) for text in inline if '"deleted"' in text]
    kinds = [DeletedElement if "element_id" in answer else DeletedTask for answer in deleted]
    assert [kind.model_validate(answer).deleted for kind, answer in zip(kinds, deleted, strict=True)] == [
        True
    ] * 2
    assert len(inline) == len(deleted)
