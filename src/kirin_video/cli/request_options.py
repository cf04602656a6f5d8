"""From the options of ``kirin generate`` to the body of a create call."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from pathlib import Path

from kirin_video.cli.exit_codes import CommandFailed, ExitCode, rule_lines

_URL = re.compile(r"https?://", re.IGNORECASE)
_DEFAULT_ASPECT_RATIO = "16:9"
_PURPOSES = ("base", "feature")
_NOT_UPLOADED = f"https://kirin.invalid/model/v1/files/{'0' * 20}"
"""Stands for footage that is uploaded later, so that the rest can be judged before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestOptions:
    """What was asked for on the command line.

    Attributes:
        prompt: the words.
        images: ``PATH[:first_frame|:end_frame]`` each.
        videos: ``PATH[:base|:feature]`` or ``URL[:base|:feature]`` each.
        elements: ids of subjects.
        mode: ``std`` or ``pro``; None for the server's default.
        aspect_ratio: None where a picture or footage may give it.
        duration_s: None for the server's default.
        keep_sound: ``yes`` or ``no``, for the footage.
        watermark: whether a watermarked copy is wanted too.
        seed: None to let the server draw one.
    """

    prompt: str
    images: tuple[str, ...] = ()
    videos: tuple[str, ...] = ()
    elements: tuple[str, ...] = ()
    mode: str | None = None
    aspect_ratio: str | None = None
    duration_s: int | None = None
    keep_sound: str | None = None
    watermark: bool = False
    seed: int | None = None


def request_body(options: RequestOptions) -> dict[str, object]:
    """Write the body of the create call.

    The body carries an id of its own, so that the call can be repeated when the connection breaks without
    making, and paying for, a second task.

    Args:
        options: what was asked for. Local pictures are read and sent along; URLs pass as they are.

    Returns:
        The body, ready for JSON once the ``local_footage`` is uploaded and its URLs are in place.

    Raises:
        CommandFailed: a file cannot be read, or options contradict each other.
    """
    if options.keep_sound and not options.videos:
        raise CommandFailed("--keep-sound needs a --video, whose sound it keeps.", ExitCode.USAGE)
    ratio = options.aspect_ratio
    if ratio is None and not options.images and not options.videos:
        ratio = _DEFAULT_ASPECT_RATIO
    body: dict[str, object] = {
        "model": "kirin_video_o1",
        "prompt": options.prompt,
        "image_list": [_image(given) for given in options.images],
        "video_list": [_video(given, options.keep_sound) for given in options.videos],
        "element_list": [{"element_id": given} for given in options.elements],
        "mode": options.mode,
        "aspect_ratio": ratio,
        "duration": None if options.duration_s is None else str(options.duration_s),
        "watermark_info": {"enabled": True} if options.watermark else None,
        "seed": options.seed,
        "external_task_id": f"cli-{secrets.token_hex(12)}",
    }
    return {name: value for name, value in body.items() if value is not None and value != []}


def local_footage(options: RequestOptions) -> dict[int, Path]:
    """The files among the footage, by their place in ``video_list``; their URLs come from uploading them."""
    sources = [_split(given, _PURPOSES)[0] for given in options.videos]
    return {
        index: Path(source).expanduser() for index, source in enumerate(sources) if not _URL.match(source)
    }


def check_request(body: dict[str, object]) -> None:
    """Judge a request by the rules of this very version, before a server is started for it.

    Raises:
        CommandFailed: it breaks a rule; all of them are named.
    """
    from kirin_video.domain.errors import InvalidRequest  # noqa: PLC0415  # only for the command that needs it
    from kirin_video.domain.request import parse_request  # noqa: PLC0415

    try:
        parse_request(body)
    except InvalidRequest as error:
        said = rule_lines((violation.field, violation.message) for violation in error.violations)
        raise CommandFailed(f"This cannot be generated as it stands.\n{said}", ExitCode.USAGE) from error


def _image(given: str) -> dict[str, str]:
    source, role = _split(given, ("first_frame", "end_frame"))
    entry = {"type": role} if role else {}
    if _URL.match(source):
        return {"image_url": source, **entry}
    from kirin_video.client.parameters import inline_image  # noqa: PLC0415

    try:
        return {"image_url": inline_image(Path(source).expanduser()), **entry}
    except OSError as error:
        raise CommandFailed(f"--image {source}: {error.strerror or error}.", ExitCode.USAGE) from error


def _video(given: str, keep_sound: str | None) -> dict[str, str]:
    source, role = _split(given, _PURPOSES)
    if not _URL.match(source):
        _require_readable(Path(source).expanduser())
        source = _NOT_UPLOADED
    entry = {"video_url": source}
    if role:
        entry["refer_type"] = role
    if keep_sound:
        entry["keep_original_sound"] = keep_sound
    return entry


def _require_readable(path: Path) -> None:
    try:
        with path.open("rb"):
            pass
    except OSError as error:
        raise CommandFailed(f"--video {path}: {error.strerror or error}.", ExitCode.USAGE) from error


def _split(given: str, roles: tuple[str, ...]) -> tuple[str, str | None]:
    """Part a role from a path; paths and URLs may have colons of their own."""
    source, colon, role = given.rpartition(":")
    if colon and role in roles:
        return source, role
    return given, None
