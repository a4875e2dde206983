"""PyTorch's values and gradients of stacked recurrent layers: tests/golden/stack.txt.

    python3 tests/golden/make_stack.py          in the project's root
"""
import torch
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

import fixture
from fixture import normal

torch.manual_seed(6)

LENGTHS = [3, 4]
B, T, I, H = len(LENGTHS), max(LENGTHS), 3, 2


def stacked(kind, ways, names):
    def function(x, *weights):
        layer = kind(I, H, num_layers=2, batch_first=True, bidirectional=ways == 2).double()
        for name, value in zip(names, weights):
            delattr(layer, name)
            setattr(layer, name, value)
        packed = pack_padded_sequence(x, LENGTHS, batch_first=True, enforce_sorted=False)
        return pad_packed_sequence(layer(packed)[0], batch_first=True)[0]
    return function


def case(kind, ways):
    x = normal(B, T, I)
    for b, length in enumerate(LENGTHS):
        x[b, length:] = 0
    example = kind(I, H, num_layers=2, bidirectional=ways == 2)
    names = [name for name, _ in example.named_parameters()]
    weights = [normal(*value.shape) for _, value in example.named_parameters()]
    return stacked(kind, ways, names), x, *weights


fixture.write_cases("tests/golden/stack.txt", {
    "lstm": case(torch.nn.LSTM, 1),
    "gru": case(torch.nn.GRU, 1),
})
