"""Makes static/fonts/instrument-sans.woff2 from FILE, `files/…-latin-wght-normal.woff2` of the npm package.

    python3 -m venv /tmp/cut && /tmp/cut/bin/pip install fonttools brotli
    /tmp/cut/bin/python docs/decisions/cut_font.py FILE static/fonts/instrument-sans.woff2

Half of the file is kerning: a value for every pair of 240 glyphs, with its change over the weights. What is kept is the
kerning of letters and the marks between them, the same for all weights, where it is a hundredth of an em or more;
accented letters kern like their plain ones. Outlines, widths and weights stay as they are.
"""

import sys
import unicodedata
from collections import defaultdict

from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

KERNED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz.,-:;'’“”\"/"
LEAST, STEP = 10, 2  # of 1000 units to the em


def kerning(font):
    """{(left glyph, right glyph): units} of the pairs that stay."""
    names = font.getBestCmap()
    wanted = {names[ord(letter)] for letter in KERNED}
    found = {}
    for lookup in font["GPOS"].table.LookupList.Lookup:
        for table in (getattr(one, "ExtSubTable", one) for one in lookup.SubTable):
            if type(table).__name__ == "PairPos":
                for pair, value in _pairs(table, wanted):
                    found.setdefault(pair, getattr(value, "XAdvance", 0) if value else 0)
    return {pair: round(units / STEP) * STEP for pair, units in found.items() if abs(units) >= LEAST}


def _pairs(table, wanted):
    for at, left in enumerate(table.Coverage.glyphs):
        if left not in wanted:
            continue
        if table.Format == 1:
            rows = ((record.SecondGlyph, record.Value1) for record in table.PairSet[at].PairValueRecord)
            yield from (((left, right), value) for right, value in rows if right in wanted)
        else:
            row = table.Class1Record[table.ClassDef1.classDefs.get(left, 0)].Class2Record
            yield from (((left, right), row[table.ClassDef2.classDefs.get(right, 0)].Value1) for right in wanted)


def rules(font, pairs):
    """The same as feature text, glyphs that kern alike in one class."""
    names, accented = font.getBestCmap(), defaultdict(list)
    for code, glyph in names.items():
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base != chr(code) and base.isascii():
            accented[names[ord(base)]].append(glyph)
    sides = []
    for side in (0, 1):
        rows, classes = defaultdict(dict), defaultdict(list)
        for pair, units in pairs.items():
            rows[pair[side]][pair[1 - side]] = units
        for glyph, row in rows.items():
            classes[tuple(sorted(row.items()))].append(glyph)
        sides.append(list(classes.values()))
    text = ["languagesystem DFLT dflt;", "languagesystem latn dflt;"]
    for letter, classes in zip("LR", sides, strict=True):
        for n, glyphs in enumerate(classes):
            text.append(f"@{letter}{n} = [{' '.join(x for glyph in glyphs for x in (glyph, *accented[glyph]))}];")
    text.append("feature kern {")
    for n, lefts in enumerate(sides[0]):
        for m, rights in enumerate(sides[1]):
            if units := pairs.get((lefts[0], rights[0])):
                text.append(f"pos @L{n} @R{m} {units};")
    return "\n".join([*text, "} kern;"])


def cut(source, target):
    font = TTFont(source)
    text = rules(font, kerning(font))
    del font["GPOS"], font["GDEF"]
    addOpenTypeFeaturesFromString(font, text, tables={"GPOS"})
    options = Options(layout_features=["kern", "tnum", "ccmp", "locl", "liga"], notdef_outline=True, glyph_names=False)
    options.name_IDs = [0, 1, 2, 4, 6, 13, 14]
    cutter = Subsetter(options)
    # Accents that stand alone: a browser puts them together with their letter.
    cutter.populate(unicodes=[code for code in font.getBestCmap() if not 0x300 <= code <= 0x36F])
    cutter.subset(font)
    font.flavor = "woff2"
    font.save(target)


if __name__ == "__main__":
    cut(*sys.argv[1:])
