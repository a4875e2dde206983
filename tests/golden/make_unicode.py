"""Writes text/pieces/unicode_*.c: what Unicode says of characters, as Hugging Face's tokenizers
sees it. Its parts hold different versions of Unicode, so each class is asked of the part that
uses it. Needs Python and the package tokenizers; usage: make_unicode.py FOLDER"""
import sys
import unicodedata

from tokenizers import Regex, normalizers, pre_tokenizers

POINTS = [p for p in range(1, 0x110000) if not 0xD800 <= p < 0xE000]
bert = {"clean_text": False, "handle_chinese_chars": False, "strip_accents": False, "lowercase": False}


def matched(expression):
    """The code points that a regular expression of one character matches."""
    split, found = pre_tokenizers.Split(Regex(expression), "isolated"), set()
    for i in range(0, len(POINTS), 2000):
        text = "".join("\0" + chr(p) for p in POINTS[i:i + 2000])
        found |= {ord(piece) for piece, _ in split.pre_tokenize_str(text) if len(piece) == 1}
    return found - {0}


def isolated():
    """The code points that BERT takes for punctuation."""
    cut = pre_tokenizers.BertPreTokenizer()
    return {p for p in POINTS if len(cut.pre_tokenize_str(f"a{chr(p)}b")) == 3}


def removed(normalizer):
    return {p for p in POINTS if normalizer.normalize_str(f"a{chr(p)}b") == "ab"}


def ranges(points):
    """[first, last] of each run."""
    found = []
    for p in sorted(points):
        if found and found[-1][1] == p - 1:
            found[-1][1] = p
        else:
            found.append([p, p])
    return found


def rows(groups):
    """Rows of numbers, as many groups a line as fit."""
    lines, line = [], "\t"
    for group in groups:
        text = "".join(f"0x{n:X}," for n in group) + " "
        if len(line) + 7 + len(text) > 89:
            lines.append(line.rstrip())
            line = "\t"
        line += text
    return "\n".join(lines + [line.rstrip()])


def write(name, what, body):
    with open(f"{sys.argv[1]}/{name}.c", "w", encoding="utf-8") as out:
        out.write(f"/* {what}\n * Made by tests/golden/make_unicode.py. */\n"
                  '#include "text/pieces/unicode_tables.h"\n\n/* clang-format off */\n' + body)


# ---- classes --------------------------------------------------------------------------
classes = [
    ("letters", "UNICODE_LETTER", matched(r"\p{L}")),
    ("numbers", "UNICODE_NUMBER", matched(r"\p{N}")),
    ("punctuation", "UNICODE_PUNCTUATION", isolated()),
    ("controls", "UNICODE_CONTROL", removed(normalizers.BertNormalizer(**{**bert, "clean_text": True}))),
    ("accents", "UNICODE_ACCENT", removed(normalizers.BertNormalizer(**{**bert, "strip_accents": True}))),
    ("marks", "UNICODE_MARK", removed(normalizers.StripAccents())),
]
body = ""
for name, _, points in classes:
    body += f"static const uint32_t {name}[] = {{\n{rows(ranges(points))}\n}};\n\n"
body += "#define COUNT(table) ((int)(sizeof(table) / sizeof((table)[0]) / 2))\n"
body += "const UnicodeTable unicode_classes[UNICODE_CLASSES] = {\n"
for name, label, _ in classes:
    body += f"\t[{label}] = {{ {name}, COUNT({name}) }},\n"
write("unicode_classes", "Characters by what they are: first and last of each run.", body + "};\n")

# ---- small letters --------------------------------------------------------------------
lower = normalizers.Lowercase()
small = {}
for p in POINTS:
    text = lower.normalize_str(chr(p))
    if text != chr(p) and len(text) == 1:
        small[p] = ord(text)
runs = []  # first, last, step, distance
for p in sorted(small):
    distance = small[p] - p
    if runs and runs[-1][3] == distance and p - runs[-1][1] in (1, 2):
        first, last, step, _ = runs[-1]
        if first == last or step == p - last:
            runs[-1] = [first, p, p - last, distance]
            continue
    runs.append([p, p, 1, distance])
body = "static const uint32_t capitals[] = {\n"
body += rows([a, b, s, d & 0xFFFFFFFF] for a, b, s, d in runs)
body += "\n};\n\nconst UnicodeTable unicode_capitals = {\n\tcapitals, (int)(sizeof capitals / sizeof capitals[0] / 4)\n};\n\n"

# ---- the order of marks ---------------------------------------------------------------
nfd = normalizers.NFD()


def order(p):
    """Of a mark that NFD brings before U+0345, whose class is the highest: 240."""
    number = unicodedata.combining(chr(p))
    return number if p == 0x345 or nfd.normalize_str("a\u0345" + chr(p))[1:] == chr(p) + "\u0345" else 0


marks = []  # first, last, class
for p in POINTS:
    number = unicodedata.combining(chr(p)) and order(p)
    if number and marks and marks[-1][1] == p - 1 and marks[-1][2] == number:
        marks[-1][1] = p
    elif number:
        marks.append([p, p, number])
body += f"static const uint32_t orders[] = {{\n{rows(marks)}\n}};\n\n"
body += "const UnicodeTable unicode_orders = { orders, (int)(sizeof orders / sizeof orders[0] / 3) };\n"
write("unicode_letters", "Small letters: a run of capitals, the step from one to the next, and the distance to\n"
      " * the small letters (modulo 2^32). Marks: a run, and its combining class.", body)

# ---- letters and their accents --------------------------------------------------------
nfc = normalizers.NFC()
single, double = [], []
for p in POINTS:
    parts = unicodedata.decomposition(chr(p)).split()
    if not parts or parts[0][0] == "<" or nfd.normalize_str(chr(p)) == chr(p):
        continue
    parts = [int(part, 16) for part in parts]
    if len(parts) == 1:
        single.append([p, *parts])
    else:
        double.append([p, *parts])
        if nfc.normalize_str(nfd.normalize_str(chr(p))) != chr(p):
            double[-1][2] |= 0x80000000
body = f"static const uint32_t parts[] = {{\n{rows(double)}\n}};\n\n"
body += "const UnicodeTable unicode_parts = { parts, (int)(sizeof parts / sizeof parts[0] / 3) };\n"
write("unicode_forms", "Letters made of two: the letter, what it is without its last mark, the mark (the\n"
      " * highest bit: never put together again).", body)
body = f"static const uint32_t twins[] = {{\n{rows(single)}\n}};\n\n"
body += "const UnicodeTable unicode_twins = { twins, (int)(sizeof twins / sizeof twins[0] / 2) };\n"
write("unicode_twins", "Characters that stand for another: the character, and the other.", body)
