"""Reads what a form sends: small, plain text, each field once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl

from kirin_video.domain.errors import BodyTooLarge, MalformedBody
from kirin_video.http.steady import steady_stream

if TYPE_CHECKING:
    from starlette.requests import Request

TOKEN: Final = "form_token"  # noqa: S105 - the name of a field
"""The hidden field that every form of a session carries."""

_MAX_BYTES: Final = 64 * 1024
_MAX_FIELDS: Final = 200
_TYPE: Final = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Form:
    """What a form sent.

    Attributes:
        fields: the values of each field.
    """

    fields: Mapping[str, Sequence[str]] = field(default_factory=dict[str, list[str]])

    def text(self, name: str) -> str:
        """The value of a field without the spaces around it; empty if it was not sent."""
        return self.raw(name).strip()

    def raw(self, name: str) -> str:
        """The value of a field as it was sent, as passwords want it."""
        return (self.fields.get(name) or [""])[0]

    def all(self, name: str) -> Sequence[str]:
        """Every value of a field, such as of boxes that are ticked."""
        return self.fields.get(name, ())


async def read_form(request: Request, max_bytes: int = _MAX_BYTES) -> Form:
    """Read the body of a request as a form.

    Args:
        request: a request whose body has not been touched.
        max_bytes: of the body.

    Raises:
        BodyTooLarge: it is larger than any form of ours.
        MalformedBody: it is not a form, or not text.
        HTTPException: 408, it arrives too slowly.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _TYPE:
        raise MalformedBody("The body is not a form.")
    body = bytearray()
    async for chunk in steady_stream(request):
        body += chunk
        if len(body) > max_bytes:
            raise BodyTooLarge("The form is larger than any of ours.")
    return _parse(bytes(body))


def _parse(body: bytes) -> Form:
    try:
        pairs = parse_qsl(
            body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=_MAX_FIELDS
        )
    except (UnicodeDecodeError, ValueError) as error:
        raise MalformedBody("The body is not a form.") from error
    fields: dict[str, list[str]] = {}
    for name, value in pairs:
        if "\0" in value:
            raise MalformedBody("The form holds a character that no text has.")
        fields.setdefault(name, []).append(value.replace("\r\n", "\n"))
    return Form(fields)
