"""wrk, the load generator: one thread on the core that the servers do not use."""
from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

from client import HOST
from processes import Process

HERE = Path(__file__).parent
RESULT = "burgee-bench "


def version() -> str:
    # wrk ends with 1 after it has said its version.
    output = subprocess.run(["wrk", "-v"], capture_output=True, text=True, check=False).stdout
    return output.split("[")[0].replace("wrk", "").strip()


@dataclass(frozen=True)
class Result:
    """What wrk's `done` saw; times are in microseconds."""

    requests: int
    seconds: float
    errors: int
    p50: float
    p99: float


@dataclass(frozen=True)
class Wrk:
    """wrk on one core."""

    core: int
    log: Path

    def get(self, port: int, paths: Path, connections: int, seconds: float, first: int = 0) -> Result:
        """GETs the paths of a file, one a line, in turn and from the `first` on."""
        return self.finish(self.start_get(port, paths, connections, seconds, first), seconds)

    def start_get(self, port: int, paths: Path, connections: int, seconds: float, first: int = 0) -> Process:
        """Like `get`, and returns at once; `finish` waits for the result."""
        return self._start(port, connections, seconds, "requests.lua", str(paths), str(first))

    def report(self, port: int, token: str, prefix: str, connections: int, seconds: float) -> Result:
        """POSTs runs, each with an external id of its own that begins with `prefix`."""
        return self.finish(self._start(port, connections, seconds, "reports.lua", token, prefix), seconds)

    def finish(self, process: Process, seconds: float) -> Result:
        """Waits until wrk has ended, and reads what it printed."""
        with process:
            output = process.stdout.read().decode()
            process.wait(timeout=seconds + 30)
        for line in output.splitlines():
            if line.startswith(RESULT):
                requests, duration, errors, p50, p99 = (float(part) for part in line[len(RESULT) :].split())
                return Result(int(requests), duration / 1e6, int(errors), p50, p99)
        raise RuntimeError(f"wrk printed no result:\n{output}\n{self.log.read_text(errors='replace')[-2000:]}")

    def _start(self, port: int, connections: int, seconds: float, script: str, *arguments: str) -> Process:
        # wrk takes whole seconds.
        duration = f"{max(1, round(seconds))}s"
        command = ["wrk", "--threads", "1", "--connections", str(connections), "--duration", duration]
        command += ["--timeout", "20s", "--latency", "--script", str(HERE / script), f"http://{HOST}:{port}/"]
        return Process([*command, "--", *arguments], self.core, self.log, stdout=subprocess.PIPE)
