"""PyTorch's values and gradients of every operation in autograd/ops.h: tests/golden/autograd.txt.

    python3 tests/golden/make_autograd.py          in the project's root
"""
import torch
import torch.nn.functional as F

import fixture
from fixture import normal

torch.manual_seed(1)


def positive(*shape):
    return normal(*shape).abs() + 0.5


fixture.write_cases("tests/golden/autograd.txt", {
    "add": (torch.add, normal(2, 3), normal(2, 3)),
    "add.broadcast": (torch.add, normal(2, 1, 3), normal(4, 1)),
    "sub": (torch.sub, normal(2, 3), normal(3)),
    "mul": (torch.mul, normal(3), normal(2, 3)),
    "div": (torch.div, normal(2, 3), positive(2, 1)),
    "scale": (lambda x: -0.75 * x, normal(2, 3)),
    "matmul": (torch.matmul, normal(3, 4), normal(4, 2)),
    "matmul.sequence": (torch.matmul, normal(2, 3, 4), normal(4, 2)),
    "relu": (torch.relu, normal(2, 5)),
    "tanh": (torch.tanh, normal(2, 5)),
    "sigmoid": (torch.sigmoid, normal(2, 5)),
    "exp": (torch.exp, normal(2, 5)),
    "log": (torch.log, positive(2, 5)),
    "sum": (torch.sum, normal(2, 5)),
    "mean": (torch.mean, normal(2, 5)),
    "sum_axis": (lambda x: x.sum(1), normal(2, 3, 4)),
    "mean_axis": (lambda x: x.mean(0), normal(2, 3, 4)),
    "max_axis": (lambda x: x.amax(-1), normal(2, 3, 4)),
    "softmax": (lambda x: x.softmax(-1), normal(3, 5)),
    "log_softmax": (lambda x: x.log_softmax(-1), normal(3, 5)),
    "reshape": (lambda x: x.reshape(4, 3), normal(2, 6)),
    "slice": (lambda x: x[:, 1:3], normal(2, 4, 3)),
    "concat": (lambda a, b: torch.cat([a, b], 1), normal(2, 1, 3), normal(2, 2, 3)),
    "gelu": (F.gelu, normal(2, 5)),
    "silu": (F.silu, normal(2, 5)),
    "softplus": (F.softplus, normal(2, 5)),
    "gelu_tanh": (lambda x: F.gelu(x, approximate="tanh"), normal(2, 5)),
})
