"""Keeping figures: one file a day for each bench, each row with the moment it was measured at."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).parent / "results"


def keep(bench: str, rows: Mapping[str, Mapping[str, float]]) -> None:
    """Write figures down; rows of the same day that were not measured again stay as they are."""
    now = datetime.now(UTC)
    path = RESULTS / f"{bench}-{now:%Y-%m-%d}.json"
    kept: dict[str, Any] = json.loads(path.read_text())["rows"] if path.exists() else {}
    measured = {name: {**row, "at": now.isoformat(timespec="seconds")} for name, row in rows.items()}
    machine = {"cores": os.cpu_count(), "python": platform.python_version(), "system": platform.platform()}
    RESULTS.mkdir(exist_ok=True)
    whole = {"date": now.isoformat(), "machine": machine, "rows": {**kept, **measured}}
    path.write_text(json.dumps(whole, indent=1) + "\n")
    print(f"kept in {os.path.relpath(path)}")
