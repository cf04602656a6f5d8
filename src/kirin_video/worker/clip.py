"""From a shot to finished files: the engine's frames, encoded once or twice in one pass, and read back."""

from __future__ import annotations

import logging
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import av
from av.error import FFmpegError
from pydantic import JsonValue, TypeAdapter

from kirin_video.domain.errors import Fault, TaskFailure
from kirin_video.domain.shot import Shot
from kirin_video.domain.stage import Stage
from kirin_video.engines.base import Engine, Frames, I420Frame, Rendering, RgbFrames
from kirin_video.media.colour import rgb_to_i420, to_rgb
from kirin_video.media.encode import Mp4Writer
from kirin_video.media.errors import UnreadableClip
from kirin_video.media.footage import Footage
from kirin_video.media.frames import new_i420
from kirin_video.media.probe import probe_clip
from kirin_video.media.sound import SoundTrack, read_sound
from kirin_video.media.watermark import Watermark
from kirin_video.worker.protocol import VIDEO_FILE, WATERMARK_FILE, DoneLine, RenderJob
from kirin_video.worker.showing import keep_poster, shown

_FADE_FRAMES = 12

_UNREADABLE = "The engine's result could not be read."

_SOUND_UNREADABLE = "The sound of the video could not be read, so the clip is silent."
_NO_SOUND = "The video has no sound to keep, so the clip is silent."

_log = logging.getLogger(__name__)

OnProgress = Callable[[Stage, float], None]


def make_clip(engine: Engine, job: RenderJob, on_progress: OnProgress) -> DoneLine:
    """Render a shot to files in the job's folder.

    Args:
        engine: who draws.
        job: what to make.
        on_progress: told the stage and how far it is, 0.0 to 1.0.

    Raises:
        TaskFailure: the engine cannot make it, or made something else than was asked for.
    """
    started = time.monotonic()
    rendering = engine.render(
        job.shot, lambda report: on_progress(Stage.PREPARING, min(1.0, report.fraction))
    )
    sound, about_sound = _sound(job.shot)
    _write(rendering, job, sound, on_progress)
    made = (job.folder / VIDEO_FILE, job.folder / WATERMARK_FILE)[: 1 + job.watermark]
    for number, path in enumerate(made):
        on_progress(Stage.ENCODING, number / len(made))
        _require_whole(path, job.shot)
    if rendering.frames is None:
        keep_poster(job.folder / VIDEO_FILE, job.folder)
    return DoneLine(
        engine=engine.name,
        watermarked=job.watermark,
        duration_s=job.shot.duration_s,
        notes=(*rendering.notes, *rendering.afterwards(), *about_sound),
        facts=TypeAdapter(dict[str, JsonValue]).validate_python(dict(rendering.facts)),
        job_id=rendering.job_id,
        render_s=round(time.monotonic() - started, 3),
    )


def _sound(shot: Shot) -> tuple[SoundTrack | None, tuple[str, ...]]:
    """The sound that is kept, and what to say about it.

    Raises:
        SandboxUnavailable: footage cannot be read safely on this machine.
    """
    footage = shot.base or shot.feature
    if footage is None or not shot.keep_sound:
        return None, ()
    try:
        with Footage() as reader:
            # What is edited is as long as its sound; what borrows may be shorter.
            fade = 0 if shot.base is not None else _FADE_FRAMES
            sound = read_sound(reader.sandbox, footage, shot.num_frames, fade_frames=fade)
    except UnreadableClip:
        _log.exception("the sound of the footage is lost")
        return None, (_SOUND_UNREADABLE,)
    return sound, () if sound is not None else (_NO_SOUND,)


def _write(rendering: Rendering, job: RenderJob, sound: SoundTrack | None, on_progress: OnProgress) -> None:
    shot = job.shot
    if rendering.frames is not None:
        drawn = _counted(_planes(rendering.frames, shot), shot.num_frames, on_progress)
        _encode(shown(drawn, job.folder, shot.num_frames), job, sound, clean=True)
    elif rendering.file is not None:
        shutil.copyfile(rendering.file, job.folder / VIDEO_FILE)
        if job.watermark:
            frames = _counted(_decoded(rendering.file), shot.num_frames, on_progress)
            _encode(frames, job, sound, clean=False)
    else:
        raise TaskFailure(Fault.RESULT_UNREADABLE, _UNREADABLE)


def _encode(frames: Iterator[I420Frame], job: RenderJob, sound: SoundTrack | None, *, clean: bool) -> None:
    """Encode frames, each to every copy that is wanted, before the next is asked for."""
    shot = job.shot
    with ExitStack() as stack:

        def writer(name: str) -> Mp4Writer:
            path = job.folder / name
            writer = Mp4Writer(path, shot.width, shot.height, quality=shot.quality, sound=sound)
            return stack.enter_context(writer)

        plain = writer(VIDEO_FILE) if clean else None
        marked = writer(WATERMARK_FILE) if job.watermark else None
        mark = Watermark(shot.width, shot.height)
        for frame in frames:
            if plain is not None:
                plain.write(frame)
            if marked is not None:
                with mark.over(frame if frame.y.flags.writeable else frame.copied()) as stamped:
                    marked.write(stamped)


def _decoded(path: Path) -> Iterator[I420Frame]:
    """The frames of a finished file.

    Raises:
        TaskFailure: it cannot be decoded.
    """
    try:
        with av.open(str(path), format="mov") as container:
            for picture in container.decode(video=0):
                yield rgb_to_i420(to_rgb(picture))
    except FFmpegError as error:
        raise TaskFailure(Fault.RESULT_UNREADABLE, _UNREADABLE) from error


def _planes(frames: Frames, shot: Shot) -> Iterator[I420Frame]:
    """Every frame by itself, in the colours of the file.

    Raises:
        TaskFailure: a frame is not of the shot's size.
    """
    own = new_i420(shot.width, shot.height)
    for given in frames:
        for frame in _apart(given):
            height, width = (frame.y if isinstance(frame, I420Frame) else frame).shape[:2]
            if (width, height) != (shot.width, shot.height):
                _log.error("a frame of %sx%s px in a shot of %sx%s", width, height, shot.width, shot.height)
                raise TaskFailure(Fault.RESULT_UNREADABLE, _UNREADABLE)
            yield frame if isinstance(frame, I420Frame) else rgb_to_i420(frame, into=own)


def _apart(given: I420Frame | RgbFrames) -> Iterator[I420Frame | RgbFrames]:
    if isinstance(given, I420Frame) or given.ndim == 3:  # noqa: PLR2004 - (H, W, 3)
        yield given
    else:
        yield from given


def _counted(frames: Iterator[I420Frame], expected: int, on_progress: OnProgress) -> Iterator[I420Frame]:
    """The same frames; exactly as many as expected.

    Raises:
        TaskFailure: there are fewer or more.
    """
    count = 0
    for count, frame in enumerate(frames, start=1):
        if count > expected:
            break
        yield frame
        on_progress(Stage.RENDERING, count / expected)
    if count != expected:
        _log.error("the engine made %s frames or more instead of %s", count, expected)
        raise TaskFailure(Fault.RESULT_UNREADABLE, _UNREADABLE)


def _require_whole(path: Path, shot: Shot) -> None:
    """Decode a finished file and compare it with what was asked for.

    Raises:
        TaskFailure: it differs.
    """
    try:
        facts = probe_clip(path)
    except UnreadableClip as error:
        raise TaskFailure(Fault.RESULT_UNREADABLE, _UNREADABLE) from error
    found = (facts.width, facts.height, facts.num_frames, facts.fps, facts.constant_rate)
    if found != (shot.width, shot.height, shot.num_frames, shot.fps, True):
        _log.error("%s is %s instead of what the shot asks for", path.name, found)
        raise TaskFailure(Fault.RESULT_UNREADABLE, _UNREADABLE)
