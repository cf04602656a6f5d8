"""Rendering and encoding against encode-only of the same frames, in one run: `make bench`.

Each measurement is a process of its own, so that its peak memory and CPU time are its own and nothing is warm
that a worker's child would not find warm. Beside that cold start, each clip is made as users of a server that
rests meet it: by the render child that the worker keeps ready (`warm_child`). The three cases of a clip take
turns. Clips named as arguments are measured alone. Results go to bench/results/.
"""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import skimage
from bench.keeping import keep
from bench.warm_child import measure_warm

from kirin_video.domain.prompt import read_prompt
from kirin_video.domain.shot import FPS, Picture, Quality, Shot
from kirin_video.engines.previs import PrevisEngine
from kirin_video.media.encode import Mp4Writer
from kirin_video.media.frames import I420Frame

REPEATS = 3
WARM = 2
"""So many frames are drawn before the steady rate is taken: the first ones load what was compiled."""
PHOTO = Path(skimage.__file__).parent / "data" / "coffee.png"
LAST = PHOTO.with_name("rocket.jpg")
STEREO = PHOTO.with_name("motorcycle_left.png"), PHOTO.with_name("motorcycle_right.png")
SIZES = {"720p": (1280, 720, Quality.STD), "1080p": (1920, 1080, Quality.PRO)}


def shots() -> dict[str, Shot]:
    """The clips of the demo and two between pictures, at both sizes; all with a photograph have one ratio."""
    found: dict[str, Shot] = {}
    for size, (width, height, quality) in SIZES.items():
        found[f"text {size}"] = Shot(
            prompt=read_prompt("Sunset over a mountain lake, the camera slowly pushes in"),
            quality=quality,
            width=width,
            height=height,
            num_frames=5 * FPS,
            seed=7,
        )
        photo = Picture(path=PHOTO, width=600, height=400)
        side = (width * height / (photo.width * photo.height)) ** 0.5
        found[f"photo {size}"] = Shot(
            prompt=read_prompt("The camera slowly pushes in on <<<image_1>>>"),
            quality=quality,
            width=round(photo.width * side / 2) * 2,
            height=round(photo.height * side / 2) * 2,
            num_frames=5 * FPS,
            seed=7,
            first_frame=photo,
            images=(photo,),
        )
        last = Picture(path=LAST, width=640, height=427)
        found[f"first and last {size}"] = found[f"photo {size}"].model_copy(
            update={
                "prompt": read_prompt("The camera pushes in and flies through"),
                "last_frame": last,
                "images": (photo, last),
            }
        )
        left, right = (Picture(path=path, width=741, height=500) for path in STEREO)
        found[f"one scene {size}"] = found[f"photo {size}"].model_copy(
            update={
                "prompt": read_prompt("The camera moves"),
                "first_frame": left,
                "last_frame": right,
                "images": (left, right),
            }
        )
    return found


def render_and_encode(shot: Shot, out: Path) -> dict[str, float]:
    """What a worker's child does, timed from the engine's start to the finished file."""
    started = time.perf_counter()
    rendering = PrevisEngine().render(shot, lambda _: None)
    assert rendering.frames is not None
    ready: list[float] = []
    with Mp4Writer(out, shot.width, shot.height, quality=shot.quality) as writer:
        for frame in rendering.frames:
            ready.append(time.perf_counter() - started)
            writer.write(frame)
    steady = (len(ready) - 1 - WARM) / (ready[-1] - ready[WARM])
    return {"seconds": time.perf_counter() - started, "first_frame_s": ready[0], "steady_fps": steady}


def encode_only(shot: Shot, out: Path) -> dict[str, float]:
    """The same frames, kept in memory first, so that only encoding is timed."""
    rendering = PrevisEngine().render(shot, lambda _: None)
    assert rendering.frames is not None
    frames = [f.copied() if isinstance(f, I420Frame) else f.copy() for f in rendering.frames]
    started = time.perf_counter()
    with Mp4Writer(out, shot.width, shot.height, quality=shot.quality) as writer:
        for frame in frames:
            writer.write(frame)
    return {"seconds": time.perf_counter() - started}


def measure_here(case: str, name: str) -> None:
    """Run one case from this process and print its figures."""
    with tempfile.TemporaryDirectory() as folder:
        if case == "warm":
            print(json.dumps(measure_warm(shots()[name], Path(folder))))
            return
        work = render_and_encode if case == "render" else encode_only
        figures = work(shots()[name], Path(folder) / "out.mp4")
    usage = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    figures["peak_mb"] = sum(u.ru_maxrss for u in usage) / 1024
    figures["cpu_s"] = sum(u.ru_utime + u.ru_stime for u in usage)
    print(json.dumps(figures))


def measure(case: str, name: str) -> dict[str, float]:
    """Run one case in a fresh process."""
    command = [sys.executable, "-m", "bench.clips", "--here", case, name]
    started = time.perf_counter()
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    figures = json.loads(done.stdout.splitlines()[-1])
    # with the process's own start, which a worker's child has too
    figures["whole_s"] = time.perf_counter() - started
    return figures


def compare(name: str) -> dict[str, float]:
    """Render-and-encode cold and warm and encode-only in turn; medians, and the ratio turn by turn."""
    turns = [tuple(measure(case, name) for case in ("render", "encode", "warm")) for _ in range(REPEATS)]
    pairs, warm = [(r, e) for r, e, _ in turns], [w for _, _, w in turns]
    seconds = shots()[name].duration_s
    return {
        "fps": statistics.median(seconds * FPS / r["seconds"] for r, _ in pairs),
        "real_time": statistics.median(seconds / r["seconds"] for r, _ in pairs),
        "steady_fps": statistics.median(r["steady_fps"] for r, _ in pairs),
        "whole_s": statistics.median(r["whole_s"] for r, _ in pairs),
        "whole_real_time": statistics.median(seconds / r["whole_s"] for r, _ in pairs),
        "first_frame_s": statistics.median(r["first_frame_s"] for r, _ in pairs),
        "encode_only_fps": statistics.median(seconds * FPS / e["seconds"] for _, e in pairs),
        "times_encode_only": statistics.median(r["seconds"] / e["seconds"] for r, e in pairs),
        "cpu_s": statistics.median(r["cpu_s"] for r, _ in pairs),
        "peak_mb": max(r["peak_mb"] for r, _ in pairs),
        "warm_real_time": statistics.median(seconds / w["seconds"] for w in warm),
        "warm_first_frame_s": statistics.median(w["first_frame_s"] for w in warm),
        "warm_steady_fps": statistics.median(w["steady_fps"] for w in warm),
        "warm_cpu_s": statistics.median(w["cpu_s"] for w in warm),
        "warm_times_encode_only": statistics.median(w["seconds"] / e["seconds"] for _, e, w in turns),
        "ready_cpu_s": statistics.median(w["ready_cpu_s"] for w in warm),
        "resting_mib": statistics.median(w["resting_mib"] for w in warm),
    }


def _told(name: str, r: dict[str, float]) -> str:
    """The figures of a clip, in two lines."""
    return (
        f"{name:20} warm {r['warm_real_time']:5.2f}x real time"
        f"  steady {r['warm_steady_fps']:6.1f} fps  {r['warm_times_encode_only']:5.2f}x encode-only"
        f"  first frame after {r['warm_first_frame_s']:.2f} s  {r['warm_cpu_s']:.1f} CPU-s"
        f"  ready for {r['ready_cpu_s']:.1f} CPU-s, {r['resting_mib']:.0f} MiB\n"
        f"{'':20} cold {r['real_time']:5.2f}x real time"
        f" ({r['whole_real_time']:.2f}x with the process's start)"
        f"  steady {r['steady_fps']:6.1f} fps"
        f"  {r['times_encode_only']:5.2f}x encode-only ({r['encode_only_fps']:.0f} fps)"
        f"  first frame after {r['first_frame_s']:.2f} s  {r['cpu_s']:.1f} CPU-s  {r['peak_mb']:.0f} MB"
    )


def main(names: list[str]) -> None:
    """Measure clips, print a table, keep the figures."""
    rows: dict[str, dict[str, float]] = {}
    measure("render", names[0])  # compiles and caches the kernels once, as an installation does
    for name in names:
        rows[name] = compare(name)
        print(_told(name, rows[name]), flush=True)
    keep("clips", rows)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--here"]:
        measure_here(*sys.argv[2:])
    else:
        main(sys.argv[1:] or list(shots()))
