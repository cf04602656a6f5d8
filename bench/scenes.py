"""What every world costs: CPU of render, finish and encode beside encode-only of the same frames, and memory.

Each row is a process of its own. Processor time a frame is counted from the first frame to the last over all
processes of the render, so that it says the same on a busy machine; the start is counted apart. `make bench`
measures every row; rows named as arguments are measured alone. Results go to bench/results/.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
from bench.keeping import keep

from kirin_video.domain.prompt import read_prompt
from kirin_video.domain.shot import Quality, Shot
from kirin_video.engines.previs import PrevisEngine
from kirin_video.media.encode import Mp4Writer
from kirin_video.media.frames import I420Frame

FRAMES = 48
LARGE = (1920, 1080)
USUAL = (1280, 720)
LEAST_FPS, MOST_MIB = 8.0, 1024.0
PROMPTS = {
    "meadow": "A flower meadow in summer",
    "desert": "Dunes in the desert",
    "sea": "The open sea at sunset",
    "beach": "A sandy beach with surf",
    "mountains": "Snowy mountains",
    "city": "A city street by day",
    "city, night, rain": "A city street at night in the rain",
    "night sky": "A starry night sky over the hills",
    "forest": "A forest in the morning",
    "savanna": "The savanna under acacia trees",
    "snowfield": "A snowfield in falling snow",
    "lake": "A mountain lake",
    "river": "A river through a valley",
    "village": "A village square",
    "room": "A living room",
    "kitchen": "A kitchen",
    "stage": "An empty theatre stage",
    "studio": "A white studio",
    "space": "A planet in space",
    "under water": "Under water on a coral reef",
    "animal": "A horse gallops across a meadow",
    "animal, close": "Close-up of a tiger in the savanna",
    "person": "A woman in a red dress walks along the beach",
    "crowded": "A crowd of people in a village square",
    "herd": "Twelve zebras run through the savanna",
    "machine": "A red car drives down a city street",
    "market": "People walk through a busy market",
    "harbour": "A harbour with fishing boats at sunrise",
    "stadium": "A football match in a stadium",
    "station": "A train comes into the station",
    "airport": "An aeroplane at the airport",
    "fair": "A fair with a carousel and a Ferris wheel at night",
    "storm": "A sailing ship in a storm at sea",
    "fisheye": "A fisheye view of a city street",
    "animal pro": "A horse gallops across a meadow",
    "machine pro": "A red car drives down a city street",
    "lake 1080p": "A mountain lake",
    "river 1080p": "A river through a valley",
    "forest 1080p": "A forest in the morning",
    "animal 1080p": "A horse gallops across a meadow",
}


def shot_of(name: str) -> Shot:
    """The clip of a row."""
    large, pro = name.endswith("1080p"), name.endswith(("1080p", "pro"))
    width, height = LARGE if large else USUAL
    return Shot(
        prompt=read_prompt(PROMPTS[name]),
        quality=Quality.PRO if pro else Quality.STD,
        width=width,
        height=height,
        num_frames=FRAMES,
        seed=7,
    )


class Watch:
    """The most memory that this process and its children hold together, MiB; shared pages count once."""

    def __init__(self) -> None:
        self.peak_mib = 0.0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def _look(self) -> None:
        own = psutil.Process()
        while not self._over.wait(0.15):
            family = [own, *own.children(recursive=True)]
            self.peak_mib = max(self.peak_mib, sum(map(_memory_mib, family)))

    def stop(self) -> None:
        """Look no more."""
        self._over.set()
        self._thread.join()


def _memory_mib(process: psutil.Process) -> float:
    try:
        return process.memory_full_info().pss / 2**20
    except psutil.Error:
        return 0.0


class Spent:
    """Processor time of this process and its children, those included that have ended meanwhile."""

    def __init__(self) -> None:
        self._of: dict[int, float] = {}

    def seconds(self) -> float:
        """How much so far, as far as it was ever asked for."""
        own = psutil.Process()
        for process in (own, *own.children(recursive=True)):
            try:
                times = process.cpu_times()
            except psutil.Error:
                continue
            self._of[process.pid] = times.user + times.system
        return sum(self._of.values())


def _clocked(frames: Iterator[I420Frame], spent: Spent) -> Iterator[tuple[I420Frame, float, float]]:
    """Frames, each with the clock and the processor time at which it was there."""
    for frame in frames:
        yield frame, time.perf_counter(), spent.seconds()


def measure_here(name: str) -> dict[str, float]:
    """Render and encode a row in this process, then encode the same frames again."""
    shot, watch = shot_of(name), Watch()
    kept: list[I420Frame] = []
    clocks: list[tuple[float, float]] = []
    spent = Spent()
    started, before = time.perf_counter(), spent.seconds()
    rendering = PrevisEngine().render(shot, lambda _: None)
    assert rendering.frames is not None
    with tempfile.TemporaryDirectory() as folder:
        with Mp4Writer(Path(folder) / "a.mp4", shot.width, shot.height, quality=shot.quality) as writer:
            for frame, clock, cpu in _clocked(rendering.frames, spent):  # pyright: ignore[reportArgumentType]
                clocks.append((clock, cpu))
                writer.write(frame)
                if len(kept) < FRAMES // 2:
                    kept.append(frame.copied())
        watch.stop()
        again, cpu_again = time.perf_counter(), time.process_time()
        with Mp4Writer(Path(folder) / "b.mp4", shot.width, shot.height, quality=shot.quality) as writer:
            for frame in kept:
                writer.write(frame)
        encoded, cpu_encoded = time.perf_counter() - again, time.process_time() - cpu_again
    (first, cpu_first), (last, cpu_last) = clocks[0], clocks[-1]
    return {
        "cpu_ms_a_frame": 1000.0 * (cpu_last - cpu_first) / (len(clocks) - 1),
        "encode_only_cpu_ms_a_frame": 1000.0 * cpu_encoded / len(kept),
        "fps": (len(clocks) - 1) / (last - first),
        "encode_only_fps": len(kept) / encoded,
        "first_frame_s": first - started,
        "first_frame_cpu_s": cpu_first - before,
        "peak_mib": watch.peak_mib,
    }


def measure(name: str) -> dict[str, float]:
    """Measure a row in a fresh process."""
    command = [sys.executable, "-m", "bench.scenes", "--here", name]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def _missed(name: str, row: dict[str, float]) -> str:
    """What a row misses of what holds for every scene: frames a second at 720p, and memory."""
    low = shot_of(name).height == USUAL[1] and row["fps"] < LEAST_FPS
    return "  TOO SLOW" * low + "  TOO LARGE" * (row["peak_mib"] > MOST_MIB)


def main(names: list[str]) -> None:
    """Measure rows, print a table, keep the figures."""
    # Kernels are compiled and cached once, as an installation does; `pro` has more of them.
    for name in {"pro" if shot_of(name).quality is Quality.PRO else "std": name for name in names}.values():
        measure(name)
    rows: dict[str, dict[str, float]] = {}
    for name in names:
        rows[name] = r = measure(name)
        print(
            f"{name:18} {r['cpu_ms_a_frame']:6.1f} CPU ms a frame"
            f" (encode-only {r['encode_only_cpu_ms_a_frame']:4.1f})"
            f"  {r['fps']:5.1f} fps (encode-only {r['encode_only_fps']:4.0f})"
            f"  first frame {r['first_frame_s']:.2f} s, {r['first_frame_cpu_s']:.2f} CPU s"
            f"  {r['peak_mib']:4.0f} MiB{_missed(name, r)}",
            flush=True,
        )
    keep("scenes", rows)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--here"]:
        print(json.dumps(measure_here(sys.argv[2])))
    else:
        main(sys.argv[1:] or list(PROMPTS))
