"""Processes: starting them on one core, reading the kernel's accounting, stopping them by their own id."""
from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")
STOP_TIMEOUT = 10.0


def cpu_seconds(pid: int) -> float:
    """User and system time of a process, with all its threads, those that have ended included."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    user, system = int(fields[11]), int(fields[12])
    return (user + system) / TICKS_PER_SECOND


def resident_bytes(pid: int) -> int:
    """Resident memory of a process."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024
    raise RuntimeError(f"process {pid} has no memory any more")


def children(pid: int) -> list[int]:
    """The ids of a process's children."""
    found = []
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except (OSError, IndexError):
            continue  # it has ended meanwhile
        if parent == pid:
            found.append(int(folder.name))
    return found


class Process:
    """A program that runs on one core until it is stopped; a context manager.

    It is started in a session of its own, so that Ctrl-C reaches only the driver, which then stops it.
    """

    def __init__(
        self,
        command: Sequence[str | Path],
        core: int,
        log: Path,
        environment: Mapping[str, str] | None = None,
        stdin: int = subprocess.DEVNULL,
        stdout: int | None = None,
    ) -> None:
        self.log = log
        with log.open("ab") as output:
            self._popen = subprocess.Popen(
                [str(part) for part in command],
                stdin=stdin,
                stdout=output if stdout is None else stdout,
                stderr=output,
                env={**os.environ, **(environment or {})},
                start_new_session=True,
                preexec_fn=lambda: os.sched_setaffinity(0, {core}),
            )

    @property
    def pid(self) -> int:
        return self._popen.pid

    @property
    def stdin(self) -> IO[bytes]:
        assert self._popen.stdin is not None
        return self._popen.stdin

    @property
    def stdout(self) -> IO[bytes]:
        assert self._popen.stdout is not None
        return self._popen.stdout

    def require_running(self) -> None:
        """Raises with the program's log if it has ended."""
        status = self._popen.poll()
        if status is not None:
            end_of_log = self.log.read_text(errors="replace")[-2000:]
            raise RuntimeError(f"{self._popen.args[0]} ended with {status}:\n{end_of_log}")

    def wait(self, timeout: float) -> int:
        """Waits for the program's own end."""
        return self._popen.wait(timeout)

    def stop(self) -> None:
        """Asks the process to end, and kills it if it does not."""
        if self._popen.poll() is None:
            self._popen.send_signal(signal.SIGTERM)
            try:
                self._popen.wait(STOP_TIMEOUT)
            except subprocess.TimeoutExpired:
                self._popen.kill()
                self._popen.wait()

    def __enter__(self) -> Process:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
