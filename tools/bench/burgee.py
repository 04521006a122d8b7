"""The server under test: the release binary on a data folder of its own."""
from __future__ import annotations

import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from client import HOST, Client, free_port, wait_for_200
from processes import Process


@dataclass(frozen=True)
class Program:
    """`target/release/burgee`."""

    path: Path

    def version(self) -> str:
        return self._output("--version").strip()

    def has_cache_size(self) -> bool:
        """Whether `burgee serve` knows `--cache-size`."""
        return "--cache-size" in self._output("serve", "--help")

    def migrate(self, data: Path) -> None:
        self._output("migrate", "--data-dir", str(data))

    def create_token(self, data: Path, name: str, *arguments: str) -> str:
        """Makes a token, which is printed only this once."""
        return self._output("token", "create", "--data-dir", str(data), "--name", name, *arguments).strip()

    def _output(self, *arguments: str) -> str:
        done = subprocess.run([self.path, *arguments], capture_output=True, text=True, timeout=60, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"burgee {' '.join(arguments)}: {done.stderr}")
        return done.stdout


class Server:
    """A running `burgee serve`; a context manager that stops it."""

    def __init__(self, program: Program, data: Path, core: int, cached: bool = True) -> None:
        self.port = free_port()
        command = [program.path, "serve", "--data-dir", data, "--listen", f"{HOST}:{self.port}"]
        if not cached and program.has_cache_size():
            command += ["--cache-size", "0"]
        self._started = time.perf_counter()
        self.process = Process(command, core, data.parent / "burgee.log")

    @property
    def pid(self) -> int:
        return self.process.pid

    def wait(self, path: str = "/readyz") -> float:
        """Waits for the first 200 to a path; answers the seconds since the start."""
        wait_for_200(self.port, path, self.process.require_running)
        return time.perf_counter() - self._started

    def client(self, token: str | None = None) -> Client:
        return Client(self.port, token)

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.stop()


def copy_data(template: Path, folder: Path) -> Path:
    """A copy of the data folder of a server that has stopped."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(template, folder)
    return folder
