"""The machine that is measured on."""
from __future__ import annotations

import os
import platform
import time
from pathlib import Path


def describe() -> dict[str, str]:
    """Processor, memory and kernel."""
    memory = next(int(line.split()[1]) for line in Path("/proc/meminfo").read_text().splitlines() if "MemTotal" in line)
    return {
        "machine": f"{_processor()}, {os.cpu_count()} cores, {memory / 1024 / 1024:.0f} GiB",
        "kernel": f"Linux {platform.release()}",
    }


def busy_share(seconds: float = 1.0) -> float:
    """Which part of all cores is in use while this program waits."""
    before = _ticks()
    time.sleep(seconds)
    after = _ticks()
    idle, total = after[0] - before[0], after[1] - before[1]
    return 1 - idle / total if total else 0.0


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.machine()


def _ticks() -> tuple[int, int]:
    """Idle and all ticks of all cores."""
    ticks = [int(field) for field in Path("/proc/stat").read_text().splitlines()[0].split()[1:]]
    return ticks[3] + ticks[4], sum(ticks[:8])
