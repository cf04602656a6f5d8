"""Create and poll against a bare Starlette route, in one run on one machine: `make bench`.

Every round is short and the kinds take turns, so that what else the machine does falls on all of them alike.
The bare routes run under the same uvicorn, uvloop and httptools; one answers a constant, the other reads its
body first. Results go to bench/results/.
"""

from __future__ import annotations

import base64
import io
import json
import os
import platform
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from bench.load import load, request_bytes
from bench.serving import free_port, kirin
from PIL import Image

RESULTS = Path(__file__).parent / "results"
CONNECTIONS = 32
SECONDS = float(os.environ.get("BENCH_SECONDS", "4"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "3"))
SMALL = {"model": "kirin_video_o1", "prompt": "A foggy pine valley at dawn", "aspect_ratio": "16:9"}
CREATE = "/model/v1/generation"


def bare(port: int) -> None:
    """Serve the bare routes."""
    import uvicorn  # noqa: PLC0415 - only in the process that serves
    from starlette.applications import Starlette  # noqa: PLC0415
    from starlette.requests import Request  # noqa: PLC0415
    from starlette.responses import JSONResponse  # noqa: PLC0415
    from starlette.routing import Route  # noqa: PLC0415

    task = {"id": "d5u5obte8783ap44qtj0", "created_at": 1769757744021, "status": "queued", "model": "m"}

    async def read(_: Request) -> JSONResponse:
        return JSONResponse(task)

    async def create(request: Request) -> JSONResponse:
        await request.json()
        return JSONResponse(task)

    app = Starlette(routes=[Route("/task/{id}", read), Route("/task", create, methods=["POST"])])
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning", access_log=False)


@contextmanager
def bare_server() -> Generator[int]:
    """The bare routes, in a process of their own."""
    port = free_port()
    process = subprocess.Popen([sys.executable, "-m", "bench.http", "bare", str(port)])
    try:
        for _ in range(200):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/task/a", timeout=1).close()
                break
            except OSError:
                time.sleep(0.05)
        yield port
    finally:
        process.terminate()
        process.wait()


def megabyte_image() -> str:
    """Base64 of a JPEG of about a megabyte."""
    coarse = np.random.default_rng(1).integers(0, 255, (270, 480, 3), np.uint8)
    picture = Image.fromarray(coarse).resize((1920, 1080), Image.Resampling.BICUBIC)
    for quality in range(60, 100):
        buffer = io.BytesIO()
        picture.save(buffer, "JPEG", quality=quality)
        if buffer.tell() >= 1_000_000:
            break
    return base64.b64encode(buffer.getvalue()).decode()


def post(host: str, port: int, key: str, body: bytes) -> dict[str, object]:
    request = urllib.request.Request(f"http://{host}:{port}{CREATE}", body, method="POST")
    request.add_header("Authorization", f"Bearer {key}")
    request.add_header("Content-Type", "application/json")
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


def measure() -> dict[str, list[dict[str, float]]]:
    """All rounds of every kind."""
    rows: dict[str, list[dict[str, float]]] = {}
    small = json.dumps(SMALL).encode()
    image = {**SMALL, "image_list": [{"image": megabyte_image(), "type": "first_frame"}]}
    with kirin() as server, bare_server() as bare_port:
        tasks = [post(server.host, server.port, server.key, small)["id"] for _ in range(CONNECTIONS)]
        ours, key = (server.host, server.port), server.key
        plain = ("127.0.0.1", bare_port)
        kinds = {
            "bare poll": (plain, [request_bytes("GET", "/task/a", key)], CONNECTIONS),
            "poll": (
                ours,
                [request_bytes("GET", f"{CREATE}/task/{task}", key) for task in tasks],
                CONNECTIONS,
            ),
            "bare create": (plain, [request_bytes("POST", "/task", key, small)], CONNECTIONS),
            "create": (ours, [request_bytes("POST", CREATE, key, small)], CONNECTIONS),
            "create with 1 MB of base64": (
                ours,
                [request_bytes("POST", CREATE, key, json.dumps(image).encode())],
                CONNECTIONS,
            ),
        }
        for name, (address, requests, connections) in kinds.items():  # warm up
            load(*address, requests, connections=connections, seconds=0.5)
            rows[name] = []
        for _ in range(ROUNDS):
            for name, (address, requests, connections) in kinds.items():
                rows[name].append(load(*address, requests, connections=connections, seconds=SECONDS))
    return rows


def summary(rounds: list[dict[str, float]]) -> dict[str, float]:
    """The medians of the rounds."""
    return {name: round(statistics.median(r[name] for r in rounds), 3) for name in rounds[0]}


def main() -> None:
    """Measure, print a table, keep the figures."""
    before = os.getloadavg()[0]
    rounds = measure()
    rows = {name: summary(found) for name, found in rounds.items()}
    ratios = {
        "poll to bare": statistics.median(
            a["per_second"] / b["per_second"]
            for a, b in zip(rounds["poll"], rounds["bare poll"], strict=True)
        ),
        "create to bare": statistics.median(
            a["per_second"] / b["per_second"]
            for a, b in zip(rounds["create"], rounds["bare create"], strict=True)
        ),
    }
    for name, row in rows.items():
        print(
            f"{name:28} {row['per_second']:8.0f}/s  p50 {row['p50_ms']:7.1f} ms  "
            f"p99 {row['p99_ms']:7.1f} ms  generator {row['generator_cpu_share']:.2f} cores"
        )
    print("  ".join(f"{name} {ratio:.2f}" for name, ratio in ratios.items()))
    RESULTS.mkdir(exist_ok=True)
    now = datetime.now(UTC)
    machine = {
        "cores": os.cpu_count(),
        "load_before": before,
        "python": platform.python_version(),
        "system": platform.platform(),
    }
    path = RESULTS / f"http-{now:%Y-%m-%d}.json"
    kept = {
        "date": now.isoformat(),
        "machine": machine,
        "connections": CONNECTIONS,
        "rows": rows,
        "ratios": ratios,
    }
    path.write_text(json.dumps(kept, indent=1) + "\n")
    print(f"kept in {os.path.relpath(path)}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["bare"]:
        bare(int(sys.argv[2]))
    else:
        main()
