"""A safetensors file as Python's library writes it, without that library: pytorch.safetensors.

    python3 tests/golden/make_safetensors.py              in the project's root

Types of falling size, then names in order, as the library sorts them; offsets follow. The numbers
are exact in every type.
"""
import json
import struct

import torch

TYPES = {"F64": torch.float64, "F32": torch.float32, "F16": torch.float16,
         "BF16": torch.bfloat16, "I64": torch.int64}


def write(path, metadata, tensors):
    header, data = {"__metadata__": metadata}, b""
    names = {dtype: name for name, dtype in TYPES.items()}
    for name, x in sorted(tensors.items(), key=lambda t: (-t[1].element_size(), t[0])):
        raw = bytes(x.contiguous().view(torch.uint8).numpy()) if x.dim() else \
            bytes(x.reshape(1).view(torch.uint8).numpy())
        header[name] = {"dtype": names[x.dtype], "shape": list(x.shape),
                        "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    open(path, "wb").write(struct.pack("<Q", len(text)) + text + data)


torch.manual_seed(3)
model = torch.nn.ModuleDict({"fc": torch.nn.Linear(3, 2), "norm": torch.nn.LayerNorm(4)})
with torch.no_grad():
    for parameter in model.parameters():
        parameter.copy_(torch.randn(parameter.shape).mul(4).round().div(4))
state = dict(model.state_dict())
special = torch.tensor([1.5, -0.25, 65504.0, 2.0 ** -14, 2.0 ** -24, 0.0, -0.0,
                        float("inf"), -float("inf"), float("nan")])
state["half"] = special.half()
state["brain"] = torch.tensor([1.5, -0.25, 2.0 ** 100, 2.0 ** -130, float("inf")]).bfloat16()
state["double"] = torch.tensor([[1.5], [-2.0 ** -20]], dtype=torch.float64)
state["scalar"] = torch.tensor(0.5)
write("tests/golden/pytorch.safetensors", {"format": "pt", "note": "caf\u00e9 \"1\""}, state)
