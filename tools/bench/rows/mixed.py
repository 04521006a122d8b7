"""Hits while reports arrive."""
from __future__ import annotations

import itertools
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import paced_reports
from bench import CONNECTIONS, Bench, check_paths
from burgee import Server
from processes import Process, cpu_seconds
from rounds import Load, measure, with_cost
from sample_data import release_badge
from table import Line, Target, ratio
from wrk import Result

RATE = 500
# Reports begin so much before the hits, and end so much after them.
LEAD_SECONDS = 0.3
CPU = Target(1.1)
P99 = Target(2)


def hits_beside_reports(bench: Bench) -> Iterator[Line]:
    """Each round: hits alone, reports alone, both together; what the reports cost alone is subtracted.

    Alone, reports are committed in smaller groups than among hits, so this subtracts too much rather than too little;
    the ratio without subtracting is the other bound.
    """
    path = release_badge(0, 0)
    with bench.serve() as server:
        check_paths(server, [path])
        mix = Mix(bench, server, bench.paths(path))
        contestants = {"hits": mix.hits, "reports": mix.reports, "hits beside reports": mix.hits_beside_reports}
        measured = bench.compare(f"hits, {RATE} reports/s, and both", contestants)
    together = mix.together[-bench.options.rounds :]  # without the warm-up
    bench.raw["hits beside reports, together"] = [asdict(load) for load in together]
    rate = statistics.median(load.reports_per_second for load in together)
    whole_cpu = statistics.median(load.cpu_per_hit for load in together)
    alone, reports, beside = measured.values()
    what = f"CPU of hits at {rate:.0f} reports/s, theirs subtracted"
    yield ratio("mixed", what, beside.cpu, "no reports", alone.cpu, "µs", CPU, beside.errors)
    yield ratio("mixed", "the same, not subtracted", whole_cpu, "no reports", alone.cpu, "µs", None, beside.errors)
    yield ratio("mixed", "p99 of that", beside.p99, "no reports", alone.p99, "µs", P99, beside.errors)
    yield Line("mixed", f"CPU of a report, {reports.rate:.0f}/s alone", "", reports.cpu, "µs", errors=reports.errors)


@dataclass(frozen=True)
class Together:
    """Hits and reports at the same time."""

    reports_per_second: float
    # Microseconds, with what the reports took.
    cpu_per_hit: float


class Mix:
    """The loads of one server; a round is `hits`, `reports` and `hits_beside_reports`, in this order."""

    def __init__(self, bench: Bench, server: Server, paths: Path) -> None:
        self.together: list[Together] = []
        self._bench, self._server, self._paths = bench, server, paths
        self._cpu_per_report = 0.0
        self._prefixes = (f"paced{number}" for number in itertools.count())

    def hits(self) -> Load:
        return self._bench.get(self._server, self._paths)

    def reports(self) -> Load:
        load = measure(self._server.pid, lambda: self._finish(self._start()))
        self._cpu_per_report = load.cpu_per_request
        return load

    def hits_beside_reports(self) -> Load:
        """The hits, without the CPU that as many reports take alone."""
        bench, server = self._bench, self._server
        before = cpu_seconds(server.pid)
        with self._start() as reporter:
            time.sleep(LEAD_SECONDS)
            hits = bench.wrk.get(server.port, self._paths, CONNECTIONS, bench.seconds)
            reports = self._finish(reporter)
        whole_cpu = cpu_seconds(server.pid) - before
        self.together.append(Together(reports.requests / reports.seconds, whole_cpu / hits.requests * 1e6))
        cpu = whole_cpu - reports.requests * self._cpu_per_report / 1e6
        return with_cost(replace(hits, errors=hits.errors + reports.errors), cpu)

    def _start(self) -> Process:
        """Starts reports at the fixed rate."""
        bench = self._bench
        seconds = bench.seconds + 2 * LEAD_SECONDS
        command = [sys.executable, paced_reports.__file__, str(self._server.port), bench.data.token]
        command += [next(self._prefixes), str(RATE), str(seconds)]
        return Process(command, bench.load_core, bench.folder / "reports.log", stdout=subprocess.PIPE)

    def _finish(self, reporter: Process) -> Result:
        """What the reporter printed when it was through."""
        with reporter:
            output = reporter.stdout.read()
            if reporter.wait(timeout=60) != 0:
                reporter.require_running()
        sent = json.loads(output)
        return Result(sent["reports"], sent["seconds"], sent["errors"], 0, sent["p99"])
