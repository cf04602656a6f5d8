"""What each look costs at 720p, beside encoding the same frames, in one run: `make bench`.

The frames are those of an animated photograph that moves throughout; OpenCV is held to one thread, so that a
look's figure is that of one core. Looks and encoding take turns. Results go to bench/results/.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import cv2
import skimage
from bench.keeping import keep

from kirin_video.domain.prompt import read_prompt
from kirin_video.domain.shot import Picture, Quality, Shot
from kirin_video.engines.previs import PrevisEngine
from kirin_video.engines.previs.looks import UNTOUCHED, make_look
from kirin_video.engines.previs.plan import Style
from kirin_video.media.encode import Mp4Writer
from kirin_video.media.frames import I420Frame

PHOTO = Path(skimage.__file__).parent / "data" / "coffee.png"
WARM_UP, COUNTED = 4, 14


def source() -> list[I420Frame]:
    """Frames of a photograph that is panned over."""
    photo = Picture(path=PHOTO, width=600, height=400)
    shot = Shot(
        prompt=read_prompt("The camera pans right over <<<image_1>>>"),
        quality=Quality.STD,
        width=1176,
        height=784,
        num_frames=WARM_UP + COUNTED,
        seed=7,
        first_frame=photo,
        images=(photo,),
    )
    frames = PrevisEngine().render(shot, lambda _: None).frames
    assert frames is not None
    return [frame.copied() for frame in frames if isinstance(frame, I420Frame)]


def encode_ms(frames: list[I420Frame]) -> float:
    """Milliseconds of CPU to encode a frame."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "out.mp4"
        started = time.process_time()
        with Mp4Writer(path, frames[0].width, frames[0].height, quality=Quality.STD) as writer:
            for frame in frames:
                writer.write(frame)
        return (time.process_time() - started) * 1000 / len(frames)


def look_ms(style: Style, frames: list[I420Frame]) -> tuple[float, list[I420Frame]]:
    """Milliseconds of CPU a frame, once warm, and what was painted."""
    look = make_look(style, width=frames[0].width, height=frames[0].height, seed=7)
    assert look is not None
    painted, spent = [], []
    for frame in frames:
        started = time.process_time()
        seen = look.apply(frame)
        spent.append((time.process_time() - started) * 1000)
        painted.append(seen.copied())
    return statistics.mean(spent[WARM_UP:]), painted


def rows(styles: list[Style]) -> Iterator[tuple[str, dict[str, float]]]:
    """One row a style."""
    frames = source()
    for style in styles:
        plain = encode_ms(frames)
        look, painted = look_ms(style, frames)
        encoded = encode_ms(painted)
        yield (
            style.value,
            {
                "look_ms": round(look, 1),
                "fps_one_core": round(1000 / look, 1),
                "encode_ms": round(plain, 1),
                "encode_painted_ms": round(encoded, 1),
                "times_encode_only": round((look + encoded) / plain, 2),
            },
        )


def main() -> None:
    """Measure every look, or those that are named, print a table, keep the figures of all."""
    cv2.setNumThreads(1)
    named = [Style(name) for name in sys.argv[1:]]
    found: dict[str, dict[str, float]] = {}
    for name, row in rows(named or [style for style in Style if style not in UNTOUCHED]):
        found[name] = row
        print(
            f"{name:14} {row['look_ms']:6.1f} ms  {row['fps_one_core']:6.1f} fps on one core  "
            f"{row['times_encode_only']:5.2f}x encode-only ({row['encode_ms']:.1f} ms)",
            flush=True,
        )
    keep("looks", found)


if __name__ == "__main__":
    main()
