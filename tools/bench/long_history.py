"""A long history, written into the SQLite file of a server that has stopped."""
from __future__ import annotations

import sqlite3
from pathlib import Path


def lengthen(data: Path, runs: int) -> int:
    """Repeats the runs that are there, in their order, until there are this many; answers how many there are."""
    database = sqlite3.connect(data / "burgee.db", isolation_level=None)
    try:
        database.execute("pragma synchronous = off")
        database.execute("pragma cache_size = -262144")  # KiB
        # Ids grow, and an external id belongs to one run alone.
        columns = [row[1] for row in database.execute("pragma table_info(runs)")]
        copied = ", ".join(column for column in columns if column not in ("id", "external_id"))
        while (present := _count(database)) < runs:
            database.execute(
                f"insert into runs ({copied}) select {copied} from runs order by id limit ?", (runs - present,)
            )
        return present
    finally:
        database.close()


def _count(database: sqlite3.Connection) -> int:
    return database.execute("select count(*) from runs").fetchone()[0]
