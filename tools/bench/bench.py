"""What all rows share: the cores, the data, the servers and peers that are started for them, and the rounds."""
from __future__ import annotations

import contextlib
import itertools
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import nginx
import node_peers
import sample_data
from burgee import Program, Server, copy_data
from nginx import Nginx
from rounds import Contestants, Load, Rounds, interleave, measure
from wrk import Wrk
from wrk import version as wrk_version

CONNECTIONS = 64
WARM_UP_SECONDS = 1


@dataclass(frozen=True)
class Options:
    """How much is measured."""

    rounds: int
    seconds: int
    memory_seconds: int
    runs: int


class Bench:
    """One run of the benchmark; a context manager that stops what it started."""

    def __init__(self, program: Program, options: Options, cores: list[int], folder: Path, root: Path) -> None:
        self.program = program
        self.options = options
        self.folder = folder
        self.root = root
        self.server_core, self.load_core = cores[0], cores[-1]
        self.wrk = Wrk(self.load_core, folder / "wrk.log")
        # How long a load takes now.
        self.seconds = options.seconds
        self.notes: list[str] = []
        self.raw: dict[str, Any] = {}
        self._stack = contextlib.ExitStack()
        self._numbers = itertools.count(1)

    def __enter__(self) -> Bench:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    # ── what is measured ──

    @cached_property
    def data(self) -> sample_data.SampleData:
        """The sample data, in a folder that is only copied from."""
        say(f"reporting {sample_data.PROJECTS * sample_data.ENVIRONMENTS:,} deployments")
        return sample_data.create(self.program, self.folder / "data", self.server_core)

    def serve(self, cached: bool = True) -> Server:
        """A server on a fresh copy of the sample data, ready for requests."""
        server = Server(self.program, copy_data(self.data.folder, self.new_folder()), self.server_core, cached)
        try:
            server.wait()
        except BaseException:
            server.process.stop()
            raise
        return server

    @cached_property
    def cache_off(self) -> str:
        """What a row calls a server without its cache."""
        return "cache off" if self.program.has_cache_size() else "cache off = as is"

    def paths(self, *paths: str) -> Path:
        """A file with these paths, as wrk's script reads it."""
        file = self.folder / f"paths-{next(self._numbers)}"
        file.write_text("\n".join(paths) + "\n")
        return file

    def new_folder(self) -> Path:
        return self.folder / f"folder-{next(self._numbers)}"

    # ── peers ──

    @cached_property
    def nginx(self) -> Nginx | None:
        """nginx with Burgee's badges as files, or None if this machine has none."""
        program = nginx.find()
        if program is None:
            self.note("skipped nginx: it is not installed")
            return None
        with self.serve() as server:
            client = server.client()
            badge = client.get(sample_data.release_badge(0, 0))
            others = {path: client.get(path).body for path in sample_data.release_badges()}
            client.close()
        folder = self.new_folder()
        folder.mkdir()
        return self._stack.enter_context(Nginx(program, folder, self.server_core, badge, others))

    @cached_property
    def badge_maker(self) -> node_peers.BadgeMaker | None:
        """badge-maker behind an HTTP server, or None if it is not installed."""
        node = node_peers.find("badge-maker")
        if node is None:
            self.note("skipped badge-maker: it is not installed, see tools/setup/bench.sh")
            return None
        return self._stack.enter_context(
            node_peers.BadgeMaker(node, self.server_core, self.folder / "badge-maker.log")
        )

    def sharp(self, svgs: list[str]) -> node_peers.Sharp | None:
        """sharp with these images, or None if it is not installed."""
        node = node_peers.find("sharp")
        if node is None:
            self.note("skipped sharp: it is not installed, see tools/setup/bench.sh")
            return None
        return node_peers.Sharp(node, self.server_core, self.new_folder(), svgs)

    def versions(self) -> dict[str, str]:
        """What was measured: Burgee, and the peers that took part."""
        versions = {"burgee": self.program.version(), "wrk": wrk_version()}
        if program := nginx.find():
            versions["nginx"] = nginx.version(program)
        for package in ("badge-maker", "sharp"):
            if node := node_peers.find(package):
                versions[package] = f"{node_peers.version(package)} (Node.js {node_peers.node_version(node)})"
        return versions

    def note(self, what: str) -> None:
        """Something that whoever reads the figures should know; printed once, below them."""
        if what not in self.notes:
            self.notes.append(what)

    # ── measuring ──

    def get(self, server: Server | Nginx | node_peers.BadgeMaker, paths: Path, connections: int = CONNECTIONS) -> Load:
        """The cost of GETting these paths, in turn."""
        return measure(server.pid, lambda: self.wrk.get(server.port, paths, connections, self.seconds))

    def compare(self, name: str, contestants: Contestants) -> dict[str, Rounds]:
        """The rounds of all contestants, which also go into the raw figures."""
        say(name)
        self.warm_up(contestants)
        measured = interleave(self.options.rounds, contestants)
        self.record(name, measured)
        return measured

    def warm_up(self, contestants: Contestants) -> None:
        """A shorter round that does not count."""
        self.seconds = min(WARM_UP_SECONDS, self.options.seconds)
        for contestant in contestants.values():
            contestant()
        self.seconds = self.options.seconds

    def compare_with_nginx(
        self,
        name: str,
        server: Server,
        paths: Path,
        nginx_paths: Path,
        connections: int = CONNECTIONS,
        others: Contestants | None = None,
    ) -> dict[str, Rounds]:
        """GETs paths of a server beside nginx's, if there is one, and beside other contestants."""
        contestants = {**(others or {}), "burgee": lambda: self.get(server, paths, connections)}
        if peer := self.nginx:
            contestants = {"nginx": lambda: self.get(peer, nginx_paths, connections), **contestants}
        return self.compare(name, contestants)

    def record(self, name: str, measured: dict[str, Rounds]) -> None:
        self.raw[name] = {contestant: rounds.raw() for contestant, rounds in measured.items()}


def say(what: str) -> None:
    """Progress, on standard error."""
    print(f"bench: {what}", file=sys.stderr, flush=True)


def check_paths(server: Server, paths: Iterable[str]) -> None:
    """GETs each path once: all must answer 200, and what can be cached then is."""
    client = server.client()
    for path in paths:
        client.get(path)
    client.close()
