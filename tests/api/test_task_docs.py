"""The examples of docs/api.md about tasks are what the server says."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import httpx2
from hand_worker import HandWorker

from kirin_video.client.event_reader import EventReader
from kirin_video.domain.listing import read_listing
from kirin_video.domain.wire import DeletedTask, TaskList

CREATE = "/model/v1/generation"
PAGE = (Path(__file__).parents[2] / "docs" / "api.md").read_text()


def example(marker: str) -> dict[str, Any]:
    [found] = [json.loads(text) for text in re.findall(r"```json\n(\{.*\})\n```", PAGE) if marker in text]
    return found


def test_the_quote_is_a_real_one(http: httpx2.Client) -> None:
    body = {"model": "kirin_video_o1", "prompt": "A valley", "aspect_ratio": "16:9"}
    assert http.post(f"{CREATE}/quote", json=body).json() == example('"object": "quote"')


def test_the_page_is_one_and_its_cursor_works(http: httpx2.Client) -> None:
    shown = TaskList.model_validate(example('"object": "list"'))
    assert shown.next_cursor is not None
    position = read_listing([("after", shown.next_cursor)]).position
    assert position is not None
    assert position.task_id == shown.data[-1].id
    assert int(position.created_at.timestamp() * 1000) == shown.data[-1].created_at
    assert http.get(f"{CREATE}/tasks", params={"after": shown.next_cursor}).status_code == 200


def test_the_events_are_those_of_a_stream(http: httpx2.Client, worker: HandWorker) -> None:
    [block] = re.findall(r"```\n(id: 1\n.*?)\n```", PAGE, re.DOTALL)
    reader = EventReader()
    shown = [event for line in [*block.split("\n"), ""] if (event := reader.feed(line))]
    assert [event.status for event in shown] == ["queued", "in_progress", "in_progress"]
    body = {"model": "kirin_video_o1", "prompt": "A valley", "aspect_ratio": "16:9"}
    task_id = http.post(CREATE, json=body).json()["id"]
    worker.progress(task_id, 0.45)
    http.post(f"{CREATE}/task/{task_id}/cancel")
    stream = http.get(f"{CREATE}/task/{task_id}/events", headers={"Last-Event-ID": "0"}).text
    said = [event for line in stream.split("\n") if (event := reader.feed(line))]
    for ours, theirs in zip(shown[:2], said, strict=False):
        assert ours.model_dump(exclude={"id", "created_at"}) == theirs.model_dump(
            exclude={"id", "created_at"}
        )


def test_the_answer_to_delete_is_one() -> None:
    [shown] = re.findall(r"`(\{\"id\": \"\w+\", \"deleted\": true\})`", PAGE)
    DeletedTask.model_validate_json(shown)
