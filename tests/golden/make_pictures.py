"""Pictures that libpng's zlib compressed, for the readers of tensor/: tests/golden/pictures/.

    python3 tests/golden/make_pictures.py          in the project's root

Each is 24 x 18 pixels whose channel c at (x,y) is (7 x + 13 y + 50 c + x y) mod 256, so that a test can
compute it; of a palette that is the colour's number. Row y has filter y mod 5. numbers.zlib is the text
"0 1 2 ... 1999 ", in one block whose codes are its own.
"""
import os
import struct
import zlib

WIDTH, HEIGHT = 24, 18
FOLDER = "tests/golden/pictures"


def pixel(x, y, c):
    return (7 * x + 13 * y + 50 * c + x * y) % 256


def paeth(a, b, c):
    p = a + b - c
    return min((abs(p - a), 0, a), (abs(p - b), 1, b), (abs(p - c), 2, c))[2]


def filtered(channels):
    rows, above = b"", [0] * (WIDTH * channels)
    for y in range(HEIGHT):
        row = [pixel(x, y, c) for x in range(WIDTH) for c in range(channels)]
        out = [y % 5]
        for i, value in enumerate(row):
            a = row[i - channels] if i >= channels else 0
            b, c = above[i], above[i - channels] if i >= channels else 0
            out.append((value - [0, a, b, (a + b) // 2, paeth(a, b, c)][y % 5]) % 256)
        rows += bytes(out)
        above = row
    return rows


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def write(name, kind, channels, level, strategy=zlib.Z_DEFAULT_STRATEGY, more=b"", interlaced=0):
    pack = zlib.compressobj(level, zlib.DEFLATED, 15, 9, strategy)
    data = pack.compress(filtered(channels)) + pack.flush()
    file = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, kind, 0, 0, interlaced))
    file += chunk(b"tEXt", b"Comment\0passed over") + more
    for i in range(0, len(data), 100):
        file += chunk(b"IDAT", data[i:i + 100])
    with open(f"{FOLDER}/{name}.png", "wb") as out:
        out.write(file + chunk(b"IEND", b""))


os.makedirs(FOLDER, exist_ok=True)
palette = chunk(b"PLTE", bytes((i * 3 + 85 * c) % 256 for i in range(256) for c in range(3)))
write("grey", 0, 1, 9)
write("colour", 2, 3, 9)
write("stored", 0, 1, 0)
write("fixed", 0, 1, 9, zlib.Z_FIXED)
write("palette", 3, 1, 9, more=palette)
write("palette_alpha", 3, 1, 9, more=palette + chunk(b"tRNS", bytes(range(100))))
write("grey_alpha", 4, 2, 9)
write("alpha", 6, 4, 9)
write("interlaced", 0, 1, 9, interlaced=1)
with open(f"{FOLDER}/numbers.zlib", "wb") as out:
    out.write(zlib.compress("".join(f"{i} " for i in range(2000)).encode(), 9))
