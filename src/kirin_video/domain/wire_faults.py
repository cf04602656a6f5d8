"""The one table from faults to the codes and statuses of the native API."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from kirin_video.domain.errors import Fault


class WireFault(NamedTuple):
    """How a fault reads on the wire.

    Attributes:
        code: nine digits. Codes that start with ``000000`` repeat an HTTP status; the others are the model's.
        status: the HTTP status of a refused request. Faults which only ever end an accepted task carry 500:
            raised during a request, they are our mistake.
    """

    code: str
    status: int


WIRE_FAULTS: Mapping[Fault, WireFault] = MappingProxyType(
    {
        Fault.MISSING_PROMPT: WireFault("002015001", 400),
        Fault.PROMPT_TOO_LONG: WireFault("002015002", 400),
        Fault.INVALID_PARAMETER: WireFault("002015003", 400),
        Fault.MISSING_ASPECT_RATIO: WireFault("002015004", 400),
        Fault.DURATION_NOT_ALLOWED: WireFault("002015005", 400),
        Fault.IMAGE_REJECTED: WireFault("002015006", 400),
        Fault.VIDEO_REJECTED: WireFault("002015007", 400),
        Fault.UNKNOWN_ELEMENT: WireFault("002015008", 400),
        Fault.TOO_MANY_REFERENCES: WireFault("002015009", 400),
        Fault.FRAMES_CONFLICT: WireFault("002015010", 400),
        Fault.UNKNOWN_REFERENCE: WireFault("002015011", 400),
        Fault.MEDIA_UNREACHABLE: WireFault("002015012", 400),
        Fault.CALLBACK_REFUSED: WireFault("002015013", 400),
        Fault.CONFLICT: WireFault("002015014", 409),
        Fault.CONTENT_POLICY: WireFault("002015015", 400),
        Fault.MALFORMED_JSON: WireFault("002015016", 400),
        Fault.BODY_TOO_LARGE: WireFault("002015017", 413),
        Fault.UNAUTHENTICATED: WireFault("000000401", 401),
        Fault.INSUFFICIENT_FUNDS: WireFault("000000402", 402),
        Fault.FORBIDDEN: WireFault("000000403", 403),
        Fault.NOT_FOUND: WireFault("000000404", 404),
        Fault.TOO_MANY_REQUESTS: WireFault("000000429", 429),
        Fault.OVERLOADED: WireFault("000000503", 503),
        Fault.WORKER_LOST: WireFault("002015092", 500),
        Fault.TIMED_OUT: WireFault("002015093", 500),
        Fault.CANCELLED: WireFault("002015094", 500),
        Fault.GENERATION_FAILED: WireFault("002015095", 500),
        Fault.RESULT_UNREADABLE: WireFault("002015096", 500),
        Fault.UPSTREAM_HTTP: WireFault("002015097", 500),
        Fault.UPSTREAM_STATUS: WireFault("002015098", 500),
        Fault.UPSTREAM_CREATION: WireFault("002015099", 500),
    }
)
"""The table: every fault has its line, and tests hold it to that."""
