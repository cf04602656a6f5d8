"""Looking through footage to borrow from, against encode-only of as many frames: `python -m bench.feature`.

The footage is that of `bench.edits`. Each measurement is a process of its own; results go to
bench/results/.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.clips import encode_only
from bench.edits import footage, shot
from bench.keeping import keep

from kirin_video.domain.shot import FPS
from kirin_video.engines.previs.feature.watch import watch
from kirin_video.engines.previs.jit_cache import prepare_jit_cache
from kirin_video.media.footage import Footage

REPEATS = 3
LENGTHS_S = (5, 10)


def measure_here(case: str, seconds: int) -> None:
    """Run one case in this process and print its figures."""
    if case == "watch":
        prepare_jit_cache()
        started = time.perf_counter()
        with Footage() as reader:
            watch(reader, footage(seconds))
        figures = {"seconds": time.perf_counter() - started}
    else:
        with tempfile.TemporaryDirectory() as folder:
            figures = encode_only(shot("Keep everything as it is", seconds), Path(folder) / "out.mp4")
    usage = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    figures["peak_mb"] = usage[0].ru_maxrss / 1024
    figures["cpu_s"] = sum(u.ru_utime + u.ru_stime for u in usage)
    print(json.dumps(figures))


def measure(case: str, seconds: int) -> dict[str, float]:
    """Run one case in a fresh process."""
    command = [sys.executable, "-m", "bench.feature", case, str(seconds)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def main() -> None:
    """Measure both in turn, at two lengths, print a line each, keep the figures."""
    rows: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        os.environ["KIRIN_BENCH_FOOTAGE"] = folder
        for seconds in LENGTHS_S:
            pairs = [(measure("watch", seconds), measure("encode", seconds)) for _ in range(REPEATS)]
            r = rows[f"{seconds} s"] = {
                "fps": statistics.median(seconds * FPS / w["seconds"] for w, _ in pairs),
                "times_encode_only": statistics.median(w["seconds"] / e["seconds"] for w, e in pairs),
                "cpu_s": statistics.median(w["cpu_s"] for w, _ in pairs),
                "peak_mb": max(w["peak_mb"] for w, _ in pairs),
            }
            print(
                f"watching {seconds:2} s {r['fps']:6.1f} fps  {r['times_encode_only']:5.2f}x encode-only  "
                f"{r['cpu_s']:.1f} CPU-s  {r['peak_mb']:.0f} MB",
                flush=True,
            )
    keep("feature", rows)


if __name__ == "__main__":
    if len(sys.argv) == 3:
        measure_here(sys.argv[1], int(sys.argv[2]))
    else:
        main()
