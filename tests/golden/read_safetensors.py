"""Reads a safetensors file with nothing but Python's own library, by its specification alone: the metadata as
lines `key = value`, then each tensor as `name dtype shape : its first numbers`.

    python3 tests/golden/read_safetensors.py FILE

Where Python's safetensors package is there, it reads the file too, and must find the same names and shapes.
"""
import json
import struct
import sys

FORMATS = {"F64": "d", "F32": "f", "F16": "e", "I64": "q"}


def read(path):
    raw = open(path, "rb").read()
    (length,) = struct.unpack_from("<Q", raw)
    header, data, end = json.loads(raw[8:8 + length]), raw[8 + length:], 0
    metadata = header.pop("__metadata__", {})
    for entry in sorted(header.values(), key=lambda e: e["data_offsets"]):
        begin, entry_end = entry["data_offsets"]
        assert begin == end, f"a gap or an overlap at byte {begin}"
        end = entry_end
        count = 1
        for size in entry["shape"]:
            count *= size
        if entry["dtype"] == "BF16":  # the upper half of an F32
            bits = struct.unpack_from(f"<{count}H", data, begin)
            entry["numbers"] = struct.unpack(f"<{count}f", struct.pack(
                f"<{count}I", *(b << 16 for b in bits)))
        else:
            entry["numbers"] = struct.unpack(f"<{count}" + FORMATS[entry["dtype"]], data[begin:end])
    assert end == len(data), f"{len(data) - end} bytes after the last tensor"
    return metadata, header


metadata, tensors = read(sys.argv[1])
for key, value in metadata.items():
    print(f"{key} = {value}")
for name, entry in tensors.items():
    shape = ",".join(map(str, entry["shape"]))
    print(f"{name} {entry['dtype']} ({shape}) :", *(f"{x:.9g}" for x in entry["numbers"][:4]))
try:
    from safetensors import safe_open
except ImportError:
    print("the safetensors package: not there")
else:
    with safe_open(sys.argv[1], "np") as file:
        assert sorted(file.keys()) == sorted(tensors), "the safetensors package finds other names"
        for name in file.keys():
            assert file.get_slice(name).get_shape() == tensors[name]["shape"], name
    print("the safetensors package: reads the same")
