"""Create and poll against a bare Starlette route, in one run on one machine: `make bench`.

Every round is short and the kinds take turns, so that what else the machine does falls on all of them alike.
The baseline is two routes of Starlette alone under the same uvicorn, uvloop and httptools, in one process:
one answers a constant, the other reads its body's JSON first. Processor time is told for each request, as it
depends least on what else the machine does. Results go to bench/results/.
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
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import psutil
from bench.load import load, request_bytes
from bench.serving import Serving, free_port, kirin
from PIL import Image

RESULTS = Path(__file__).parent / "results"
CONNECTIONS = 32
SECONDS = float(os.environ.get("BENCH_SECONDS", "3"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "3"))
BARE = "bare Starlette"
TWO = "two processes"
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
def bare_server() -> Generator[tuple[int, psutil.Process]]:
    """The bare routes, in a process of their own; gives their port and it."""
    port = free_port()
    process = subprocess.Popen([sys.executable, "-m", "bench.http", "bare", str(port)])
    try:
        for _ in range(200):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/task/a", timeout=1).close()
                break
            except OSError:
                time.sleep(0.05)
        yield port, psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait()


def megabyte_image() -> str:
    """Base64 of a JPEG of about a megabyte."""
    coarse = np.random.default_rng(1).integers(0, 255, (270, 480, 3), np.uint8)
    picture = Image.fromarray(coarse).resize((1920, 1080), Image.Resampling.BICUBIC)
    buffer = io.BytesIO()
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


Call = Callable[[], dict[str, float]]
"""One round of one kind of request."""


def kinds_of(server: Serving, *, with_picture: bool) -> dict[str, Call]:
    """What is asked of a server, by name."""
    small = json.dumps(SMALL).encode()
    tasks = [post(server.host, server.port, server.key, small)["id"] for _ in range(CONNECTIONS)]
    polls = [request_bytes("GET", f"{CREATE}/task/{task}", server.key) for task in tasks]
    # A key's scheme in small letters is as good, but such a poll takes the long way.
    long_polls = [poll.replace(b"Bearer", b"bearer") for poll in polls]
    kinds = {
        "poll": polls,
        "poll, asked of the database": long_polls,
        "create": [request_bytes("POST", CREATE, server.key, small)],
    }
    if with_picture:
        image = {**SMALL, "image_list": [{"image": megabyte_image(), "type": "first_frame"}]}
        kinds["create with 1 MB of base64"] = [
            request_bytes("POST", CREATE, server.key, json.dumps(image).encode())
        ]
    address = (server.host, server.port)
    return {name: round_of(address, requests, server.cpu_s) for name, requests in kinds.items()}


def round_of(address: tuple[str, int], requests: list[bytes], cpu_s: Callable[[], dict[str, float]]) -> Call:
    """A round of one kind of request, with the processor time it took."""

    def call() -> dict[str, float]:
        before = cpu_s()
        row = load(*address, requests, connections=CONNECTIONS, seconds=SECONDS)
        return {
            **row,
            **{f"{part}_us": 1e6 * (s - before[part]) / row["requests"] for part, s in cpu_s().items()},
        }

    return call


def bare_kinds(port: int, process: psutil.Process) -> dict[str, Call]:
    """The same of the bare routes."""

    def cpu_s() -> dict[str, float]:
        times = process.cpu_times()
        return {"api": times.user + times.system, "postgres": 0.0}

    small = json.dumps(SMALL).encode()
    kinds = {
        f"{BARE} GET": [request_bytes("GET", "/task/a", "key")],
        f"{BARE} POST": [request_bytes("POST", "/task", "key", small)],
    }
    return {name: round_of(("127.0.0.1", port), requests, cpu_s) for name, requests in kinds.items()}


def measure() -> dict[str, list[dict[str, float]]]:
    """All rounds of every kind."""
    with bare_server() as (port, process):
        with kirin() as server:
            rows = rounds_of({**bare_kinds(port, process), **kinds_of(server, with_picture=True)})
        with kirin("--api-processes", "2") as server:
            kinds = kinds_of(server, with_picture=False)
            two = rounds_of({f"{name}, {TWO}": kinds[name] for name in ("poll", "create")})
    return {**rows, **two}


def rounds_of(kinds: dict[str, Call]) -> dict[str, list[dict[str, float]]]:
    """So many rounds of each, taking turns; one more before them, to warm up, does not count."""
    rows: dict[str, list[dict[str, float]]] = {name: [] for name in kinds}
    for number in range(ROUNDS + 1):
        for name, call in kinds.items():
            row = call()
            if number:
                rows[name].append(row)
    return rows


def summary(rounds: list[dict[str, float]]) -> dict[str, float]:
    """The medians of the rounds."""
    return {name: round(statistics.median(r[name] for r in rounds), 3) for name in rounds[0]}


def ratio(rounds: dict[str, list[dict[str, float]]], name: str, baseline: str) -> float:
    """The median of the rates' ratios, each of rounds that followed each other."""
    pairs = zip(rounds[name], rounds[baseline], strict=True)
    return round(statistics.median(a["per_second"] / b["per_second"] for a, b in pairs), 3)


def main() -> None:
    """Measure, print a table, keep the figures."""
    before = os.getloadavg()[0]
    rounds = measure()
    rows = {name: summary(found) for name, found in rounds.items()}
    print(
        f"{CONNECTIONS} connections, medians of {ROUNDS} rounds of {SECONDS:g} s; load before: {before:.1f}"
    )
    print(f"{'':32}{'a second':>10}{'p50 ms':>9}{'p99 ms':>9}{'API us':>9}{'PostgreSQL us':>15}")
    for name, row in rows.items():
        print(
            f"{name:32}{row['per_second']:10.0f}{row['p50_ms']:9.1f}{row['p99_ms']:9.1f}"
            f"{row['api_us']:9.0f}{row['postgres_us']:15.0f}"
        )
    ratios = {
        name: ratio(rounds, name, f"{BARE} {'GET' if 'poll' in name else 'POST'}") for name in ours(rows)
    }
    print("to the baseline: " + "; ".join(f"{name} {found:.2f}" for name, found in ratios.items()))
    create, poll = rows["create"], ratios["poll"]
    print(
        f"goals: create >= 1000 a second: {create['per_second']:.0f}; its p99 < 60 ms: {create['p99_ms']:.0f}"
    )
    print(f"       poll >= 0.60 of {BARE} GET: {poll:.2f}")
    keep(rows, ratios, before)


def ours(rows: dict[str, dict[str, float]]) -> list[str]:
    """The kinds whose rounds took turns with those of the baseline."""
    return [name for name in rows if not name.startswith(BARE) and TWO not in name]


def keep(rows: dict[str, dict[str, float]], ratios: dict[str, float], load_before: float) -> None:
    """Write the figures down."""
    now = datetime.now(UTC)
    kept = {
        "date": now.isoformat(),
        "machine": {
            "cores": os.cpu_count(),
            "load_before": load_before,
            "python": platform.python_version(),
            "system": platform.platform(),
        },
        "connections": CONNECTIONS,
        "rows": rows,
        "ratios": ratios,
    }
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"http-{now:%Y-%m-%d}.json"
    path.write_text(json.dumps(kept, indent=1) + "\n")
    print(f"kept in {os.path.relpath(path)}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["bare"]:
        bare(int(sys.argv[2]))
    else:
        main()
