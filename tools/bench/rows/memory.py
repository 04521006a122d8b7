"""Resident memory."""
from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from bench import Bench, check_paths, say
from processes import resident_bytes
from sample_data import release_badge, release_badges
from table import Line, Target

CONNECTIONS = 256
IDLE = Target(25)
LOADED = Target(45)
MEBIBYTE = 1024 * 1024
SETTLE_SECONDS = 1.0


def resident(bench: Bench) -> Iterator[Line]:
    """Idle, and at the end of a load of one badge and of 10,000."""
    seconds = bench.options.memory_seconds
    with bench.serve() as server:
        check_paths(server, [release_badge(0, 0)])
        time.sleep(SETTLE_SECONDS)
        idle = resident_bytes(server.pid) / MEBIBYTE
    bench.raw["memory, idle, MiB"] = idle
    yield Line("memory", "idle", "", idle, "MiB", target=IDLE)
    one, many = bench.paths(release_badge(0, 0)), bench.paths(*release_badges())
    for badges, paths, target in (("one badge", one, LOADED), ("10,000 badges", many, None)):
        loaded, errors = _after_load(bench, paths, seconds)
        bench.raw[f"memory, {badges}, MiB"] = loaded
        what = f"after {seconds} s at {CONNECTIONS} connections, {badges}"
        yield Line("memory", what, "", loaded, "MiB", target=target, errors=errors)


def _after_load(bench: Bench, paths: Path, seconds: int) -> tuple[float, int]:
    """Resident memory just before a load on a new server ends, and the load's errors."""
    say(f"memory at {CONNECTIONS} connections for {seconds} s")
    with bench.serve() as server:
        process = bench.wrk.start_get(server.port, paths, CONNECTIONS, seconds)
        with process:
            time.sleep(seconds - 0.2)
            loaded = resident_bytes(server.pid) / MEBIBYTE
            result = bench.wrk.finish(process, seconds)
        return loaded, result.errors
