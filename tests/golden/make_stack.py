"""PyTorch's values and gradients of stacked recurrent layers: tests/golden/stack.txt.

    python3 tests/golden/make_stack.py          in the project's root
"""
import torch
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

import fixture
from fixture import normal

torch.manual_seed(6)

LENGTHS = [3, 4, 1]
B, T, I, H = len(LENGTHS), max(LENGTHS), 3, 2


def stacked(kind, ways, names):
    """in: x, the weights by name, then, if there are more, a first state (B, ways H) a layer: h and, of an
    LSTM, c in turn."""
    def function(x, *rest):
        layer = kind(I, H, num_layers=2, batch_first=True, bidirectional=ways == 2).double()
        for name, value in zip(names, rest):
            delattr(layer, name)
            setattr(layer, name, value)
        packed = pack_padded_sequence(x, LENGTHS, batch_first=True, enforce_sorted=False)
        states = None
        if len(rest) > len(names):  # (B, ways H) each -> (layers ways, B, H), as PyTorch has it
            each = 2 if kind is torch.nn.LSTM else 1
            states = [torch.cat([s.view(B, ways, H).transpose(0, 1)
                                 for s in rest[len(names) + k::each]]) for k in range(each)]
            states = tuple(states) if each == 2 else states[0]
        return pad_packed_sequence(layer(packed, states)[0], batch_first=True)[0]
    return function


def case(kind, ways, states=False):
    x = normal(B, T, I)
    for b, length in enumerate(LENGTHS):
        x[b, length:] = 0
    example = kind(I, H, num_layers=2, bidirectional=ways == 2)
    names = [name for name, _ in example.named_parameters()]
    weights = [normal(*value.shape) for _, value in example.named_parameters()]
    if states:
        weights += [normal(B, ways * H) for _ in range(4 if kind is torch.nn.LSTM else 2)]
    return stacked(kind, ways, names), x, *weights


fixture.write_cases("tests/golden/stack.txt", {
    "lstm": case(torch.nn.LSTM, 1),
    "gru": case(torch.nn.GRU, 1),
    "lstm.both": case(torch.nn.LSTM, 2, states=True),
    "gru.both": case(torch.nn.GRU, 2, states=True),
})
