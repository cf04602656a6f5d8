"""Where the server is and how to talk to it; what the sync and the async client have in common."""

from __future__ import annotations

import os
from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import quote

import httpx2

from kirin_video.client.errors import (
    ClientError,
    ConnectionFailed,
    NotConfigured,
    ServerError,
    TooManyRequests,
    UnexpectedAnswer,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

CREATE_PATH = "/model/v1/generation"
FILES_PATH = "/model/v1/files"

TIMEOUT = httpx2.Timeout(60.0, connect=10.0)
"""A create call may carry 96 MiB upwards, and each wait of it counts by itself."""

CHUNK_BYTES = 1 << 18
"""A download is written in pieces of this size."""

BREAKS = (httpx2.HTTPError, httpx2.StreamError, ServerError, TooManyRequests)
"""What interrupts a download without ending it."""


@dataclass(frozen=True, slots=True)
class Connection:
    """A server and the key for it.

    Attributes:
        base_url: without a trailing slash.
        api_key: sent to this server only, never along with a result link.
    """

    base_url: str
    api_key: str

    @property
    def headers(self) -> dict[str, str]:
        """What every call to the API carries."""
        return {"Authorization": f"Bearer {self.api_key}", "Accept": "application/json"}

    @property
    def trust_env(self) -> bool:
        """Whether proxies of the environment apply; not on the way to this very machine."""
        host = httpx2.URL(self.base_url).host
        try:
            return not ip_address(host).is_loopback
        except ValueError:
            return host != "localhost"

    @property
    def create_url(self) -> str:
        """Where tasks are created."""
        return self.base_url + CREATE_PATH

    @property
    def files_url(self) -> str:
        """Where files are uploaded."""
        return self.base_url + FILES_PATH

    @property
    def tasks_url(self) -> str:
        """Where tasks are listed."""
        return self.create_url + "/tasks"

    @property
    def quote_url(self) -> str:
        """Where requests are priced."""
        return self.create_url + "/quote"

    @property
    def usage_url(self) -> str:
        """Where it is told what was used."""
        return f"{self.base_url}/model/v1/usage"

    @property
    def elements_url(self) -> str:
        """Where elements are created and listed."""
        return f"{self.base_url}/model/v1/elements"

    @property
    def callbacks_url(self) -> str:
        """Below here is what concerns callbacks."""
        return f"{self.base_url}/model/v1/callbacks"

    def element_url(self, element_id: int | str) -> str:
        """Where an element is found."""
        return f"{self.elements_url}/{quote(str(element_id), safe='')}"

    def task_url(self, task_id: str) -> str:
        """Where a task is found, by its id or by its ``external_task_id``."""
        return f"{self.create_url}/task/{quote(task_id, safe='')}"

    def failure(self, error: Exception) -> ClientError:
        """Say in plain words why a call did not come through."""
        if isinstance(error, httpx2.ConnectError | httpx2.ConnectTimeout):
            return ConnectionFailed(
                f"No server answers at {self.base_url}. Is it running, and the address right?"
            )
        if isinstance(error, httpx2.InvalidURL | httpx2.UnsupportedProtocol):
            return NotConfigured(
                f"{self.base_url} is not the address of a server; it starts with http:// or https://."
            )
        if isinstance(error, httpx2.DecodingError):
            return UnexpectedAnswer(f"{self.base_url} answered what cannot be decoded: {error}")
        return ConnectionFailed(
            f"The connection to {self.base_url} failed: {str(error) or type(error).__name__}."
        )


def connection(
    base_url: str | None, api_key: str | None, environment: Mapping[str, str] | None = None
) -> Connection:
    """Settle which server to use.

    Args:
        base_url: its address; ``KIRIN_BASE_URL`` where None.
        api_key: the key; ``KIRIN_API_KEY`` where None.
        environment: the variables to read; the process's own where None.

    Raises:
        NotConfigured: one of them is missing.
    """
    variables = os.environ if environment is None else environment
    base_url = base_url or variables.get("KIRIN_BASE_URL") or ""
    api_key = api_key or variables.get("KIRIN_API_KEY") or ""
    if not base_url:
        raise NotConfigured(
            "Which server? Set KIRIN_BASE_URL, such as http://127.0.0.1:8080, or pass base_url."
        )
    if not base_url.startswith(("http://", "https://")):
        raise NotConfigured(f"{base_url} is not the address of a server; it starts with http:// or https://.")
    if not api_key.strip().isascii() or not api_key.strip().isprintable() or not api_key.strip():
        raise NotConfigured("Which key? Set KIRIN_API_KEY, or pass api_key; `kirin keys create` makes one.")
    return Connection(base_url.rstrip("/"), api_key.strip())
