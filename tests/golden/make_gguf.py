"""tests/golden/blocks.gguf, written by ggml's own Python package (pip install gguf): items of every type,
and for each layout of blocks two rows of random bytes beside what the package makes of them."""
import gguf
import numpy

ROWS, COLUMNS = 2, 512
random = numpy.random.default_rng(20)
F16_AT = {"Q4_0": [0], "Q4_1": [0, 2], "Q5_0": [0], "Q5_1": [0, 2], "Q8_0": [0], "Q4_K": [0, 2], "Q6_K": [208]}
SCALES = numpy.array([0.0123, -0.37, 6e-8, 5.9e-5, 0, -0.0, 1, 65504], dtype=numpy.float16)  # denormals among them

writer = gguf.GGUFWriter("tests/golden/blocks.gguf", "blocks")
for value, add in [(200, writer.add_uint8), (-100, writer.add_int8), (60000, writer.add_uint16), (-30000, writer.add_int16),
                   (2**31, writer.add_uint32), (-2**31, writer.add_int32), (2**40, writer.add_uint64), (-2**40, writer.add_int64),
                   (0.1, writer.add_float32), (0.1, writer.add_float64), (True, writer.add_bool), ("später", writer.add_string)]:
    add("a." + add.__name__[4:], value)
writer.add_array("many.texts", ["", "a", "\u0120the"])
writer.add_array("many.wholes", [1, -2, 3])
writer.add_array("many.reals", [0.5, -1.25])

for kind in gguf.GGMLQuantizationType:
    if kind.name not in [*F16_AT, "F32", "F16", "BF16"]:
        continue
    numbers, size = gguf.GGML_QUANT_SIZES[kind]
    blocks = random.integers(0, 256, (ROWS * COLUMNS // numbers, size), dtype=numpy.uint8)
    for at in F16_AT.get(kind.name, []):
        blocks[:, at:at + 2] = random.choice(SCALES, len(blocks)).view(numpy.uint8).reshape(-1, 2)
    if kind.name in ("F32", "F16", "BF16"):
        normal = random.standard_normal(ROWS * COLUMNS).astype(numpy.float32)
        normal[:8] = SCALES.astype(numpy.float32)
        blocks = gguf.quants.quantize(normal, kind).view(numpy.uint8)
    rows = blocks.reshape(ROWS, -1)
    numbers = gguf.quants.dequantize(rows, kind).astype(numpy.float32).reshape(ROWS, COLUMNS)
    writer.add_tensor(kind.name, rows, raw_dtype=kind)
    writer.add_tensor(kind.name + ".numbers", numbers)

writer.write_header_to_file()
writer.write_kv_data_to_file()
writer.write_tensors_to_file()
writer.close()
