"""The load: customers who create tasks, watch, cancel and delete them, and write down what they were told."""

from __future__ import annotations

import asyncio
import base64
import io
import random
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import httpx2
from PIL import Image

GENERATION: Final = "/model/v1/generation"
_TIMEOUT_S = 20.0
_TRIES = 40
_LOST = (httpx2.TransportError, httpx2.HTTPStatusError)
_ENDED = ("completed", "failed")
_ORDER = {"queued": 0, "in_progress": 1, "completed": 2, "failed": 2}


@dataclass
class Order:
    """A task that somebody wants, and all that came of it.

    Attributes:
        number: tells orders apart; it is in the prompt.
        account: whose.
        body: of the create call.
        key: its `Idempotency-Key`, if any.
        task_id: the task, once that is known.
        answers: the statuses of its create calls; 0 where the answer was lost.
        end: the task as it ended, as its customer saw it.
        deleted: whether its deletion was confirmed.
        may_be_deleted: whether it was asked for.
    """

    number: int
    account: str
    body: Mapping[str, Any]
    key: str | None = None
    task_id: str | None = None
    answers: list[int] = field(default_factory=list[int])
    end: Mapping[str, Any] | None = None
    deleted: bool = False
    may_be_deleted: bool = False

    @property
    def is_named(self) -> bool:
        return self.key is not None or "external_task_id" in self.body


@dataclass
class Customer:
    """One account's callers, so many at a time.

    Attributes:
        account: its name.
        http: with its key.
        dice: for what it does.
        callback_urls: where it may want callbacks.
        at_a_time: orders that it follows at a time.
        orders: all that it ever ordered.
        complaints: what it was told that cannot be.
    """

    account: str
    http: httpx2.AsyncClient
    dice: random.Random
    callback_urls: list[str]
    at_a_time: int
    next_number: Callable[[], int]
    orders: list[Order] = field(default_factory=list[Order])
    complaints: list[str] = field(default_factory=list[str])
    closing: asyncio.Event = field(default_factory=asyncio.Event)

    async def shop(self) -> None:
        """Order and follow, until it closes; then see the last orders to their end."""
        async with asyncio.TaskGroup() as callers:
            for _ in range(self.at_a_time):
                callers.create_task(self._call())

    async def _call(self) -> None:
        while not self.closing.is_set():
            order = self._wish()
            self.orders.append(order)
            await self._place(order)
            if order.task_id is not None:
                await self._follow(order)
            await asyncio.sleep(self.dice.uniform(0.0, 0.5 if order.task_id is not None else 4.0))

    def _wish(self) -> Order:
        dice, number = self.dice, self.next_number()
        mood = dice.choices(["", " refuse", " crash"], weights=[88, 7, 5])[0]
        body: dict[str, Any] = {
            "model": "kirin_video_o1",
            "prompt": f"reel ms={dice.choice([50, 200, 500, 1500])}{mood} order {number} end",
            "aspect_ratio": "1:1",
            "mode": dice.choice(["std", "std", "pro"]) if number % 10 == 0 else "std",
        }
        if dice.random() < 0.65:
            body["callback_url"] = f"{dice.choice(self.callback_urls)}/{self.account}/{number}"
        if dice.random() < 0.04:
            body["watermark_info"] = {"enabled": True}
        if dice.random() < 0.1:
            body["image_list"] = [{"image_url": _picture(number), "type": "first_frame"}]
        if dice.random() < 0.4:
            body["external_task_id"] = f"order-{number}"
        return Order(number, self.account, body, f"{uuid.uuid4()}" if dice.random() < 0.4 else None)

    async def _place(self, order: Order) -> None:
        """Create the task; again, if the answer is lost and the order has a name."""
        for _ in range(_TRIES if order.is_named else 1):
            answer = await self._create(order, order.body)
            if answer is not None and answer.status_code < 500:
                break
            await asyncio.sleep(self.dice.uniform(0.2, 1.0))
        if order.task_id is not None and order.is_named and self.dice.random() < 0.2:
            await self._create(order, order.body)
            other = await self._create(order, {**order.body, "prompt": "something else"}, note=False)
            if other is not None and other.status_code not in (409, 500, 503):
                self.complaints.append(
                    f"order {order.number}: another request under its name: {other.status_code}"
                )

    async def _create(
        self, order: Order, body: Mapping[str, Any], *, note: bool = True
    ) -> httpx2.Response | None:
        headers = {} if order.key is None else {"Idempotency-Key": order.key}
        if self.dice.random() < 0.05:
            headers["Prefer"] = "wait=2"
        try:
            answer = await self.http.post(GENERATION, json=body, headers=headers)
        except _LOST:
            answer = None
        if not note:
            return answer
        order.answers.append(0 if answer is None else answer.status_code)
        if answer is not None and answer.is_success:
            task_id = answer.json()["id"]
            if order.task_id not in (None, task_id):
                self.complaints.append(f"order {order.number} made {order.task_id} and {task_id}")
            order.task_id = task_id
        elif answer is not None and answer.status_code not in (402, 429, 503):
            self.complaints.append(f"order {order.number} is refused: {answer.status_code} {answer.text}")
        return answer

    async def _follow(self, order: Order) -> None:
        """Watch an order to its end; perhaps cancel it on the way, perhaps delete it afterwards."""
        path = f"{GENERATION}/task/{order.task_id}"
        if self.dice.random() < 0.15:
            await asyncio.sleep(self.dice.uniform(0.0, 1.5))
            await self._ask("POST", f"{path}/cancel", order)
        if self.dice.random() < 0.2:
            await self._listen(path, order)
        await self._poll(path, order)
        if order.end is not None and self.dice.random() < 0.15:
            order.may_be_deleted = True
            answer = await self._ask("DELETE", path, order)
            order.deleted = answer is not None and answer.is_success

    async def _poll(self, path: str, order: Order) -> None:
        seen, progress = "queued", 0.0
        while True:
            answer = await self._ask("GET", path, order)
            if answer is None:
                return
            task = answer.json()
            status, now = task["status"], task.get("progress", 1.0 if seen != "queued" else 0.0)
            if _ORDER[status] < _ORDER[seen] or (status == "in_progress" and now < progress):
                self.complaints.append(f"task {order.task_id} went from {seen} {progress} to {status} {now}")
            seen, progress = status, now if status == "in_progress" else progress
            if status in _ENDED:
                order.end = task
                return
            await asyncio.sleep(self.dice.uniform(0.3, 0.8))

    async def _listen(self, path: str, order: Order) -> None:
        """Read the task's events until they end or break off; their numbers only rise."""
        newest = 0
        try:
            async with self.http.stream("GET", f"{path}/events") as stream:
                async for line in stream.aiter_lines():
                    if line.startswith("id: "):
                        number = int(line[4:])
                        if number <= newest:
                            self.complaints.append(f"task {order.task_id}: event {number} after {newest}")
                        newest = number
        except _LOST:
            pass

    async def _ask(self, method: str, path: str, order: Order) -> httpx2.Response | None:
        """Ask until there is an answer; 404 is none for a task that is there."""
        for _ in range(_TRIES * 3):
            try:
                answer = await self.http.request(method, path)
            except _LOST:
                answer = None
            if answer is not None and answer.is_success:
                return answer
            if answer is not None and answer.status_code == 404 and order.may_be_deleted:
                return None
            if answer is not None and answer.status_code not in (429, 503):
                self.complaints.append(f"{method} {path}: {answer.status_code} {answer.text}")
                return None
            await asyncio.sleep(self.dice.uniform(0.2, 1.0))
        self.complaints.append(f"{method} {path}: no answer, however often it was asked")
        return None


def connect(base_url: str, key: str) -> httpx2.AsyncClient:
    """A client with a key, which never waits long and knows nothing of proxies."""
    headers = {"Authorization": f"Bearer {key}"}
    return httpx2.AsyncClient(base_url=base_url, headers=headers, trust_env=False, timeout=_TIMEOUT_S)


def _picture(number: int) -> str:
    content = io.BytesIO()
    Image.new("RGB", (320, 320), (number % 256, 90, 160)).save(content, "PNG")
    return base64.b64encode(content.getvalue()).decode()
