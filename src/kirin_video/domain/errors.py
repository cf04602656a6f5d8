"""What can go wrong, named once.

KirinError
├── Rejected                the caller's request cannot be accepted
│   ├── InvalidRequest      one or more violations of the rules
│   ├── MalformedBody       not JSON, or JSON we refuse (NaN, duplicate keys, too deep)
│   ├── BodyTooLarge
│   ├── Unauthenticated     no key, or one that is wrong, revoked or expired
│   ├── InsufficientFunds
│   ├── Forbidden           the key lacks the scope
│   ├── NotFound            also what belongs to another account
│   ├── Conflict            an id used before with another request
│   ├── TooManyRequests
│   └── Overloaded
└── TaskFailure             an accepted task that ends without a result

Facts are attributes. The code and HTTP status of each fault are the business of the dialects in ``http``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kirin_video.domain.access import Standing


class Fault(StrEnum):
    """Every reason for refusing a request or failing a task, in words; dialects translate to codes."""

    MISSING_PROMPT = "missing_prompt"
    PROMPT_TOO_LONG = "prompt_too_long"
    INVALID_PARAMETER = "invalid_parameter"
    MISSING_ASPECT_RATIO = "missing_aspect_ratio"
    DURATION_NOT_ALLOWED = "duration_not_allowed"
    IMAGE_REJECTED = "image_rejected"
    VIDEO_REJECTED = "video_rejected"
    UNKNOWN_ELEMENT = "unknown_element"
    TOO_MANY_REFERENCES = "too_many_references"
    FRAMES_CONFLICT = "frames_conflict"
    UNKNOWN_REFERENCE = "unknown_reference"
    MEDIA_UNREACHABLE = "media_unreachable"
    CALLBACK_REFUSED = "callback_refused"
    CONFLICT = "conflict"
    CONTENT_POLICY = "content_policy"
    MALFORMED_JSON = "malformed_json"
    BODY_TOO_LARGE = "body_too_large"
    UNAUTHENTICATED = "unauthenticated"
    INSUFFICIENT_FUNDS = "insufficient_funds"
    FORBIDDEN = "forbidden"
    NOT_FOUND = "not_found"
    TOO_MANY_REQUESTS = "too_many_requests"
    OVERLOADED = "overloaded"
    WORKER_LOST = "worker_lost"
    TIMED_OUT = "timed_out"
    CANCELLED = "cancelled"
    GENERATION_FAILED = "generation_failed"
    RESULT_UNREADABLE = "result_unreadable"
    UPSTREAM_HTTP = "upstream_http"
    UPSTREAM_STATUS = "upstream_status"
    UPSTREAM_CREATION = "upstream_creation"


@dataclass(frozen=True, slots=True)
class Violation:
    """One broken rule.

    Attributes:
        field: path of the offending parameter, such as ``image_list[1].type``.
        fault: the kind of violation.
        message: what was wrong, what was found and what is allowed.
    """

    field: str
    fault: Fault
    message: str


class KirinError(Exception):
    """Base of every error this package raises on purpose."""


class Rejected(KirinError):
    """A request that cannot be accepted.

    Attributes:
        fault: the kind of refusal.
        message: one sentence for the caller.
        violations: the broken rules, where there are any.
        retry_after_s: seconds to wait before trying again, where that helps.
    """

    fault: Fault

    def __init__(
        self,
        message: str,
        *,
        violations: tuple[Violation, ...] = (),
        retry_after_s: float | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.violations = violations
        self.retry_after_s = retry_after_s


class InvalidRequest(Rejected):
    """The request breaks one or more rules; its fault is that of the first."""

    def __init__(self, violations: tuple[Violation, ...]) -> None:
        if not violations:
            raise ValueError("an invalid request names at least one violation")
        super().__init__(" ".join(v.message for v in violations), violations=violations)
        self.fault = violations[0].fault


class MalformedBody(Rejected):
    """The body is not JSON that we accept."""

    fault = Fault.MALFORMED_JSON


class BodyTooLarge(Rejected):
    """The body is larger than the limit."""

    fault = Fault.BODY_TOO_LARGE


class Unauthenticated(Rejected):
    """No key, or not one that is valid now."""

    fault = Fault.UNAUTHENTICATED


class InsufficientFunds(Rejected):
    """The account's budget does not cover the request."""

    fault = Fault.INSUFFICIENT_FUNDS


class Forbidden(Rejected):
    """The key is valid but lacks the scope."""

    fault = Fault.FORBIDDEN


class NotFound(Rejected):
    """No such thing in this account."""

    fault = Fault.NOT_FOUND


class Conflict(Rejected):
    """The id or key was used before with another request."""

    fault = Fault.CONFLICT


class TooManyRequests(Rejected):
    """Over the account's rate or concurrency.

    Attributes:
        standing: where the account stands, if it is over a rate.
    """

    fault = Fault.TOO_MANY_REQUESTS

    def __init__(self, message: str, *, retry_after_s: float, standing: Standing | None = None) -> None:
        super().__init__(message, retry_after_s=retry_after_s)
        self.standing = standing


class Overloaded(Rejected):
    """The server cannot take the request now."""

    fault = Fault.OVERLOADED


class TaskFailure(KirinError):
    """An accepted task that ends without a result.

    Attributes:
        fault: the kind of failure.
        message: one sentence for the caller.
    """

    def __init__(self, fault: Fault, message: str) -> None:
        super().__init__(message)
        self.fault = fault
        self.message = message
