"""Interleaved rounds: each contestant is measured once a round, in the same order, and medians are compared."""
from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass

from processes import cpu_seconds
from wrk import Result


@dataclass(frozen=True)
class Load:
    """One load on one process. Times are in microseconds."""

    requests: int
    seconds: float
    errors: int
    p50: float
    p99: float
    cpu_per_request: float

    @property
    def rate(self) -> float:
        return self.requests / self.seconds


def measure(pid: int, load: Callable[[], Result]) -> Load:
    """Runs a load, and reads what it cost the process before and after."""
    before = cpu_seconds(pid)
    result = load()
    return with_cost(result, cpu_seconds(pid) - before)


def with_cost(result: Result, cpu: float) -> Load:
    """A load that took so many seconds of CPU."""
    if result.requests == 0:
        raise RuntimeError(f"no request was answered within {result.seconds:.0f} s ({result.errors} errors)")
    return Load(
        requests=result.requests,
        seconds=result.seconds,
        errors=result.errors,
        p50=result.p50,
        p99=result.p99,
        cpu_per_request=cpu / result.requests * 1e6,
    )


@dataclass(frozen=True)
class Rounds:
    """The rounds of one contestant."""

    loads: list[Load]

    @property
    def cpu(self) -> float:
        """Median microseconds of CPU for a request."""
        return statistics.median(load.cpu_per_request for load in self.loads)

    @property
    def per_cpu_second(self) -> float:
        """Requests for a second of CPU, from the median."""
        return 1e6 / self.cpu

    @property
    def p50(self) -> float:
        return statistics.median(load.p50 for load in self.loads)

    @property
    def p99(self) -> float:
        return statistics.median(load.p99 for load in self.loads)

    @property
    def rate(self) -> float:
        """Median requests per second."""
        return statistics.median(load.rate for load in self.loads)

    @property
    def errors(self) -> int:
        return sum(load.errors for load in self.loads)

    def raw(self) -> list[dict[str, float]]:
        return [asdict(load) for load in self.loads]


Contestant = Callable[[], Load]
Contestants = Mapping[str, Contestant]


def interleave(count: int, contestants: Contestants) -> dict[str, Rounds]:
    """Measures all contestants `count` times, in turn."""
    loads: dict[str, list[Load]] = {name: [] for name in contestants}
    for _ in range(count):
        for name, contestant in contestants.items():
            loads[name].append(contestant())
    return {name: Rounds(measured) for name, measured in loads.items()}
