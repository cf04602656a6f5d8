"""`make chaos`: a storm of its full size; exit code 1 if any promise was broken."""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import os
import platform
import shutil
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from chaos.storm import Outcome, Plan, storm

RESULTS = Path(__file__).parents[3] / "bench" / "results"


def main() -> int:
    parser = argparse.ArgumentParser(prog="make chaos")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--blows", type=int, default=200)
    parser.add_argument("--keep", action="store_true", help="keep the folder, whatever comes of it")
    parser.add_argument("--record", action="store_true", help="write the counts to bench/results")
    given = parser.parse_args()
    began = time.monotonic()

    def tell(what: str) -> None:
        sys.stdout.write(f"{time.monotonic() - began:5.0f} s  {what}\n")
        sys.stdout.flush()

    logging.disable(logging.ERROR)  # lost connections are what this is about
    folder = Path(tempfile.mkdtemp(prefix="kirin-chaos-"))
    folder.chmod(0o755)  # PostgreSQL, which is never root, passes through
    plan = Plan(
        seed=given.seed,
        blows=given.blows,
        pause_s=2.0,
        accounts=4,
        at_a_time=5,
        workers_beside=1,
        false_starts=3,
        tell=tell,
    )
    outcome = asyncio.run(storm(plan, folder))
    for place, count in sorted(outcome.blows.places.items()):
        tell(f"trapped {count} times: {place}")
    for what, count in sorted(outcome.blows.other.items()):
        tell(f"{count} times: {what}")
    for violation in outcome.verdict.violations:
        tell(f"VIOLATION: {violation}")
    if outcome.verdict.violations or given.keep:
        tell(f"logs and data are in {folder}")
    else:
        shutil.rmtree(folder)
    if given.record:
        _record(outcome)
    sys.stdout.write(f"{outcome.line}\n")
    return 1 if outcome.verdict.violations else 0


def _record(outcome: Outcome) -> None:
    """Keep what was counted."""
    now = datetime.now(UTC)
    counts = {
        "date": now.isoformat(),
        "machine": {
            "cores": os.cpu_count(),
            "python": platform.python_version(),
            "system": platform.platform(),
        },
        "seed": outcome.plan.seed,
        "seconds": round(outcome.took_s),
        "orders": len(outcome.orders),
        "tasks": outcome.verdict.ends,
        "blows": outcome.blows.struck,
        "trapped": outcome.blows.places,
        "cuts and stops": outcome.blows.other,
        "double runs": outcome.verdict.double_runs,
        "deliveries": outcome.verdict.deliveries,
        "attempts": outcome.verdict.attempts,
        "violations": outcome.verdict.violations,
    }
    path = RESULTS / f"chaos-{now:%Y-%m-%d}.json"
    path.write_text(json.dumps(counts, indent=1) + "\n")


if __name__ == "__main__":
    sys.exit(main())
