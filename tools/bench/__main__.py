#!/usr/bin/env python3
"""Measures the release build of Burgee against its peers: see docs/PERFORMANCE.md.

    make bench                       every row
    make bench ARGS="hit reports"    these rows
"""
from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import signal
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path

import machine
from bench import Bench, Options, say
from burgee import Program
from rows import ROWS, Row
from table import Line, render

ROOT = Path(__file__).resolve().parents[2]
# What other programs may take before a note says so.
BUSY = 0.05
METHOD = """\
Method: the server and each peer run on core {server}, the load generator (wrk, one thread) on core {load}. In each of
{rounds} rounds every contestant takes its turn for {seconds} s; a shorter round before them does not count. CPU is the
user and system time that the kernel accounts to the process (of nginx: its one worker), divided by the requests
answered. Figures are medians of the rounds; a ratio is Burgee's median divided by the peer's. Everything is on the loopback
interface."""


def main() -> int:
    arguments = parse_arguments()
    if arguments.list:
        for row in ROWS:
            print(f"{row.name:10} {row.about}")
        return 0
    rows = [row for row in ROWS if not arguments.rows or row.name in arguments.rows]
    require(arguments.burgee)
    # A signal ends the run like an error, so that everything that was started is stopped.
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(1))
    options = Options(
        rounds=arguments.rounds,
        seconds=arguments.seconds,
        memory_seconds=arguments.memory_seconds or (60 if arguments.full else 20),
        runs=arguments.runs or (1_000_000 if arguments.full else 10_000),
    )
    began = time.monotonic()
    target = ROOT / "target"
    # Beside the build and not in /tmp, which may be in memory: reports have to reach a disk.
    with tempfile.TemporaryDirectory(prefix="bench-", dir=target) as folder:
        cores = sorted(os.sched_getaffinity(0))
        others = machine.Others()
        with Bench(Program(arguments.burgee), options, cores, Path(folder), ROOT) as bench:
            lines, failed = measure(bench, rows)
    if others.share() > BUSY:
        bench.note(f"other programs took {others.share():.0%} of the machine meanwhile: CPU and latencies are too high")
    print_results(bench, lines, failed, arguments.json)
    say(f"took {time.monotonic() - began:.0f} s")
    return 1 if failed else 0


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description="Measures Burgee against its peers.")
    parser.add_argument("rows", nargs="*", metavar="ROW", help="rows to measure; all without any (see --list)")
    parser.add_argument("--list", action="store_true", help="list the rows, and stop")
    parser.add_argument("--rounds", type=int, default=5, help="interleaved rounds (5)")
    parser.add_argument("--seconds", type=int, default=2, help="whole seconds of each load (2)")
    parser.add_argument("--memory-seconds", type=int, help="seconds under load before memory is read (20; --full: 60)")
    parser.add_argument("--runs", type=int, help="runs of the long history (10^4; --full: 10^6)")
    parser.add_argument("--full", action="store_true", help="a long history, and a longer load for memory")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the raw figures of every round")
    parser.add_argument(
        "--burgee", type=Path, default=ROOT / "target/release/burgee", metavar="FILE", help="the program to measure"
    )
    arguments = parser.parse_args()
    unknown = set(arguments.rows) - {row.name for row in ROWS}
    if unknown:
        parser.error(f"no such row: {', '.join(sorted(unknown))}; there are {', '.join(row.name for row in ROWS)}")
    return arguments


def require(burgee: Path) -> None:
    """Ends with a sentence about what is missing."""
    if platform.system() != "Linux":
        sys.exit("bench: the kernel's accounting is read from /proc, so this needs Linux")
    if not burgee.is_file():
        sys.exit(f"bench: {burgee} is missing: run 'make release'")
    if not shutil.which("wrk"):
        sys.exit("bench: wrk is missing: run tools/setup/bench.sh, or install wrk")


def measure(bench: Bench, rows: list[Row]) -> tuple[list[Line], list[str]]:
    """The lines of all rows, and which rows failed."""
    lines: list[Line] = []
    failed: list[str] = []
    for row in rows:
        try:
            lines.extend(row.run(bench))
        except Exception as error:  # one row that cannot be measured should not cost the others
            failed.append(f"{row.name}: {error}")
            say(failed[-1])
    return lines, failed


def print_results(bench: Bench, lines: list[Line], failed: list[str], file: Path | None) -> None:
    about = {**machine.describe(), **bench.versions()}
    options = bench.options
    if lines:
        print(f"\n{render(lines)}\n")
        print(METHOD.format(server=bench.server_core, load=bench.load_core, **asdict(options)))
        if bench.server_core == bench.load_core:
            print("There is only one core: server and load generator share it.")
    for name, value in about.items():
        print(f"{name}: {value}")
    for what in bench.notes:
        print(f"note: {what}")
    for what in failed:
        print(f"FAILED {what}")
    if file:
        result = {
            "about": about,
            "options": asdict(options),
            "lines": [{**asdict(line), "met": line.met} for line in lines],
            "raw": bench.raw,
            "notes": bench.notes,
            "failed": failed,
        }
        file.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
