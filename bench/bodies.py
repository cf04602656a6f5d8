"""Seven 10-MiB images as base64 in one request: the API's memory over idle, and the time; one, four at once.

The server takes an engine of the tests that works from reference images. Results go to bench/results/.
"""

from __future__ import annotations

import base64
import io
import json
import threading
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import psutil
from bench.keeping import keep
from bench.serving import Serving, kirin
from PIL import Image

SUPPORT = Path(__file__).resolve().parent.parent / "tests" / "support"
MIB = 1024 * 1024


def large_image() -> bytes:
    """A PNG of just under 10 MiB."""
    noise = np.random.default_rng(2).integers(0, 256, (1868, 1868, 3), np.uint8)
    buffer = io.BytesIO()
    Image.fromarray(noise).save(buffer, "PNG", compress_level=0)
    assert 9.9 * MIB < buffer.tell() <= 10 * MIB
    return buffer.getvalue()


class Watch:
    """The most memory of the API and its children, in MiB, sampled every 10 ms; shared pages count once."""

    def __init__(self, api: psutil.Process) -> None:
        self._api, self._over = api, threading.Event()
        self.peak_mib = {"api": 0.0, "children": 0.0}
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def _look(self) -> None:
        while not self._over.wait(0.01):
            own = memory_mib(self._api)
            children = sum(memory_mib(child) for child in self._api.children(recursive=True))
            self.peak_mib["api"] = max(self.peak_mib["api"], own)
            self.peak_mib["children"] = max(self.peak_mib["children"], children)

    def stop(self) -> None:
        """Look no more."""
        self._over.set()
        self._thread.join()


def memory_mib(process: psutil.Process) -> float:
    """Proportional resident memory; 0 for a process that is gone."""
    try:
        return process.memory_full_info().pss / MIB
    except psutil.Error:
        return 0.0


def send(server: Serving, body: bytes) -> float:
    """One request; its seconds."""
    request = urllib.request.Request(f"http://{server.host}:{server.port}/model/v1/generation", body)
    request.add_header("Authorization", f"Bearer {server.key}")
    started = time.perf_counter()
    with urllib.request.urlopen(request, timeout=300) as answer:
        assert json.load(answer)["status"] == "queued"
    return time.perf_counter() - started


def measure(server: Serving, body: bytes, at_once: int) -> dict[str, float]:
    """So many requests at once."""
    time.sleep(1)
    idle = memory_mib(server.api)
    children = sum(memory_mib(child) for child in server.api.children(recursive=True))
    watch = Watch(server.api)
    started = time.perf_counter()
    with ThreadPoolExecutor(at_once) as pool:
        times = list(pool.map(lambda _: send(server, body), range(at_once)))
    took = time.perf_counter() - started
    watch.stop()
    return {
        "seconds": took,
        "slowest_s": max(times),
        "idle_mib": idle,
        "api_over_idle_mib": watch.peak_mib["api"] - idle,
        "children_over_idle_mib": watch.peak_mib["children"] - children,
    }


def main() -> None:
    """Measure, print, keep the figures."""
    image = base64.b64encode(large_image()).decode()
    request = {
        "model": "kirin_video_o1",
        "prompt": "All of <<<image_1>>>",
        "aspect_ratio": "16:9",
        "image_list": [{"image": image}] * 7,
    }
    body = json.dumps(request).encode()
    rows: dict[str, dict[str, float]] = {}
    with kirin(KIRIN_ENGINES="footage_engine:FootageEngine", PYTHONPATH=str(SUPPORT)) as server:
        for at_once in (1, 4):
            rows[f"{at_once} at once"] = row = measure(server, body, at_once)
            print(
                f"{at_once} x {len(body) / MIB:.1f} MiB: {row['seconds']:.1f} s; "
                f"API +{row['api_over_idle_mib']:.0f} MiB over {row['idle_mib']:.0f}; "
                f"reading children +{row['children_over_idle_mib']:.0f} MiB"
            )
    keep("bodies", rows)


if __name__ == "__main__":
    main()
