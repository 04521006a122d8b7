"""The lines of the result and how they are printed."""
from __future__ import annotations

from dataclasses import dataclass

HEADINGS = ("row", "what", "Burgee", "against", "", "result", "wanted", "")


@dataclass(frozen=True)
class Target:
    """What a result should at most or at least be."""

    limit: float
    at_least: bool = False

    def is_met_by(self, result: float) -> bool:
        return result >= self.limit if self.at_least else result <= self.limit

    def text(self, unit: str) -> str:
        return f"{'≥' if self.at_least else '≤'} {self.limit:g} {unit}"


@dataclass(frozen=True)
class Line:
    """One line of the table: a figure of Burgee's, mostly beside a peer's, and what came of it."""

    row: str
    what: str
    burgee: str
    result: float
    unit: str
    against: str = ""
    peer: str = ""
    target: Target | None = None
    errors: int = 0

    @property
    def met(self) -> bool | None:
        """Whether the target was met; answers that were errors meet none."""
        if self.target is None:
            return None
        return self.errors == 0 and self.target.is_met_by(self.result)

    def cells(self) -> tuple[str, ...]:
        verdict = {None: "", True: "met", False: "missed"}[self.met]
        if self.errors:
            verdict = f"{self.errors} errors {verdict}".strip()
        wanted = self.target.text(self.unit) if self.target else ""
        result = f"{figure(self.result)} {self.unit}"
        return (self.row, self.what, self.burgee, self.against, self.peer, result, wanted, verdict)


def ratio(
    row: str,
    what: str,
    burgee: float,
    against: str,
    peer: float | None,
    unit: str,
    target: Target | None = None,
    errors: int = 0,
) -> Line:
    """A line whose result is Burgee's figure in terms of the peer's; without the peer it is Burgee's figure alone."""
    if peer is None:
        return Line(row, what, "", burgee, unit, errors=errors)
    ours, theirs = f"{figure(burgee)} {unit}", f"{figure(peer)} {unit}"
    return Line(row, what, ours, burgee / peer, "×", against, theirs, target, errors)


def figure(value: float) -> str:
    """Three digits, and no more than are known."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def render(lines: list[Line]) -> str:
    """The aligned table."""
    rows = [HEADINGS, *(line.cells() for line in lines)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    # Figures to the right, words to the left.
    to_the_right = {2, 4, 5, 6}
    texts = []
    for row in rows:
        cells = (
            cell.rjust(width) if column in to_the_right else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths))
        )
        texts.append("  ".join(cells).rstrip())
    texts.insert(1, "─" * max(len(text) for text in texts))
    return "\n".join(texts)
