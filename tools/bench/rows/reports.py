"""Durable reports: each is on the disk when it is answered."""
from __future__ import annotations

import os
import statistics
import time
from collections.abc import Iterator
from pathlib import Path

from bench import Bench
from burgee import Server
from rounds import Contestant, Load, measure
from table import Line, Target, ratio

CLIENTS = 64
CPU = Target(150)
TIMES_ONE_CLIENT = Target(10, at_least=True)
WRITES = 200


def durable(bench: Bench) -> Iterator[Line]:
    """Reports as fast as 64 clients and one get their answers, on SQLite with Burgee's own settings."""
    with bench.serve() as server:
        measured = bench.compare(
            "reports",
            {"64 clients": _reporting(bench, server, CLIENTS), "1 client": _reporting(bench, server, 1)},
        )
    write = _durable_write_microseconds(bench.folder)
    bench.raw["durable write, µs"] = write
    many, one = measured["64 clients"], measured["1 client"]
    yield Line("reports", f"CPU of a report, {CLIENTS} clients", "", many.cpu, "µs", target=CPU, errors=many.errors)
    yield Line("reports", "CPU of a report, 1 client", "", one.cpu, "µs", errors=one.errors)
    # The disk is the limit when a client waits for it longer than for the CPU.
    target = TIMES_ONE_CLIENT if write > one.cpu else None
    yield ratio("reports", f"reports/s, {CLIENTS} clients", many.rate, "1 client", one.rate, "/s", target, many.errors)
    yield Line("reports", "this disk: 4 KiB and fdatasync", "", write, "µs")


def _reporting(bench: Bench, server: Server, clients: int) -> Contestant:
    turns = iter(range(1000))

    def load() -> Load:
        prefix = f"c{clients}-{next(turns)}"
        return measure(
            server.pid,
            lambda: bench.wrk.report(server.port, bench.data.token, prefix, clients, bench.seconds),
        )

    return load


def _durable_write_microseconds(folder: Path) -> float:
    """The median time of a small write that waits for the disk, where the data is."""
    times = []
    file = os.open(folder / "durable", os.O_WRONLY | os.O_CREAT)
    try:
        for _ in range(WRITES):
            began = time.perf_counter()
            os.write(file, b"." * 4096)
            os.fdatasync(file)
            times.append(time.perf_counter() - began)
    finally:
        os.close(file)
    return statistics.median(times) * 1e6
