"""The client for asyncio; ``sync_client`` says the same things at more length."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from pathlib import Path
from typing import TYPE_CHECKING, Self, Unpack

import httpx2

from kirin_video.client.answers import (
    ENDED,
    read_answer,
    read_error,
    read_file,
    read_task,
    result_url,
    task_failure,
)
from kirin_video.client.callbacks import AsyncCallbacks
from kirin_video.client.connection import BREAKS, CHUNK_BYTES, TIMEOUT, connection
from kirin_video.client.create_retry import RETRIED, CreateRetry
from kirin_video.client.elements import AsyncElements
from kirin_video.client.errors import ApiError, ConnectionFailed, Forbidden
from kirin_video.client.event_reader import EventReader
from kirin_video.client.pace import Pace
from kirin_video.client.parameters import request_body, usage_query
from kirin_video.client.transfer import Transfer
from kirin_video.domain.wire import DeletedTask, TaskList
from kirin_video.domain.wire_catalog import Quote
from kirin_video.domain.wire_usage import UsageList

if TYPE_CHECKING:
    import os
    from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping, Sequence
    from datetime import date
    from types import TracebackType

    from kirin_video.client.parameters import GenerationParameters, ListParameters
    from kirin_video.domain.wire import FileResource, TaskEvent, TaskResource


class AsyncClient:
    """A kirin-video server, from asyncio.

    ```python
    async with AsyncClient() as client:  # reads KIRIN_BASE_URL and KIRIN_API_KEY
        prompts = ["Waves on a beach at dusk", "The same beach at dawn"]
        tasks = await asyncio.gather(*(client.generate(prompt=p, aspect_ratio="16:9") for p in prompts))
    ```

    One client may be shared by the tasks of one event loop. Every method raises errors of
    ``kirin_video.client.errors`` only.

    Attributes:
        elements: your library of subjects.
        callbacks: what was sent to your callback URLs.

    Args:
        base_url: the server's address; ``KIRIN_BASE_URL`` where left out.
        api_key: the key; ``KIRIN_API_KEY`` where left out.
        transport: how requests travel, for tests and unusual networks.

    Raises:
        NotConfigured: no server or no key was named.
    """

    def __init__(
        self,
        base_url: str | None = None,
        api_key: str | None = None,
        *,
        transport: httpx2.AsyncBaseTransport | None = None,
    ) -> None:
        self._connection = connection(base_url, api_key)
        self._http = httpx2.AsyncClient(
            timeout=TIMEOUT, trust_env=self._connection.trust_env, transport=transport
        )
        self.elements = AsyncElements(self._connection, self._send, self._send_create)
        self.callbacks = AsyncCallbacks(self._connection, self._send)

    async def __aenter__(self) -> Self:
        """Begin."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connections."""
        await self.aclose()

    async def aclose(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def upload(self, path: str | os.PathLike[str]) -> FileResource:
        """Upload a picture or footage, for ``image_url`` or ``video_url`` of requests to come.

        ```python
        footage = await client.upload("street.mp4")
        task = await client.create(prompt="Make it winter", video_list=[{"video_url": footage.url}])
        ```

        Args:
            path: a JPEG, PNG, MP4 or MOV file.

        Returns:
            The file as the server judged it; its ``url`` is what requests take.

        Raises:
            InvalidRequest: the server does not take it; ``details`` names every limit that it breaks.
            ConnectionFailed: the server cannot be reached.
            OSError: the file cannot be read.
        """
        path = Path(path)
        with await asyncio.to_thread(path.open, "rb") as file:
            files = {"file": (path.name, file, "application/octet-stream")}
            try:
                response = await self._http.request(
                    "POST", self._connection.files_url, files=files, headers=self._connection.headers
                )
            except (httpx2.RequestError, httpx2.InvalidURL) as error:
                raise self._connection.failure(error) from error
        return read_file(response)

    async def create(
        self, parameters: Mapping[str, object] | None = None, /, **more: Unpack[GenerationParameters]
    ) -> TaskResource:
        """Create a task and return at once.

        ```python
        task = await client.create(prompt="A foggy valley", aspect_ratio="9:16", external_task_id="ad-17")
        ```

        When the connection fails the call is sent again, up to three times; it carries a key by which the
        server knows it again, so that no second task is made. When the account is over its rate or has too
        many unfinished tasks, or the server is overloaded, the call waits as long as the server says and
        tries again, for up to a minute in all.

        Args:
            parameters: the request as one mapping, if you have it so.
            **more: parameters by name, as the API names them.

        Returns:
            The task, queued.

        Raises:
            ApiError: the server refused; ``details`` names every broken rule.
            TooManyRequests: waiting did not help; ``retry_after_s`` says when to come back.
            ConnectionFailed: the server cannot be reached.
        """
        body = request_body(parameters, more)
        return read_task(await self._send_create(self._connection.create_url, body))

    async def get(self, task_id: str) -> TaskResource:
        """Ask for a task as it is now.

        Args:
            task_id: its id, or your own ``external_task_id``.

        Raises:
            NotFound: there is no such task in your account.
            ConnectionFailed: the server cannot be reached.
        """
        return read_task(await self._send("GET", self._connection.task_url(task_id)))

    async def quote(
        self, parameters: Mapping[str, object] | None = None, /, **more: Unpack[GenerationParameters]
    ) -> Quote:
        """Ask what a task would make and cost, without creating it.

        ```python
        quote = await client.quote(prompt="A foggy valley", aspect_ratio="9:16", duration=10)
        ```

        Args:
            parameters: the request as one mapping, as for ``create``.
            **more: parameters by name.

        Raises:
            ApiError: ``create`` would be refused for the same reasons; ``details`` names every broken rule.
            ConnectionFailed: the server cannot be reached.
        """
        body = request_body(parameters, more)
        return read_answer(await self._send("POST", self._connection.quote_url, body), Quote)

    async def usage(
        self,
        since: date | str | None = None,
        until: date | str | None = None,
        group_by: Sequence[str] = ("day",),
    ) -> UsageList:
        """Ask what your account used and was charged.

        ```python
        print((await client.usage("2026-11-01", "2026-11-30", ["key"])).total.cost)
        ```

        Args:
            since: the first day, in UTC; 30 days before the last if left out.
            until: the last day, itself included; today if left out.
            group_by: any of day, key, model and mode; none for one line.

        Raises:
            InvalidRequest: a day or a name is not one.
            ConnectionFailed: the server cannot be reached.
        """
        url = httpx2.URL(self._connection.usage_url, params=usage_query(since, until, group_by))
        return read_answer(await self._send("GET", str(url)), UsageList)

    async def list_page(self, after: str | None = None, **query: Unpack[ListParameters]) -> TaskList:
        """Read one page of your tasks, the newest first unless asked otherwise.

        Args:
            after: ``next_cursor`` of the page before.
            **query: filters, ``limit`` and ``order``.

        Raises:
            InvalidRequest: a filter is not one.
            ConnectionFailed: the server cannot be reached.
        """
        asked: dict[str, object] = {**query, "after": after}
        given = {name: str(value) for name, value in asked.items() if value is not None}
        url = httpx2.URL(self._connection.tasks_url, params=given)
        return read_answer(await self._send("GET", str(url)), TaskList)

    async def list(self, **query: Unpack[ListParameters]) -> AsyncIterator[TaskResource]:
        """Go through all of your tasks that pass some filters, page by page.

        ```python
        async for task in client.list(status="failed", order="asc"):
            print(task.id, task.error)
        ```

        Args:
            **query: filters, ``order``, and in ``limit`` how many to ask for at a time.

        Raises:
            InvalidRequest: a filter is not one.
            ConnectionFailed: the server cannot be reached.
        """
        cursor: str | None = None
        while True:
            page = await self.list_page(cursor, **query)
            for task in page.data:
                yield task
            cursor = page.next_cursor
            if cursor is None:
                return

    async def cancel(self, task_id: str) -> TaskResource:
        """Cancel a task, waiting or running; one that has ended stays as it is.

        Args:
            task_id: its id, or your own ``external_task_id``.

        Returns:
            The task as it is now.

        Raises:
            NotFound: there is no such task in your account.
            ConnectionFailed: the server cannot be reached; calling again is safe.
        """
        return read_task(await self._send("POST", f"{self._connection.task_url(task_id)}/cancel"))

    async def delete(self, task_id: str) -> None:
        """Delete a task that has ended, with its result and all files of it.

        Args:
            task_id: its id, or your own ``external_task_id``.

        Raises:
            Conflict: it has not ended; cancel it first.
            NotFound: there is no such task in your account.
            ConnectionFailed: the server cannot be reached.
        """
        read_answer(await self._send("DELETE", self._connection.task_url(task_id)), DeletedTask)

    async def watch(
        self, task: TaskResource | str, *, timeout_s: float | None = None
    ) -> AsyncIterator[TaskEvent]:
        """Follow a task live: how it stands, then every change until it has ended, the end included.

        A stream that breaks is taken up where it broke; a server that is away is borne with for up to two
        minutes.

        ```python
        async for event in client.watch(task):
            print(event.status, event.stage, event.progress)
        ```

        Args:
            task: the task, or its id.
            timeout_s: seconds after which a broken stream is not taken up any more.

        Raises:
            NotFound: there is no such task in your account, or not any more.
            WaitTimeout: it was not done in time.
            ConnectionFailed: the server stayed away.
        """
        pace, reader = Pace(task if isinstance(task, str) else task.id, timeout_s), EventReader()
        while True:
            try:
                async with aclosing(self._events(pace.task_id, reader)) as events:
                    async for event in events:
                        yield event
                        if event.status in ENDED:
                            return
                await asyncio.sleep(pace.after_answer())
            except (ConnectionFailed, ApiError) as error:
                await asyncio.sleep(pace.after_error(error))

    async def _events(self, task_id: str, reader: EventReader) -> AsyncGenerator[TaskEvent]:
        """The events of one stream."""
        url = f"{self._connection.task_url(task_id)}/events"
        headers = {**self._connection.headers, **reader.headers()}
        try:
            async with self._http.stream("GET", url, headers=headers) as response:
                if response.is_error:
                    await response.aread()
                    raise read_error(response)
                async for line in response.aiter_lines():
                    event = reader.feed(line)
                    if event is not None:
                        yield event
        except (httpx2.RequestError, httpx2.InvalidURL) as error:
            raise self._connection.failure(error) from error

    async def wait(
        self,
        task: TaskResource | str,
        *,
        on_progress: Callable[[TaskResource], object] | None = None,
        timeout_s: float | None = None,
    ) -> TaskResource:
        """Wait until a task is done.

        It asks again after 0.2 s at first and every 2 s later, and bears with a server that is away for up
        to two minutes, restarting perhaps.

        ```python
        done = await client.wait(task, on_progress=lambda t: print(t.status, t.progress))
        ```

        Args:
            task: the task, or its id.
            on_progress: called with every answer, the last one included.
            timeout_s: seconds to wait at most.

        Returns:
            The completed task.

        Raises:
            TaskFailed: it ended without a result.
            WaitTimeout: it was not done in time.
            ConnectionFailed: the server stayed away.
        """
        pace = Pace(task if isinstance(task, str) else task.id, timeout_s)
        while True:
            try:
                current = await self.get(pace.task_id)
            except (ConnectionFailed, ApiError) as error:
                await asyncio.sleep(pace.after_error(error))
                continue
            if on_progress:
                on_progress(current)
            if current.status == "completed":
                return current
            if current.status == "failed":
                raise task_failure(current)
            await asyncio.sleep(pace.after_answer())

    async def generate(
        self,
        parameters: Mapping[str, object] | None = None,
        /,
        *,
        on_progress: Callable[[TaskResource], object] | None = None,
        timeout_s: float | None = None,
        **more: Unpack[GenerationParameters],
    ) -> TaskResource:
        """Create a task and wait until it is done: ``create`` and ``wait`` in one.

        ```python
        task = await client.generate(prompt="Snow on a street at night", aspect_ratio="1:1", mode="std")
        ```
        """
        created = await self.create(parameters, **more)
        return await self.wait(created, on_progress=on_progress, timeout_s=timeout_s)

    async def download(
        self,
        task: TaskResource,
        path: str | os.PathLike[str],
        *,
        watermarked: bool = False,
        on_progress: Callable[[int, int | None], object] | None = None,
    ) -> Path:
        """Fetch a completed task's video.

        The file appears at ``path`` when it is whole and not before; a connection that breaks is taken up
        where it broke, and a link that has expired is replaced by a fresh one.

        Args:
            task: a completed task.
            path: where to put the file; an existing one is replaced. Its folder must exist.
            watermarked: fetch the watermarked copy instead.
            on_progress: called with the bytes received and, if known, those there are.

        Returns:
            ``path``.

        Raises:
            DownloadFailed: it could not be fetched whole.
            UnexpectedAnswer: the task has no such video.
            OSError: the file cannot be written.
        """
        url = result_url(task, watermarked=watermarked)
        refreshed = False
        with Transfer(Path(path)) as transfer:
            while not transfer.finished:
                try:
                    await self._fetch(url, transfer, on_progress)
                    await asyncio.to_thread(transfer.finish)
                except Forbidden:
                    if refreshed:
                        raise
                    refreshed = True
                    url = result_url(await self.get(task.id), watermarked=watermarked)
                except BREAKS as error:
                    await asyncio.sleep(transfer.pause_s(error))
        return transfer.destination

    async def _fetch(
        self, url: str, transfer: Transfer, on_progress: Callable[[int, int | None], object] | None
    ) -> None:
        # The link is the permission: the key stays at home, wherever the link leads.
        async with self._http.stream(
            "GET", url, headers=transfer.headers(), follow_redirects=True
        ) as response:
            if response.is_error:
                await response.aread()
                raise read_error(response)
            transfer.begin(response.status_code, response.headers)
            async for chunk in response.aiter_bytes(CHUNK_BYTES):
                await asyncio.to_thread(transfer.write, chunk)
                if on_progress:
                    on_progress(transfer.received_bytes, transfer.total_bytes)

    async def _send_create(self, url: str, body: Mapping[str, object]) -> httpx2.Response:
        """Send a call that makes something, again where that is safe and may help."""
        retry = CreateRetry()
        while True:
            try:
                response = await self._send("POST", url, body, retry.headers)
                if response.is_success:
                    return response
                raise read_error(response)
            except RETRIED as error:
                await asyncio.sleep(retry.pause_s(error))

    async def _send(
        self,
        method: str,
        url: str,
        body: Mapping[str, object] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> httpx2.Response:
        headers = {**self._connection.headers, **(headers or {})}
        try:
            return await self._http.request(method, url, json=body, headers=headers)
        except (httpx2.RequestError, httpx2.InvalidURL) as error:
            raise self._connection.failure(error) from error
