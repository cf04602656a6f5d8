"""What a client can run into.

ClientError
├── NotConfigured          no server or no key was named
├── ConnectionFailed       the server cannot be reached, or stopped answering
├── UnexpectedAnswer       something answered, but not a kirin-video server
├── ApiError               the server refused: code, message, details, request_id
│   ├── InvalidRequest         400, and 413: the request itself
│   ├── Unauthenticated        401
│   ├── InsufficientFunds      402
│   ├── Forbidden              403
│   ├── NotFound               404
│   ├── Conflict               409: an id used before with another request
│   ├── TooManyRequests        429: ``retry_after_s`` says when to come back
│   └── ServerError            5xx
├── TaskFailed             the task ended without a result
├── WaitTimeout            the task was not done in time; it goes on, and can be waited for again
├── DownloadFailed         the result could not be fetched whole
└── CallbackNotTrusted     a callback is not from the server that shares the secret, or too old
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kirin_video.domain.callback_signature import Mismatch
    from kirin_video.domain.wire import TaskResource


class ClientError(Exception):
    """Base of every error of the client.

    Attributes:
        message: what happened, in one or more sentences.
    """

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NotConfigured(ClientError):
    """No server or no key was named, neither as an argument nor in the environment."""


class ConnectionFailed(ClientError):
    """The server cannot be reached, or stopped answering. Whether it took the request is unknown."""


class UnexpectedAnswer(ClientError):
    """The answer is not one a kirin-video server gives; the address may be another program's."""


@dataclass(frozen=True, slots=True)
class Detail:
    """One rule that a request broke.

    Attributes:
        field: path of the parameter, such as ``image_list[1].type``.
        code: the code of this violation.
        message: what was wrong and what is allowed.
    """

    field: str
    code: str
    message: str


class ApiError(ClientError):
    """The server refused.

    Attributes:
        status: the HTTP status.
        code: the server's error code, such as ``002015004``.
        details: every broken rule, where the request broke any.
        request_id: what to quote to whoever runs the server.
        retry_after_s: seconds to wait before trying again, where the server said.
    """

    def __init__(  # noqa: PLR0913  # an error on the wire has this many facts
        self,
        message: str,
        *,
        status: int,
        code: str,
        details: Sequence[Detail] = (),
        request_id: str | None = None,
        retry_after_s: float | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.details = tuple(details)
        self.request_id = request_id
        self.retry_after_s = retry_after_s


class InvalidRequest(ApiError):
    """The request breaks the rules; ``details`` names each."""


class Unauthenticated(ApiError):
    """The key is missing, wrong, revoked or expired."""


class InsufficientFunds(ApiError):
    """The account's budget does not cover the request."""


class Forbidden(ApiError):
    """The key may not do this, or a signed link has expired."""


class NotFound(ApiError):
    """There is no such thing in this account."""


class Conflict(ApiError):
    """The id was used before with another request, or the task has not ended and cannot be deleted."""


class TooManyRequests(ApiError):
    """Over the account's rate or concurrency; ``retry_after_s`` says when to come back."""


class ServerError(ApiError):
    """The server failed or is overloaded."""


class TaskFailed(ClientError):
    """The task ended without a result.

    Attributes:
        task: the task as it ended.
        code: why, as a code.
    """

    def __init__(self, message: str, *, task: TaskResource, code: str) -> None:
        super().__init__(message)
        self.task = task
        self.code = code


class WaitTimeout(ClientError):
    """The task was not done in time. It goes on; wait again with its id.

    Attributes:
        task_id: the task.
    """

    def __init__(self, message: str, *, task_id: str) -> None:
        super().__init__(message)
        self.task_id = task_id


class DownloadFailed(ClientError):
    """The result could not be fetched whole; nothing was left at the destination."""


class CallbackNotTrusted(ClientError):
    """A callback that does not come from the server that shares the secret, or comes too late.

    Attributes:
        why: what is wrong with its signature; None if that is right and the rest is not.
    """

    def __init__(self, message: str, *, why: Mismatch | None) -> None:
        super().__init__(message)
        self.why = why
