"""PyTorch's values and gradients of the LSTM on packed sequences: tests/golden/lstm.txt.

    python3 tests/golden/make_lstm.py          in the project's root
"""
import torch
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

import fixture
from fixture import normal

torch.manual_seed(4)

LENGTHS = [3, 5, 1, 5]  # of four utterances, five steps
B, T, I, H = len(LENGTHS), max(LENGTHS), 3, 2


def lstm(ways, wanted):
    """wanted: what to return of y, the last h and the last c, both (B, ways H)."""
    names = [f"{part}_l0{suffix}" for suffix in ("", "_reverse")[:ways]
             for part in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")]

    def function(x, *rest):
        layer = torch.nn.LSTM(I, H, batch_first=True, bidirectional=ways == 2).double()
        for name, value in zip(names, rest):
            delattr(layer, name)
            setattr(layer, name, value)
        state = rest[len(names):]
        if state:  # (B, ways H) -> (ways, B, H), as PyTorch has it
            state = tuple(s.view(B, ways, H).transpose(0, 1).contiguous() for s in state)
        packed = pack_padded_sequence(x, LENGTHS, batch_first=True, enforce_sorted=False)
        y, (h, c) = layer(packed, state or None)
        y, _ = pad_packed_sequence(y, batch_first=True)
        h, c = (s.transpose(0, 1).reshape(B, ways * H) for s in (h, c))
        return {"y": y, "h": h, "c": c}[wanted]

    return function


def case(ways, wanted, state=False):
    x = normal(B, T, I)
    for b, length in enumerate(LENGTHS):
        x[b, length:] = 0
    weights = [normal(*shape) for _ in range(ways)
               for shape in ((4 * H, I), (4 * H, H), (4 * H,), (4 * H,))]
    states = [normal(B, ways * H) for _ in range(2)] if state else []
    return lstm(ways, wanted), x, *weights, *states


fixture.write_cases("tests/golden/lstm.txt", {
    "one": case(1, "y"),
    "both": case(2, "y"),
    "one.last": case(1, "h"),
    "both.last": case(2, "h"),
    "one.from": case(1, "y", state=True),
    "both.from": case(2, "y", state=True),
    "one.c": case(1, "c", state=True),
    "both.c": case(2, "c", state=True),
})
