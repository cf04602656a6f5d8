"""Styles, scripts and icons: read once, served under an address that changes with them.

All of them lie below a folder that is named for what they hold together, so that browsers may keep them for
ever, and modules can import each other by relative names without a build step.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Final

from kirin_video.console.paths import BASE

_TYPES: Final[Mapping[str, str]] = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}


@dataclass(frozen=True, slots=True)
class Asset:
    """A file for browsers.

    Attributes:
        content: its bytes.
        packed: the same by gzip.
        media_type: what it is.
    """

    content: bytes
    packed: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class Assets:
    """All of them.

    Attributes:
        version: changes whenever one of them does.
        files: by their paths, such as ``js/copy.js``.
    """

    version: str
    files: Mapping[str, Asset]

    def url(self, path: str) -> str:
        """Where a file is.

        Raises:
            KeyError: there is none of this path.
        """
        assert self.files[path] is not None
        return f"{BASE}/static/{self.version}/{path}"


def read_assets() -> Assets:
    """Read every file that is for browsers."""
    folder = resources.files("kirin_video.console") / "static"
    files = {path: _read(file, _TYPES[_suffix(path)]) for path, file in _walk(folder, "")}
    digest = hashlib.sha256()
    for path, asset in sorted(files.items()):
        digest.update(f"{path}\n{len(asset.content)}\n".encode() + asset.content)
    return Assets(digest.hexdigest()[:16], files)


def takes_gzip(header: str) -> bool:
    """Whether whoever sent this ``Accept-Encoding`` takes gzip."""
    offers = [offer.replace(" ", "").lower().partition(";q=") for offer in header.split(",")]
    return any(name == "gzip" and not _is_zero(weight) for name, _, weight in offers)


def _is_zero(weight: str) -> bool:
    return bool(weight) and not weight.strip("0.")


def _read(file: Traversable, media_type: str) -> Asset:
    content = file.read_bytes()
    return Asset(content, gzip.compress(content, mtime=0), media_type)


def _suffix(path: str) -> str:
    return path[path.rindex(".") :]


def _walk(folder: Traversable, prefix: str) -> Iterator[tuple[str, Traversable]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _walk(entry, f"{prefix}{entry.name}/")
        else:
            yield prefix + entry.name, entry
