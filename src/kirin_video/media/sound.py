"""The sound of a caller's footage, read in a locked-down child and ready to be put into a clip.

Nothing here decodes: packets of AAC go from the child into the file as they are.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Final

from pydantic import BaseModel, Field, StringConstraints, TypeAdapter, ValidationError

from kirin_video.domain.shot import Clip
from kirin_video.media.errors import UnreadableClip
from kirin_video.media.sandbox import Payload, ReaderLost, ReaderTooSlow, Sandbox
from kirin_video.media.sound_reader import LAYOUTS, PACKET, RATES

_ADTS: Final = 0xFFF0  # the first bits of a packet that is not raw AAC
_LONGEST_PACKET: Final = 8192 * 8


@dataclass(frozen=True, slots=True)
class SoundPacket:
    """One packet of raw AAC.

    Attributes:
        pts: when it begins, in samples from the clip's first frame; below 0 for what is not heard.
        duration: samples.
        data: the packet.
    """

    pts: int
    duration: int
    data: bytes


@dataclass(frozen=True, slots=True)
class SoundTrack:
    """AAC for a whole clip; a few hundred kilobytes.

    Attributes:
        rate: samples a second.
        layout: such as ``stereo`` or ``5.1``.
        extradata: the AudioSpecificConfig of ISO/IEC 14496-3, which decoders need.
        copied: whether the packets are the footage's own.
        packets: in order.
    """

    rate: int
    layout: str
    extradata: bytes
    copied: bool
    packets: tuple[SoundPacket, ...]


class _Facts(BaseModel):
    """What the child says, not to be trusted."""

    rate: int
    layout: Annotated[str, StringConstraints(max_length=40)]
    extradata: Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{2}){2,64}$")]
    copied: bool
    packets: int = Field(gt=0, lt=100_000)
    bytes: int = Field(gt=0, le=32 << 20)


def read_sound(sandbox: Sandbox, clip: Clip, num_frames: int, *, fade_frames: int = 0) -> SoundTrack | None:
    """The sound of footage, for a clip of so many frames that begins with the footage's first.

    Args:
        sandbox: where the file is read.
        clip: the footage.
        num_frames: length of the clip at 24 frames a second; sound beyond it is left out.
        fade_frames: over how many of its last frames sound that goes on beyond them fades out.

    Returns:
        The sound, or None where the footage has none.

    Raises:
        UnreadableClip: there is a sound track, but it cannot be read.
        SandboxUnavailable: nothing can be read safely on this machine.
    """
    file = os.open(clip.path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        request = {"kind": "sound", "limits": {"num_frames": num_frames, "fade_frames": fade_frames}}
        return sandbox.hear(request, file, _track)
    except (ReaderLost, ReaderTooSlow, ValidationError, ValueError) as error:
        raise UnreadableClip(f"the sound of the footage cannot be read: {error}") from error
    finally:
        os.close(file)


def _track(answer: dict[str, object], payload: Payload) -> SoundTrack | None:
    if answer.get("refused") == "no_sound":
        return None
    facts = TypeAdapter(_Facts).validate_python(answer.get("facts"))
    if facts.rate not in RATES:
        raise ValueError(f"{facts.rate} samples a second")
    sent = b"".join(payload.pieces(facts.bytes))
    return SoundTrack(
        facts.rate,
        facts.layout if facts.layout in LAYOUTS else "stereo",
        bytes.fromhex(facts.extradata),
        facts.copied,
        tuple(_packets(sent, facts.packets)),
    )


def _packets(sent: bytes, count: int) -> Iterator[SoundPacket]:
    """Take the packets apart.

    Raises:
        ValueError: they are not what was announced, or not raw AAC.
    """
    at, last = 0, -(1 << 40)
    for _ in range(count):
        pts, duration, size = PACKET.unpack_from(sent, at)
        at += PACKET.size
        data = sent[at : at + size]
        at += size
        if len(data) != size or not 1 < size <= _LONGEST_PACKET or not last < pts < 1 << 40:
            raise ValueError("a packet is not what was announced")
        if int.from_bytes(data[:2], "big") & _ADTS == _ADTS:
            raise ValueError("a packet is not raw AAC")
        last = pts
        yield SoundPacket(pts, duration, data)
