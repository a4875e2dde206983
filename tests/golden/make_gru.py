"""PyTorch's values and gradients of the GRU on packed sequences: tests/golden/gru.txt.

    python3 tests/golden/make_gru.py          in the project's root
"""
import torch
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

import fixture
from fixture import normal

torch.manual_seed(5)

LENGTHS = [3, 5, 1, 5]  # of four utterances, five steps
B, T, I, H = len(LENGTHS), max(LENGTHS), 3, 2


def gru(ways, wanted):
    """wanted: what to return, y or the last h (B, ways H)."""
    names = [f"{part}_l0{suffix}" for suffix in ("", "_reverse")[:ways]
             for part in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")]

    def function(x, *rest):
        layer = torch.nn.GRU(I, H, batch_first=True, bidirectional=ways == 2).double()
        for name, value in zip(names, rest):
            delattr(layer, name)
            setattr(layer, name, value)
        state = None
        if len(rest) > len(names):  # (B, ways H) -> (ways, B, H), as PyTorch has it
            state = rest[-1].view(B, ways, H).transpose(0, 1).contiguous()
        packed = pack_padded_sequence(x, LENGTHS, batch_first=True, enforce_sorted=False)
        y, h = layer(packed, state)
        y, _ = pad_packed_sequence(y, batch_first=True)
        return {"y": y, "h": h.transpose(0, 1).reshape(B, ways * H)}[wanted]

    return function


def case(ways, wanted, state=False):
    x = normal(B, T, I)
    for b, length in enumerate(LENGTHS):
        x[b, length:] = 0
    weights = [normal(*shape) for _ in range(ways)
               for shape in ((3 * H, I), (3 * H, H), (3 * H,), (3 * H,))]
    return gru(ways, wanted), x, *weights, *([normal(B, ways * H)] if state else [])


fixture.write_cases("tests/golden/gru.txt", {
    "one": case(1, "y"),
    "both": case(2, "y"),
    "both.last": case(2, "h"),
    "one.from": case(1, "y", state=True),
    "both.from": case(2, "h", state=True),
})
