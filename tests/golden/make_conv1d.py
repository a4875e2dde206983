"""PyTorch's values and gradients of the convolution over time: tests/golden/conv1d.txt.

    python3 tests/golden/make_conv1d.py          in the project's root
"""
import torch
import torch.nn.functional as F

import fixture
from fixture import normal

torch.manual_seed(3)

LENGTHS = [7, 5, 9]  # of three utterances, nine steps


def convolution(before=0, after=0, **options):
    """Each utterance alone, (T,F) to (T',O), then padded again."""
    def function(x, weight, bias):
        rows = []
        for b, length in enumerate(LENGTHS):
            frames = F.pad(x[b, :length].T[None], (before, after))
            rows.append(F.conv1d(frames, weight, bias, **options)[0].T)
        return torch.nn.utils.rnn.pad_sequence(rows, batch_first=True)
    return function


def case(function, features=3, out=4, kernel=3):
    x = normal(len(LENGTHS), max(LENGTHS), features)
    for b, length in enumerate(LENGTHS):
        x[b, length:] = 0
    return function, x, normal(out, features, kernel), normal(out)


fixture.write_cases("tests/golden/conv1d.txt", {
    "plain": case(convolution()),
    "kernel1": case(convolution(), kernel=1),
    "stride": case(convolution(stride=2), out=2),
    "padding": case(convolution(2, 2), kernel=5),
    "dilation": case(convolution(dilation=2)),
    "all": case(convolution(3, 3, stride=3, dilation=2), features=2),
    "causal": case(convolution(4, 0, dilation=2)),
})
