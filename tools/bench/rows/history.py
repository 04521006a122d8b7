"""A long history: how fast a server starts with it, and how fast it finds a badge in it."""
from __future__ import annotations

import statistics
from collections.abc import Iterator

import long_history
from bench import Bench, check_paths, say
from burgee import Server, copy_data
from sample_data import release_badge, release_badges
from table import Line, Target, ratio

START = Target(30)
LOOKUP = Target(1.2)
STARTS = 7
SHORT = 10_000


def start(bench: Bench) -> Iterator[Line]:
    """From the start of the process to the first badge that it answers."""
    folder = copy_data(bench.data.folder, bench.new_folder())
    runs = long_history.lengthen(folder, bench.options.runs)
    say(f"starts with {runs:,} runs")
    times = []
    for _ in range(STARTS):
        with Server(bench.program, folder, bench.server_core) as server:
            times.append(server.wait(release_badge(0, 0)) * 1000)
    bench.raw["start, ms"] = times
    yield Line("start", f"to the first 200, {runs:,} runs", "", statistics.median(times), "ms", target=START)


def lookup(bench: Bench) -> Iterator[Line]:
    """Release badges of a server with a long history and of one with a short one, neither with a cache."""
    if bench.options.runs <= SHORT:
        bench.note("skipped the row history: it needs more than 10,000 runs (--full)")
        return
    folder = copy_data(bench.data.folder, bench.new_folder())
    say(f"filling in {bench.options.runs:,} runs")
    runs = long_history.lengthen(folder, bench.options.runs)
    paths = bench.paths(*release_badges())
    with (
        bench.serve(cached=False) as short,
        Server(bench.program, folder, bench.server_core, cached=False) as long,
    ):
        long.wait()
        check_paths(long, release_badges()[:1])
        measured = bench.compare(
            f"badges among {runs:,} runs",
            {"short": lambda: bench.get(short, paths), "long": lambda: bench.get(long, paths)},
        )
    ours, theirs = measured["long"], measured["short"]
    what = f"CPU, badges among {runs:,} runs, {bench.cache_off}"
    yield ratio("history", what, ours.cpu, "10^4 runs", theirs.cpu, "µs", LOOKUP, ours.errors)
