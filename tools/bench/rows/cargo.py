"""The benchmarks that the crates bring themselves; they print their own results."""
from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator

from bench import Bench
from table import Line

STORE_BENCHES = ("latest_run", "badge_list", "ci_badge")


def draw(bench: Bench) -> Iterator[Line]:
    """Drawing, in `crates/badge`."""
    _run(bench, ["cargo", "bench", "-p", "burgee-badge", "--bench", "draw"])
    return iter(())


def store(bench: Bench) -> Iterator[Line]:
    """Look-ups of the store, on SQLite, and on a throw-away PostgreSQL if it is installed."""
    command = ["cargo", "bench", "-p", "burgee-store", *(word for name in STORE_BENCHES for word in ("--bench", name))]
    if "TEST_POSTGRES_URL" in os.environ or (bench.root / ".tools/postgres-bin").is_file():
        command.insert(0, "tools/with-postgres.sh")
    _run(bench, command)
    return iter(())


def _run(bench: Bench, command: list[str]) -> None:
    subprocess.run(command, cwd=bench.root, check=True)
