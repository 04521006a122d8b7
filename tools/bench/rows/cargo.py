"""The benchmarks that the crates bring themselves; they print their own results."""
from __future__ import annotations

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
    """Look-ups of the store, on SQLite and on a throw-away PostgreSQL."""
    names = [word for name in STORE_BENCHES for word in ("--bench", name)]
    _run(bench, ["tools/with-postgres.sh", "cargo", "bench", "-p", "burgee-store", *names])
    return iter(())


def _run(bench: Bench, command: list[str]) -> None:
    subprocess.run(command, cwd=bench.root, check=True)
