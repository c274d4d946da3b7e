"""Make the fonts of the letters: Source Sans 3 and Noto Sans, cut down to DIN 91379, so that a letter embeds little.

    python tools/subset_fonts.py FOLDER

FOLDER holds the originals: SourceSans3-Regular.otf and SourceSans3-Semibold.otf (npm: source-sans) and
NotoSans-Regular.ttf and NotoSans-Bold.ttf (Debian: fonts-noto-core). Needs fonttools, which the product does not.
"Source" is a reserved font name of Adobe: the licence (OFL 1.1, clause 3) asks a cut-down font to bear another one.
"""

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

from fontTools.otlLib.builder import buildPairPosGlyphs, buildValue
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

FONTS = Path(__file__).parents[1] / "src/vermittlerpost/letters/layout/fonts"

# DIN 91379:2022-08, data type E (all letters, also Greek and Cyrillic), with the marks of its sequences.
DIN_91379 = """
20-7E A0-AC AE-17E 187-188 18F 192 197 1A0-1A1 1AF-1B0 1B7 1CD-1DC 1DE-1DF 1E2-1F0 1F4-1F5 1F8-1FF 212-213
218-21B 21E-21F 227-233 259 268 292 2B0 2B3 2B9-2BA 2BE-2BF 2C6 2C8 2CC 2DC 2E2 300-302 304 306-308 30B-30D 310
315 31B 323 325-328 331 35F 386 388-38A 38C 38E-3A1 3A3-3CE 40D 410-42A 42C 42E-44A 44C 44E-44F 45D 1D48 1D57
1E02-1E03 1E06-1E07 1E0A-1E11 1E17 1E1C-1E2B 1E2F-1E37 1E3A-1E3B 1E40-1E49 1E52-1E5B 1E5E-1E63 1E6A-1E6F 1E80-1E87
1E8C-1E97 1E9E 1EA0-1EF9 2018-201A 201C-201E 2020-2021 2026 2030 2032-2033 2039-203A 2070 2074-2079 207F-2089 20AC
2122 221E 2264-2265
"""
# What German typography adds in running text: hyphens, dashes, bullet, narrow spaces, arrow, minus, and
# where a long word may be broken.
TYPOGRAPHY = "2009 200B 2010-2014 2022 202F 2192 2212"

FEATURES = ["kern", "mark", "mkmk", "ccmp"]
# Setting kerned text takes a third of the time that a letter takes. So pairs of these characters alone are kerned, from
# one list instead of seventeen, and only by what can be seen: a hundredth of the type size.
KERNED = "20-7E A0 C0-FF 2013 2018-201A 201C-201E 2026"
VISIBLE = 10


@dataclass(frozen=True, kw_only=True)
class Cut:
    """One font to be cut: from which file, and what it is called afterwards."""

    original: str
    family: str
    style: str
    file: str


FIRST = [
    Cut(
        original="SourceSans3-Regular.otf",
        family="Vermittlerpost Sans",
        style="Regular",
        file="sans-regular.otf",
    ),
    Cut(
        original="SourceSans3-Semibold.otf",
        family="Vermittlerpost Sans",
        style="Semibold",
        file="sans-semibold.otf",
    ),
]
BEHIND = [
    Cut(original="NotoSans-Regular.ttf", family="Noto Sans", style="Regular", file="noto-regular.ttf"),
    Cut(original="NotoSans-Bold.ttf", family="Noto Sans", style="Bold", file="noto-bold.ttf"),
]


def main(originals: Path) -> None:
    """Write the fonts, and the list of the characters that they can show."""
    wanted = _code_points(DIN_91379 + TYPOGRAPHY)
    shown = set.intersection(*(_cut(originals, cut, wanted) for cut in FIRST))
    behind = set.intersection(*(_cut(originals, cut, wanted - shown) for cut in BEHIND))
    if missing := wanted - shown - behind:
        raise SystemExit("No font shows " + " ".join(f"U+{point:04X}" for point in sorted(missing)))
    lines = [f"{first:04X}-{last:04X}\n" for first, last in _ranges(wanted)]
    (FONTS / "characters.txt").write_text("".join(lines), encoding="ascii")


def _cut(originals: Path, cut: Cut, wanted: set[int]) -> set[int]:
    font = TTFont(originals / cut.original, recalcTimestamp=False)
    options = Options(layout_features=FEATURES, hinting=False, name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14])
    options.drop_tables += ["DSIG", "STAT"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=wanted)
    subsetter.subset(font)
    _simplify_kerning(font)
    _rename(font, cut)
    font.save(FONTS / cut.file)
    return wanted & set(font.getBestCmap())


def _simplify_kerning(font: TTFont) -> None:
    letters = [name for point, name in font.getBestCmap().items() if point in _code_points(KERNED)]
    table = font["GPOS"].table
    kern = [record.Feature.LookupListIndex for record in table.FeatureList.FeatureRecord if record.FeatureTag == "kern"]
    for index in {index for indices in kern for index in indices}:
        lookup = table.LookupList.Lookup[index]
        old = [getattr(subtable, "ExtSubTable", subtable) for subtable in lookup.SubTable]
        moves = {pair: _kern(old, *pair) for pair in product(letters, letters)}
        pairs = {pair: (buildValue({"XAdvance": by}), None) for pair, by in moves.items() if abs(by) >= VISIBLE}
        lookup.LookupType, lookup.SubTable = 2, buildPairPosGlyphs(pairs, font.getReverseGlyphMap())
        lookup.SubTableCount = len(lookup.SubTable)


def _kern(subtables: Iterable[Any], first: str, second: str) -> int:
    """Return by how much two glyphs move together: the first subtable that knows the pair decides."""
    for subtable in subtables:
        if first not in subtable.Coverage.glyphs:
            continue
        if subtable.Format == 2:
            row = subtable.Class1Record[subtable.ClassDef1.classDefs.get(first, 0)]
            value = row.Class2Record[subtable.ClassDef2.classDefs.get(second, 0)].Value1
            return value.XAdvance if value else 0
        for record in subtable.PairSet[subtable.Coverage.glyphs.index(first)].PairValueRecord:
            if record.SecondGlyph == second:
                return record.Value1.XAdvance
    return 0


def _rename(font: TTFont, cut: Cut) -> None:
    full = f"{cut.family} {cut.style}"
    names = {1: cut.family, 2: cut.style, 3: full, 4: full, 6: full.replace(" ", "-")}
    for record in font["name"].names:
        record.string = names.get(record.nameID, record.toUnicode())
    if "CFF " in font:
        table = font["CFF "].cff
        table.fontNames = [names[6]]
        table.topDictIndex[0].FamilyName, table.topDictIndex[0].FullName = cut.family, full


def _code_points(ranges: str) -> set[int]:
    bounds = [part.partition("-") for part in ranges.split()]
    return {point for first, _, last in bounds for point in range(int(first, 16), int(last or first, 16) + 1)}


def _ranges(points: set[int]) -> list[tuple[int, int]]:
    firsts = sorted(point for point in points if point - 1 not in points)
    lasts = sorted(point for point in points if point + 1 not in points)
    return list(zip(firsts, lasts, strict=True))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
