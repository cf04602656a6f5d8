"""The console's gallery with 10,000 clips, how long a page takes and weighs: `python -m bench.gallery`.

The real application answers from a real PostgreSQL, one request at a time; told are the median and the least
of several rounds in turn, since what else the machine does only ever adds. Some filters find next to nothing
on purpose: their walk goes through all of the account's tasks. Results go to bench/results/.
"""

from __future__ import annotations

import asyncio
import json
import os
import platform
import re
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import httpx2
import psycopg
from pydantic import SecretStr

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "support"))

from console_site import Site, running  # noqa: E402
from postgres_cluster import Cluster  # noqa: E402

from kirin_video.domain.request import GenerationRequest  # noqa: E402
from kirin_video.queue.schema import migrate_queue  # noqa: E402
from kirin_video.settings import Settings  # noqa: E402
from kirin_video.store.database import Database  # noqa: E402

RESULTS = ROOT / "bench" / "results"
CLIPS = int(os.environ.get("BENCH_CLIPS", "10000"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "15"))
SUBJECTS = ("A red fox", "An old lighthouse", "Two dancers", "A paper boat", "A tram", "一只橘猫")
PLACES = ("in fresh snow at dawn", "on a cliff in a storm", "on a stage", "down a brook", "在窗台上")
PAGES = {
    "the newest": "",
    "a word that many have": "?q=fox",
    "a word that one has": f"?q=take{CLIPS}",
    "a word that none has": "?q=zebra",
    "of a status": "?status=completed",
    "of a mode, in a week": "?mode=pro&from=2026-01-05&to=2026-01-11",
    "of a kind that none is": "?kind=edit",
}
INSERT = """
INSERT INTO task (id, account_id, fingerprint, status, run, progress, request, seed, cost_micro,
                  discount_micro, output, metadata, created_at, started_at, finished_at, model, mode, made_s)
SELECT lpad(n::text, 20, '0'), 'default', n::text, 'completed', 1, 1,
       jsonb_set(%(request)s::jsonb, '{prompt}', to_jsonb(list[1 + n %% cardinality(list)] || ' take' || n)),
       n, 420000, 0,
       jsonb_build_object('video_key', md5(n::text) || '.mp4', 'watermark_key', NULL, 'duration_s', 5,
                          'job_id', n::text),
       '{"engine": "previs", "width": 1280, "height": 720, "fps": 24, "num_frames": 120, "notes": []}',
       at, at, at + interval '30 s', 'kirin_video_o1', (ARRAY['std', 'pro'])[1 + n %% 2], 5
  FROM generate_series(1, %(clips)s) AS n,
       LATERAL (SELECT timestamptz '2026-01-01' + n * interval '7 minutes' AS at) AS made,
       (SELECT %(prompts)s::text[] AS list) AS prompts
"""
POSTERS = """
INSERT INTO blob (key, account_id, task_id, kind, media_type, size_bytes, sha256)
SELECT md5('poster ' || id) || '.webp', account_id, id, 'poster', 'image/webp', 20000, sha256(id::bytea)
  FROM task
"""


def fill(url: str) -> None:
    """Put clips into a database, without their books, which no page of clips looks at."""
    request = GenerationRequest(prompt="").model_dump_json()
    prompts = [f"{subject} {place}" for subject in SUBJECTS for place in PLACES]
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("ALTER TABLE task DISABLE TRIGGER USER")
        connection.execute(INSERT, {"request": request, "clips": CLIPS, "prompts": prompts})
        connection.execute("ALTER TABLE task ENABLE TRIGGER USER")
        connection.execute(POSTERS)
        connection.execute("ANALYZE")


def measure(site: Site) -> dict[str, dict[str, float]]:
    """Ask for each page in turn; milliseconds and bytes."""
    with site.signed_in() as client:
        first = client.get("/console/tasks").text
        pages = {**PAGES, "the second": re.findall(r'href="(\?after=[^"]+)"', first)[0]}
        taken: dict[str, list[float]] = {name: [] for name in pages}
        sizes: dict[str, int] = {}
        for _ in range(ROUNDS):
            for name, query in pages.items():
                began = time.perf_counter()
                answer: httpx2.Response = client.get(f"/console/tasks{query}")
                taken[name].append((time.perf_counter() - began) * 1000)
                assert answer.status_code == 200, name
                sizes[name] = len(answer.content)
    return {
        name: {
            "median_ms": round(statistics.median(each), 1),
            "least_ms": round(min(each), 1),
            "bytes": sizes[name],
        }
        for name, each in taken.items()
    }


async def migrate(url: str) -> None:
    """Bring a database up to date."""
    async with Database(url) as database:
        await database.migrate(migrate_queue)


def main() -> None:
    """Measure, tell and keep."""
    with tempfile.TemporaryDirectory(prefix="kirin-bench-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # PostgreSQL never runs as root
        cluster = Cluster(folder)
        cluster.start()
        try:
            cluster.execute("CREATE DATABASE gallery")
            url = cluster.url("gallery")
            asyncio.run(migrate(url))
            fill(url)
            settings = Settings(
                database_url=url,
                data_dir=folder / "files",
                secret_key=SecretStr("a secret of the bench, long enough to be one"),
            )
            settings.data_dir.mkdir()
            with running(settings) as address:
                site = Site(address, settings)
                site.claim()
                pages = measure(site)
        finally:
            cluster.stop()
    for page, found in pages.items():
        took = f"{found['median_ms']:6.1f} ms (least {found['least_ms']:.1f})"
        print(f"{page:24} {took} {found['bytes']:7.0f} bytes")
    told = {
        "when": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": {"processors": os.cpu_count(), "system": platform.system(), "load": os.getloadavg()[0]},
        "clips": CLIPS,
        "rounds": ROUNDS,
        "pages": pages,
    }
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"gallery-{datetime.now(UTC):%Y-%m-%d}.json"
    path.write_text(json.dumps(told, indent=2) + "\n")


if __name__ == "__main__":
    main()
