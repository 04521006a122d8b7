"""The machine that is measured on."""
from __future__ import annotations

import os
import platform
from pathlib import Path


def describe() -> dict[str, str]:
    """Processor, memory and kernel."""
    memory = next(int(line.split()[1]) for line in Path("/proc/meminfo").read_text().splitlines() if "MemTotal" in line)
    return {
        "machine": f"{_processor()}, {os.cpu_count()} cores, {memory / 1024 / 1024:.0f} GiB",
        "kernel": f"Linux {platform.release()}",
    }


class Others:
    """What other programs take of the machine from now on."""

    def __init__(self) -> None:
        self._busy, self._total = _ticks()
        self._own = _own_ticks()

    def share(self) -> float:
        """The part of all cores that neither this program nor a child that has ended took."""
        busy, total = _ticks()
        others = busy - self._busy - (_own_ticks() - self._own)
        return max(0.0, others / max(1, total - self._total))


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.machine()


def _ticks() -> tuple[int, int]:
    """Busy and all ticks of all cores."""
    ticks = [int(field) for field in Path("/proc/stat").read_text().splitlines()[0].split()[1:9]]
    idle, waiting = ticks[3], ticks[4]
    return sum(ticks) - idle - waiting, sum(ticks)


def _own_ticks() -> float:
    return sum(os.times()[:4]) * os.sysconf("SC_CLK_TCK")
