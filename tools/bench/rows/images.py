"""PNG: drawn anew, against sharp; and from the cache, against SVG."""
from __future__ import annotations

import contextlib
import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

from bench import Bench, check_paths
from burgee import Server
from node_peers import Sharp
from rounds import Load, measure
from sample_data import ENVIRONMENTS, PROJECTS, release_badge, release_badges
from table import Line, Target, ratio
from wrk import Result

# Few enough that no server has to turn any away.
CONNECTIONS = 4
LABELS = ("environment", "project", "release")
SVGS_FOR_SHARP = 1000
WANTED = {1: Target(3, at_least=True), 2: Target(2.9, at_least=True)}
HIT = Target(1.1)
STYLES = ("flat", "flat-square", "plastic", "for-the-badge", "social")


def misses(bench: Bench) -> Iterator[Line]:
    """Images of different texts, each drawn once, for a CPU second; sharp draws the same SVGs."""
    with bench.serve(cached=False) as server:
        client = server.client()
        svgs = [client.get(path).body.decode() for path in release_badges()[:SVGS_FOR_SHARP]]
        widths = {scale: _png_width(client.get(f"{release_badges('.png')[0]}?scale={scale}").body) for scale in WANTED}
        client.close()
        with bench.sharp(svgs) or contextlib.nullcontext() as sharp:
            if sharp and sharp.widths != widths:
                raise RuntimeError(f"sharp's images are {sharp.widths} pixels wide, Burgee's {widths}")
            for scale, target in WANTED.items():
                yield _miss(bench, server, sharp, scale, target)


def _miss(bench: Bench, server: Server, sharp: Sharp | None, scale: int, target: Target) -> Line:
    contestants: dict[str, Callable[[], Load]] = {"burgee": _unseen_images(bench, server, scale)}
    if sharp:
        contestants = {"sharp": lambda: measure(sharp.pid, lambda: _rasterize(sharp, scale, bench)), **contestants}
    measured = bench.compare(f"PNG at {scale}×, {bench.cache_off}", contestants)
    burgee, peer = measured["burgee"], measured.get("sharp")
    what = f"PNG at {scale}× for a CPU second, miss"
    theirs = peer and peer.per_cpu_second
    return ratio("png", what, burgee.per_cpu_second, "sharp", theirs, "images", target, burgee.errors)


def _unseen_images(bench: Bench, server: Server, scale: int) -> Callable[[], Load]:
    """Loads of which each goes on with the images where the one before might have stopped."""
    paths = [f"{path}?scale={scale}&label={label}" for label in LABELS for path in release_badges(".png")]
    file = bench.paths(*paths)
    share = len(paths) // (bench.options.rounds + 1)
    firsts = itertools.count(0, share)

    def load() -> Load:
        first = next(firsts)
        measured = measure(
            server.pid, lambda: bench.wrk.get(server.port, file, CONNECTIONS, bench.seconds, first)
        )
        if measured.requests > share and not bench.program.has_cache_size():
            bench.note(f"PNG at {scale}×: {measured.requests} images in a round, of which only {share} were unseen")
        return measured

    return load


def _rasterize(sharp: Sharp, scale: int, bench: Bench) -> Result:
    images = sharp.rasterize(scale, bench.seconds)
    return Result(images, bench.seconds, 0, 0, 0)


def _png_width(png: bytes) -> int:
    return int.from_bytes(png[16:20], "big")


def hits(bench: Bench) -> Iterator[Line]:
    """A PNG and an SVG of about the same size, both asked for before."""
    with bench.serve() as server:
        (svg, svg_size), (png, png_size) = _pair_of_one_size(server)
        files: dict[str, Path] = {"svg": bench.paths(svg), "png": bench.paths(png)}
        check_paths(server, [svg, png])
        measured = bench.compare(
            "PNG hit and SVG hit", {name: lambda file=file: bench.get(server, file) for name, file in files.items()}
        )
    errors = measured["png"].errors + measured["svg"].errors
    what, against = f"CPU, PNG hit of {png_size:,} bytes", f"SVG, {svg_size:,} bytes"
    yield ratio("png-hit", what, measured["png"].cpu, against, measured["svg"].cpu, "µs", HIT, errors)


def _pair_of_one_size(server: Server) -> tuple[tuple[str, int], tuple[str, int]]:
    """The SVG and the PNG whose sizes are closest, among all styles, labels and scales of a few badges."""
    client = server.client()
    svgs, pngs = [], []
    for project, style, label in itertools.product((0, PROJECTS - 1), STYLES, LABELS):
        query = f"?style={style}&label={label}"
        svg = release_badge(project, ENVIRONMENTS - 1, query)
        svgs.append((svg, len(client.get(svg).body)))
        for scale in (1, 2):
            png = release_badge(project, ENVIRONMENTS - 1, f".png{query}&scale={scale}")
            pngs.append((png, len(client.get(png).body)))
    client.close()
    return min(itertools.product(svgs, pngs), key=lambda pair: abs(pair[0][1] - pair[1][1]))
