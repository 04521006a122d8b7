"""Hits: badges that were asked for before."""
from __future__ import annotations

from collections.abc import Iterator

import nginx
from bench import CONNECTIONS, Bench, check_paths
from rounds import Contestants, Rounds
from sample_data import release_badge, release_badges
from table import Line, Target, ratio

ALL_CONNECTIONS = (1, 16, 64, 256)
CPU = Target(0.75)
P99 = Target(1.0)
CPU_OF_MANY = Target(0.8)


def one_badge(bench: Bench) -> Iterator[Line]:
    """The same badge over and over."""
    path = release_badge(0, 0)
    ours, theirs = bench.paths(path), bench.paths(nginx.ONE)
    with bench.serve() as server:
        check_paths(server, [path])
        for connections in ALL_CONNECTIONS:
            others = _badge_maker(bench) if connections == CONNECTIONS else {}
            name = f"hit at {connections} connections"
            measured = bench.compare_with_nginx(name, server, ours, theirs, connections, others)
            yield from _lines(measured, connections)


def _badge_maker(bench: Bench) -> Contestants:
    """badge-maker as a contestant, if it is installed."""
    server = bench.badge_maker
    if server is None:
        return {}
    paths = bench.paths(server.path)
    return {"badge-maker": lambda: bench.get(server, paths)}


def _lines(measured: dict[str, Rounds], connections: int) -> Iterator[Line]:
    burgee, peer = measured["burgee"], measured.get("nginx")
    at = f"at {connections} connection{'s' if connections > 1 else ''}"
    wanted = CPU if connections > 1 else None
    yield ratio("hit", f"CPU {at}", burgee.cpu, "nginx", peer and peer.cpu, "µs", wanted, burgee.errors)
    yield ratio("hit", f"p99 {at}", burgee.p99, "nginx", peer and peer.p99, "µs", P99, burgee.errors)
    if peer := measured.get("badge-maker"):
        yield ratio("hit", f"CPU {at}", burgee.cpu, "badge-maker", peer.cpu, "µs", None, burgee.errors)


def many_badges(bench: Bench) -> Iterator[Line]:
    """Different badges in turn, each of which was asked for once before."""
    paths = bench.paths(*release_badges())
    with bench.serve() as server:
        check_paths(server, release_badges())
        measured = bench.compare_with_nginx("10,000 badges", server, paths, paths)
    burgee, peer = measured["burgee"], measured.get("nginx")
    what = "CPU, 10,000 badges, cached"
    yield ratio("many", what, burgee.cpu, "nginx", peer and peer.cpu, "µs", CPU_OF_MANY, burgee.errors)
    yield ratio("many", "p99 of that", burgee.p99, "nginx", peer and peer.p99, "µs", None, burgee.errors)
