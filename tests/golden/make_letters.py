"""The fixture of tests/text/test_letters.c: what Python's Unicode tables say of case and marks."""
import unicodedata

import fixture

# Latin, Greek and Cyrillic. Left out: letters that scholars of Greek alone use, and İ, whose
# lower-case form is two characters.
blocks = [*range(0x00, 0x250), *range(0x386, 0x3CF), *range(0x400, 0x530), *range(0x1E00, 0x1F00)]
known = [p for p in blocks if unicodedata.category(chr(p)) != "Cn" and p not in (0x130, 0x3CF)]

# Each small letter with its composed forms: base, mark, composed.
pairs = []
for point in known:
    parts = unicodedata.decomposition(chr(point)).split()
    latin = point < 0x250 or point >= 0x1E00
    if latin and len(parts) == 2 and parts[0][0] != "<" and chr(point).lower() == chr(point):
        pairs.append([int(parts[0], 16), int(parts[1], 16), point])

fixture.write("tests/golden/letters.txt", {
    "lower": [[p, ord(chr(p).lower())] for p in known],
    "compose": pairs,
})
