"""Presets as elements of everybody's library; their pictures are drawn when they are first needed."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import logging
import os
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from kirin_video.domain.element import Element, StoredPicture
from kirin_video.domain.errors import Overloaded
from kirin_video.domain.task import TaskStatus
from kirin_video.presets.catalogue import NUM_VIEWS, PRESETS, SIDE_PX, Preset
from kirin_video.services.room import refusing_when_full
from kirin_video.store.blobs import BlobNotFound, LocalBlobs

_INTRODUCED: Final = datetime(2026, 1, 1, tzinfo=UTC)
_DRAWING_S: Final = 120.0
_KEPT_VARIABLES: Final = ("PATH", "PYTHONPATH", "LANG", "LD_LIBRARY_PATH")

_log = logging.getLogger(__name__)


class PresetElements:
    """The presets.

    Args:
        blobs: where their pictures are kept, once they are drawn.
        scratch: a folder for pictures that are being drawn.
    """

    def __init__(self, blobs: LocalBlobs, scratch: Path) -> None:
        self.all: tuple[Element, ...] = tuple(_element(preset) for preset in reversed(PRESETS))
        self._by_id = {preset.id: preset for preset in PRESETS}
        self._ids_by_key = {
            preset.picture_key(view): preset.id for preset in PRESETS for view in range(NUM_VIEWS)
        }
        self._blobs = blobs
        self._scratch = scratch
        self._turn = asyncio.Lock()

    def find(self, element_id: int) -> Element | None:
        """The preset of a number, if it is one."""
        return next((each for each in self.all if each.id == element_id), None)

    def keys(self, element_id: int) -> tuple[str, ...]:
        """The keys of a preset's pictures, drawn or not, the frontal one first."""
        return tuple(self._by_id[element_id].picture_key(view) for view in range(NUM_VIEWS))

    def is_drawn(self, element_id: int) -> bool:
        """Whether a preset's pictures are there; if not, asking for one takes a while."""
        return self._are_there(self.keys(element_id))

    def owner(self, key: str) -> int | None:
        """The preset that a key belongs to, if any."""
        return self._ids_by_key.get(key)

    async def pictures(self, element_id: int) -> tuple[StoredPicture, ...]:
        """The pictures of a preset, drawn now if this server has not drawn them before.

        Raises:
            Overloaded: they cannot be drawn at the moment.
        """
        keys = self.keys(element_id)
        if not self._are_there(keys):
            async with self._turn:  # one at a time: drawing keeps a core busy
                if not self._are_there(keys):
                    await self._draw(element_id, keys)
        return tuple([await asyncio.to_thread(self._stored, key) for key in keys])

    def _are_there(self, keys: tuple[str, ...]) -> bool:
        try:
            return all(self._blobs.path_of(key) for key in keys)
        except BlobNotFound:
            return False

    async def _draw(self, element_id: int, keys: tuple[str, ...]) -> None:
        """Draw in a process of its own, which takes its memory with it when it ends."""
        with (
            refusing_when_full(),
            tempfile.TemporaryDirectory(dir=self._scratch, prefix="preset-") as folder,
        ):
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "kirin_video.presets",
                str(element_id),
                folder,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.DEVNULL,
                env={name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ},
            )
            try:
                async with asyncio.timeout(_DRAWING_S):
                    code = await process.wait()
                if code == 0:
                    for view, key in enumerate(keys):
                        await self._blobs.put_as(Path(folder) / f"{view}.png", key)
                    return
                _log.error("drawing preset %s ended with %s", element_id, code)
            except TimeoutError:
                _log.exception("preset %s could not be drawn", element_id)
            finally:
                with contextlib.suppress(ProcessLookupError):
                    process.kill()
                await process.wait()
        raise Overloaded("The pictures of this preset could not be drawn. Try again later.")

    def _stored(self, key: str) -> StoredPicture:
        content = self._blobs.path_of(key).read_bytes()
        return StoredPicture(
            key, "image/png", SIDE_PX, SIDE_PX, len(content), hashlib.sha256(content).hexdigest()
        )


def _element(preset: Preset) -> Element:
    return Element(
        id=preset.id,
        name=preset.name,
        description=preset.description,
        tags=preset.tags,
        status=TaskStatus.COMPLETED,
        created_at=_INTRODUCED,
    )
