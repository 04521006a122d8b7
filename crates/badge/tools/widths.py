#!/usr/bin/env python3
"""Writes src/width/table.rs from the width tables of the npm package anafanafo 2.0.0 (MIT, (c) Metabolize LLC).

    npm pack anafanafo@2.0.0 && tar xzf anafanafo-2.0.0.tgz
    tools/widths.py package/data > src/width/table.rs

The package has a table for each of four fonts: ranges of code points with a width in hundredths of a pixel. 45,000 runs in
all; what makes them small is knowing where they come from:

* Code points above U+FFFF were measured by their low 16 bits (U+20041 is as wide as `A`), so one table of 65,536 entries
  and the list of known ranges hold all. Checked below.
* A width is a glyph's advance, in units of the em, times the font's size, rounded. Verdana at 10 and 11 pixels is one
  advance; most characters come from fallback fonts, which are the same in bold Verdana and bold Helvetica. So there are
  three advances for each character, in 1/8192 em. Distinct triples are classes, numbered as they first come.
* Eight characters are not as wide at 11 pixels as at 10; they are listed.
"""
import json
import sys
from pathlib import Path

FONTS = ["verdana-11px-normal", "verdana-10px-normal", "verdana-10px-bold", "helvetica-11px-bold"]
SIZES = [11, 10, 10, 11]
EM = 8192
PAGE = 128


def width(advance, size):
    return (advance * size * 100 + EM // 2) // EM


def read(folder):
    """{code point: (four widths in hundredths)}"""
    tables = []
    for font in FONTS:
        table = {}
        for first, last, pixels in json.loads((folder / f"{font}.json").read_text()):
            table.update((point, round(pixels * 100)) for point in range(first, last + 1))
        tables.append(table)
    assert all(table.keys() == tables[0].keys() for table in tables)
    return {point: tuple(table[point] for table in tables) for point in sorted(tables[0])}


def fold(widths):
    low = {}
    for point, four in widths.items():
        assert low.setdefault(point & 0xFFFF, four) == four, f"U+{point:X} is not as wide as its low 16 bits"
    return low


def advances():
    """{(width, size): every advance that gives it}"""
    found = {}
    for advance in range(4 * EM):
        for size in (10, 11):
            found.setdefault((width(advance, size), size), []).append(advance)
    return {key: frozenset(values) for key, values in found.items()}


def triple(four, by_width):
    """The advances (normal, bold Verdana, bold Helvetica), as alike and as round as may be; None if none fit."""
    each = [by_width[(hundredths, size)] for hundredths, size in zip(four, SIZES)]
    normal = each[0] & each[1]
    if not normal:
        return None
    round_one = lambda values: min(values, key=lambda value: (value % 4 != 0, value % 2 != 0, value))
    if normal & each[2] & each[3]:
        return (round_one(normal & each[2] & each[3]),) * 3
    if each[2] & each[3]:
        return (round_one(normal), *(round_one(each[2] & each[3]),) * 2)
    if normal & each[2]:
        return (*(round_one(normal & each[2]),) * 2, round_one(each[3]))
    return (round_one(normal), round_one(each[2]), round_one(each[3]))


def ranges(points):
    found = []
    for point in points:
        if found and found[-1][1] == point - 1:
            found[-1][1] = point
        else:
            found.append([point, point])
    return found


def array(name, doc, kind, values):
    lines, line = [], ""
    for value in values:
        text = f"{value}, "
        if len(line) + len(text) > 112:
            lines.append(line.rstrip())
            line = ""
        line += text
    lines.append(line.rstrip())
    body = "\n".join("    " + line for line in lines)
    return f"/// {doc}\npub(super) static {name}: [{kind}; {len(values)}] = [\n{body}\n];\n"


def bytes_of(name, doc, values):
    """Low and high bytes apart: each compresses better for itself."""
    low = array(f"{name}_LOW", f"{doc} The low byte.", "u8", [value & 0xFF for value in values])
    return low + "\n" + array(f"{name}_HIGH", "The high byte.", "u8", [value >> 8 for value in values])


def main():
    widths = read(Path(sys.argv[1]))
    low, by_width = fold(widths), advances()

    odd, of_point, last = [], {}, (0, 0, 0)
    for point in range(0x10000):
        if point in low:
            advances_of = triple(low[point], by_width)
            if advances_of is None:
                odd.append((point, list(low[point])))
            last = advances_of or last
        of_point[point] = last

    classes, lengths, ages, pages, firsts, seen = {}, [], [], [], [], {}
    for start in range(0, 0x10000, PAGE):
        runs = []
        for point in range(start, start + PAGE):
            if runs and runs[-1][1] == of_point[point]:
                runs[-1][0] += 1
            else:
                runs.append([0, of_point[point]])
        key = tuple(map(tuple, runs))
        if key not in seen:
            seen[key] = (len(lengths), len(classes))
            for length, three in runs:
                lengths.append(length)
                ages.append(len(classes) - classes[three] if three in classes else 0)
                classes.setdefault(three, len(classes))
        pages.append(seen[key][0])
        firsts.append(seen[key][1])

    print("// Written by tools/widths.py from anafanafo 2.0.0 (MIT, © Metabolize LLC); see the notice in README.md.\n")
    known = ranges(widths)
    print(array("KNOWN", "First and last code point of each range whose widths are known.", "(u32, u32)", [f"({a}, {b})" for a, b in known]))
    print(array("PAGES", f"Where the runs of each {PAGE} code points begin.", "u16", pages))
    print(array("FIRSTS", "How many classes there are before those runs.", "u16", firsts))
    print(array("LENGTHS", "How many code points follow a run's first.", "u8", lengths))
    print(bytes_of("AGES", "How many classes ago a run's class came first; 0 is a new one.", ages))
    normal, bold, helvetica = ([three[index] for three in classes] for index in range(3))
    less = lambda column, other: [(a - b) % 0x10000 for a, b in zip(column, other)]
    print(bytes_of("NORMAL", f"Each class's advance in Verdana, in 1/{EM} em.", normal))
    print(bytes_of("BOLD", "How much more it is in bold Verdana.", less(bold, normal)))
    print(bytes_of("HELVETICA", "How much more than that it is in bold Helvetica.", less(helvetica, bold)))
    print(array("ODD", "Characters that no advance fits, with their widths in the four fonts.", "(u16, [u16; 4])", [f"(0x{point:04X}, {four})" for point, four in odd]), end="")


main()
