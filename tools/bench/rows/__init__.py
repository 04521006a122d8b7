"""The rows of the table: what is measured, by name, in the order in which they run."""
from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bench import Bench
from rows import cargo, hits, history, images, memory, misses, mixed, reports
from table import Line


@dataclass(frozen=True)
class Row:
    """One row: the lines that it measures, or what it prints itself."""

    name: str
    about: str
    run: Callable[[Bench], Iterator[Line]]


ROWS = [
    Row("hit", "one badge again and again, at 1 to 256 connections, against nginx and badge-maker", hits.one_badge),
    Row("many", "10,000 different badges, all cached, against nginx", hits.many_badges),
    Row("uncached", "badges of every dialect with the cache off, against nginx", misses.uncached),
    Row("mixed", "hits while 500 reports a second arrive for other projects", mixed.hits_beside_reports),
    Row("reports", "durable reports on SQLite, 64 clients and one", reports.durable),
    Row("png", "PNG on a miss at 1× and 2×, against sharp", images.misses),
    Row("png-hit", "a PNG hit against an SVG hit of the same size", images.hits),
    Row("history", "a badge among 10^6 runs against one among 10^4, cache off (with --full)", history.lookup),
    Row("memory", "resident memory, idle and at 256 connections", memory.resident),
    Row("start", "start to the first 200", history.start),
    Row("draw", "cargo bench: drawing", cargo.draw),
    Row("store", "cargo bench: the store's look-ups, on SQLite and PostgreSQL", cargo.store),
]
