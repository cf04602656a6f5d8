"""Editing footage against encode-only of the same frames, in one run: `python -m bench.edits`.

Most footage is made: a textured wall or a green screen, a disc that crosses it, 1280x720, with some noise so
that it is not too easy to decode. What a camera in motion asks for is measured on cyclists filmed on the way.
Each measurement is a process of its own. Results go to bench/results/.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np
import skimage
import skvideo
from bench.clips import encode_only, render_and_encode
from bench.keeping import keep

from kirin_video.domain.prompt import read_prompt
from kirin_video.domain.shot import FPS, Clip, Picture, Quality, Shot

REPEATS = 3
SIZE = (1280, 720)
GREEN = (0, 177, 64)
PHOTO = Path(skimage.__file__).parent / "data" / "chelsea.png"
PACKAGED = Path(skvideo.__file__).parent / "datasets" / "data"
WALL, SCREEN, RIDE = "wall", "screen", "ride"


@dataclass(frozen=True)
class Edit:
    """One row.

    Attributes:
        prompt: what is asked for.
        film: which footage.
        picture: whether a picture goes with it.
    """

    prompt: str
    film: str = WALL
    picture: bool = False


EDITS = {
    "nothing": Edit("Keep everything as it is"),
    "night": Edit("Turn day into night"),
    "dusk": Edit("Make it dusk"),
    "rain": Edit("Heavy rain"),
    "snow": Edit("Let it snow"),
    "autumn": Edit("Make it autumn"),
    "recolour": Edit("Make the red ball blue"),
    "blur": Edit("Blur the background"),
    "grey": Edit("Make everything black and white except the red ball"),
    "backdrop": Edit("Change the background to plain grey"),
    "world": Edit("Change the background to a beach at sunset"),
    "picture": Edit("Replace the background with <<<image_1>>>", picture=True),
    "screen in": Edit("Put the ball before a green screen"),
    "screen out": Edit("Replace the green screen with a mountain lake at dawn", SCREEN),
    "removal": Edit("Remove the ball"),
    "carrying": Edit("Remove the man", RIDE),
    "floor": Edit("Replace the wall with brick"),
    "drawn": Edit("Add a dog"),
    "pictured": Edit("Add the dog <<<image_1>>> beside the ball", picture=True),
    "instead": Edit("Replace the ball with <<<image_1>>>", picture=True),
    "instead drawn": Edit("Replace the ball with a cat"),
    "push in": Edit("The camera pushes in"),
    "close": Edit("Crop to a close-up of the ball"),
    "cartoon": Edit("Turn it into a cartoon"),
    "oil": Edit("Make it look like an oil painting"),
    "watercolour": Edit("Restyle it as a watercolour"),
    "sketch": Edit("Make it a pencil sketch"),
    "styled": Edit("Paint it in the style of <<<image_1>>>", picture=True),
    "several": Edit("Make the red ball yellow, turn day into dusk, and let it snow"),
}
LENGTHS_S = (5, 10)


def film(path: Path, seconds: int, *, screen: bool) -> None:
    """Make the footage."""
    width, height = SIZE
    random = np.random.default_rng(3)
    wall = cv2.resize(
        random.uniform(70, 150, (40, 70, 3)).astype(np.float32), SIZE, interpolation=cv2.INTER_CUBIC
    )
    if screen:
        wall[:] = GREEN
    grain = random.normal(0, 3, (8, height, width, 1)).astype(np.float32)
    with av.open(str(path), "w", format="mp4") as movie:
        stream = movie.add_stream("libx264", rate=FPS, width=width, height=height)
        stream.pix_fmt = "yuv420p"
        stream.options = {"preset": "veryfast", "crf": "18"}
        for k in range(seconds * FPS):
            picture = (wall + grain[k % 8]).clip(0, 255).astype(np.uint8)
            cv2.circle(picture, (200 + k * 800 // (seconds * FPS), 400), 110, (205, 50, 40), -1, cv2.LINE_AA)
            frame = av.VideoFrame.from_ndarray(picture, "rgb24").reformat(
                format="yuv420p", dst_colorspace="ITU709"
            )
            frame.pts, frame.time_base = k, Fraction(1, FPS)
            movie.mux(stream.encode(frame))
        movie.mux(stream.encode(None))


def footage(name: str, seconds: int) -> Clip:
    """Footage, made once for all processes of a run."""
    path = Path(os.environ["KIRIN_BENCH_FOOTAGE"]) / f"{name}-{seconds}.mp4"
    if name == RIDE:
        path = PACKAGED / "bikes.mp4"
    elif not path.exists():
        film(path, seconds, screen=name == SCREEN)
    return Clip(path=path, width=SIZE[0], height=SIZE[1], duration_s=float(seconds), has_sound=False)


def shot(edit: Edit, seconds: int) -> Shot:
    """One edit of it."""
    return Shot(
        prompt=read_prompt(edit.prompt),
        quality=Quality.STD,
        width=SIZE[0],
        height=SIZE[1],
        num_frames=seconds * FPS,
        seed=7,
        base=footage(edit.film, seconds),
        images=(Picture(path=PHOTO, width=451, height=300),) if edit.picture else (),
    )


def measure_here(case: str, name: str, seconds: int) -> None:
    """Run one case in this process and print its figures."""
    wanted = shot(EDITS[name], seconds)
    with tempfile.TemporaryDirectory() as folder:
        work = render_and_encode if case == "render" else encode_only
        figures = work(wanted, Path(folder) / "out.mp4")
    usage = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    figures["peak_mb"] = usage[0].ru_maxrss / 1024
    figures["cpu_s"] = sum(u.ru_utime + u.ru_stime for u in usage)
    print(json.dumps(figures))


def measure(case: str, name: str, seconds: int) -> dict[str, float]:
    """Run one case in a fresh process."""
    command = [sys.executable, "-m", "bench.edits", case, name, str(seconds)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def compare(name: str) -> dict[str, float]:
    """Edit-and-encode and encode-only in turn: medians, ratios, and memory at both lengths."""
    short, long = LENGTHS_S
    pairs = [(measure("render", name, short), measure("encode", name, short)) for _ in range(REPEATS)]
    return {
        "fps": statistics.median(short * FPS / r["seconds"] for r, _ in pairs),
        "first_frame_s": statistics.median(r["first_frame_s"] for r, _ in pairs),
        "times_encode_only": statistics.median(r["seconds"] / e["seconds"] for r, e in pairs),
        "cpu_s": statistics.median(r["cpu_s"] for r, _ in pairs),
        "peak_mb": max(r["peak_mb"] for r, _ in pairs),
        "peak_mb_twice_as_long": measure("render", name, long)["peak_mb"],
    }


def main(names: list[str]) -> None:
    """Measure edits, print a table, keep the figures."""
    rows: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        os.environ["KIRIN_BENCH_FOOTAGE"] = folder
        for name in names:
            measure("render", name, LENGTHS_S[0])  # compiles and caches the kernels, as an installation does
            r = rows[name] = compare(name)
            print(
                f"{name:13} {r['fps']:6.1f} fps  {r['times_encode_only']:5.2f}x encode-only  "
                f"first frame after {r['first_frame_s']:.2f} s  {r['cpu_s']:.1f} CPU-s  "
                f"{r['peak_mb']:.0f} MB, twice as long {r['peak_mb_twice_as_long']:.0f} MB",
                flush=True,
            )
    keep("edits", rows)


if __name__ == "__main__":
    if sys.argv[1:2] in (["render"], ["encode"]):
        measure_here(sys.argv[1], sys.argv[2], int(sys.argv[3]))
    else:
        main(sys.argv[1:] or list(EDITS))
