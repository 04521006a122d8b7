"""Hits while reports arrive."""
from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import paced_reports
from bench import CONNECTIONS, Bench, check_paths, say
from burgee import Server
from processes import Process, cpu_seconds
from rounds import Load, Rounds, measure, with_cost
from sample_data import release_badge
from table import Line, Target, ratio
from wrk import Result

RATE = 500
LEAD_SECONDS = 0.3
CPU = Target(1.1)
P99 = Target(2)


def hits_beside_reports(bench: Bench) -> Iterator[Line]:
    """Each round: hits alone, reports alone, both together; what the reports cost alone is subtracted."""
    say(f"hits, {RATE} reports/s, and both")
    path = release_badge(0, 0)
    hits = bench.paths(path)
    alone: list[Load] = []
    reports: list[Load] = []
    beside: list[Load] = []
    rates: list[float] = []
    with bench.serve() as server:
        check_paths(server, [path])
        for turn in range(bench.options.rounds + 1):
            lone_hits = bench.get(server, hits)
            lone_reports = measure(server.pid, lambda: _finish(_start(bench, server, f"alone-{turn}")))
            both, rate = _both(bench, server, hits, f"beside-{turn}", lone_reports.cpu_per_request)
            if turn > 0:
                alone.append(lone_hits)
                reports.append(lone_reports)
                beside.append(both)
                rates.append(rate)
    measured = {"alone": Rounds(alone), "reports": Rounds(reports), "beside": Rounds(beside)}
    bench.record("mixed", measured)
    bench.raw["mixed, achieved reports/s"] = rates
    without, with_reports = measured["alone"], measured["beside"]
    errors, rate = with_reports.errors, statistics.median(rates)
    what = f"CPU of hits at {rate:.0f} reports/s, theirs subtracted"
    yield ratio("mixed", what, with_reports.cpu, "no reports", without.cpu, "µs", CPU, errors)
    yield ratio("mixed", "p99 of that", with_reports.p99, "no reports", without.p99, "µs", P99, errors)
    lone = measured["reports"]
    yield Line("mixed", f"CPU of a report, {lone.rate:.0f}/s alone", "", lone.cpu, "µs", errors=lone.errors)


def _both(bench: Bench, server: Server, hits: Path, prefix: str, cpu_per_report: float) -> tuple[Load, float]:
    """The hits' load without the reports' CPU, and the reports' achieved rate."""
    before = cpu_seconds(server.pid)
    reporter = _start(bench, server, prefix)
    with reporter:
        time.sleep(LEAD_SECONDS)
        result = bench.wrk.get(server.port, hits, CONNECTIONS, bench.options.seconds)
        reports = _finish(reporter)
    cpu = cpu_seconds(server.pid) - before - reports.requests * cpu_per_report / 1e6
    load = with_cost(result, cpu)
    return load, reports.requests / reports.seconds


def _start(bench: Bench, server: Server, prefix: str) -> Process:
    """Reports at the fixed rate, a little longer than a load takes."""
    seconds = bench.options.seconds + 2 * LEAD_SECONDS
    command = [sys.executable, paced_reports.__file__, str(server.port), bench.data.token, prefix, str(RATE), str(seconds)]
    return Process(command, bench.load_core, bench.folder / "reports.log", stdout=subprocess.PIPE)


def _finish(reporter: Process) -> Result:
    """What the reporter printed when it was through."""
    with reporter:
        output = reporter.stdout.read()
        if reporter.wait(timeout=60) != 0:
            reporter.require_running()
    sent = json.loads(output)
    return Result(sent["reports"], sent["seconds"], sent["errors"], 0, sent["p99"])
