"""The library of subjects, from the client: what ``client.elements`` is."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx2

from kirin_video.client.answers import read_answer
from kirin_video.client.connection import Connection
from kirin_video.client.parameters import inline_image
from kirin_video.domain.wire import DeletedElement, ElementList, ElementResource

Picture = str | Path
"""A picture: an http(s) URL, base64, or the path of a JPEG or PNG file that is sent along."""

Body = dict[str, object]


@dataclass(frozen=True)
class Elements:
    """Your library of subjects.

    ```python
    fox = client.elements.create("Clay fox", Path("front.jpg"), [Path("side.jpg")])
    client.generate(
        prompt="<<<element_1>>> runs through snow",
        element_list=[{"element_id": fox.element_id}],
        aspect_ratio="16:9",
    )
    ```

    Attributes:
        connection: the server.
        send: sends a request: method, URL, body.
        send_create: sends one that makes something, again where that may help: URL, body.
    """

    connection: Connection
    send: Callable[[str, str, Body | None], httpx2.Response]
    send_create: Callable[[str, Body], httpx2.Response]

    def create(  # noqa: PLR0913 - an element is made of this much
        self,
        name: str,
        frontal: Picture,
        others: Sequence[Picture],
        *,
        description: str = "",
        tags: Sequence[str] = (),
        external_task_id: str | None = None,
    ) -> ElementResource:
        """Put a subject into your library.

        With pictures sent along it is completed at once. Pictures at URLs are fetched first: wait for its
        task with ``client.wait(element.task_id)``. The call is sent again where ``client.create`` is.

        Args:
            name: what it is called, 1 to 20 characters.
            frontal: the subject from the front.
            others: 1 to 3 pictures of other sides.
            description: what should be known of it besides, up to 100 characters.
            tags: words of your own to find it by.
            external_task_id: your own id for the task that makes it.

        Raises:
            InvalidRequest: the server does not take it; ``details`` names every rule that it breaks.
            ConnectionFailed: the server cannot be reached.
            OSError: a file cannot be read.
        """
        body = element_body(name, frontal, others, description, tags, external_task_id)
        return read_answer(self.send_create(self.connection.elements_url, body), ElementResource)

    def get(self, element_id: int | str) -> ElementResource:
        """Ask for an element as it is now.

        Raises:
            NotFound: there is no such element in your account.
            ConnectionFailed: the server cannot be reached.
        """
        return read_answer(self.send("GET", self.connection.element_url(element_id), None), ElementResource)

    def list_page(
        self, after: str | None = None, *, limit: int | None = None, preset: bool | None = None
    ) -> ElementList:
        """Read one page of the elements you may use, your own first and the newest of them first.

        Args:
            after: ``next_cursor`` of the page before.
            limit: elements on a page at most.
            preset: True for the presets alone, False for your own alone.

        Raises:
            InvalidRequest: the limit or the cursor is not one.
            ConnectionFailed: the server cannot be reached.
        """
        url = page_url(self.connection, after, limit, preset=preset)
        return read_answer(self.send("GET", url, None), ElementList)

    def list(self, *, preset: bool | None = None) -> Iterator[ElementResource]:
        """Go through all elements you may use, page by page.

        Args:
            preset: True for the presets alone, False for your own alone.

        Raises:
            ConnectionFailed: the server cannot be reached.
        """
        after: str | None = None
        while True:
            page = self.list_page(after, preset=preset)
            yield from page.data
            after = page.next_cursor
            if after is None:
                return

    def delete(self, element_id: int | str) -> None:
        """Remove an element and its pictures. Tasks that took it have copies of their own.

        Raises:
            NotFound: there is no such element in your account.
            Forbidden: it is a preset.
            ConnectionFailed: the server cannot be reached.
        """
        read_answer(self.send("DELETE", self.connection.element_url(element_id), None), DeletedElement)


@dataclass(frozen=True)
class AsyncElements:
    """Your library of subjects; the methods are those of ``Elements``.

    Attributes:
        connection: the server.
        send: sends a request: method, URL, body.
        send_create: sends one that makes something, again where that may help: URL, body.
    """

    connection: Connection
    send: Callable[[str, str, Body | None], Awaitable[httpx2.Response]]
    send_create: Callable[[str, Body], Awaitable[httpx2.Response]]

    async def create(  # noqa: PLR0913 - an element is made of this much
        self,
        name: str,
        frontal: Picture,
        others: Sequence[Picture],
        *,
        description: str = "",
        tags: Sequence[str] = (),
        external_task_id: str | None = None,
    ) -> ElementResource:
        """Put a subject into your library; see ``Elements.create``."""
        body = element_body(name, frontal, others, description, tags, external_task_id)
        return read_answer(await self.send_create(self.connection.elements_url, body), ElementResource)

    async def get(self, element_id: int | str) -> ElementResource:
        """Ask for an element as it is now; see ``Elements.get``."""
        url = self.connection.element_url(element_id)
        return read_answer(await self.send("GET", url, None), ElementResource)

    async def list_page(
        self, after: str | None = None, *, limit: int | None = None, preset: bool | None = None
    ) -> ElementList:
        """Read one page of the elements you may use; see ``Elements.list_page``."""
        url = page_url(self.connection, after, limit, preset=preset)
        return read_answer(await self.send("GET", url, None), ElementList)

    async def list(self, *, preset: bool | None = None) -> AsyncIterator[ElementResource]:
        """Go through all elements you may use; see ``Elements.list``."""
        after: str | None = None
        while True:
            page = await self.list_page(after, preset=preset)
            for element in page.data:
                yield element
            after = page.next_cursor
            if after is None:
                return

    async def delete(self, element_id: int | str) -> None:
        """Remove an element and its pictures; see ``Elements.delete``."""
        url = self.connection.element_url(element_id)
        read_answer(await self.send("DELETE", url, None), DeletedElement)


def element_body(  # noqa: PLR0913, PLR0917 - an element is made of this much
    name: str,
    frontal: Picture,
    others: Sequence[Picture],
    description: str,
    tags: Sequence[str],
    external_task_id: str | None,
) -> Body:
    """Put the body of a create call together; files are read.

    Raises:
        OSError: a file cannot be read.
    """
    body: Body = {
        "element_name": name,
        "element_description": description,
        "element_frontal_image": _source(frontal),
        "element_refer_list": [{"image_url": _source(other)} for other in others],
        "tag_list": [{"tag_id": tag} for tag in tags],
    }
    return body if external_task_id is None else {**body, "external_task_id": external_task_id}


def page_url(connection: Connection, after: str | None, limit: int | None, *, preset: bool | None) -> str:
    """The address of a page of the list."""
    asked = {
        "after": after,
        "limit": None if limit is None else str(limit),
        "preset": None if preset is None else str(preset).lower(),
    }
    given = {name: value for name, value in asked.items() if value is not None}
    return str(httpx2.URL(connection.elements_url, params=given))


def _source(picture: Picture) -> str:
    return inline_image(picture) if isinstance(picture, Path) else picture
