"""PyTorch's values and gradients of every operation in autograd/ops.h: tests/golden/autograd.txt.

    python3 tests/golden/make_autograd.py          in the project's root

For a case NAME: its inputs NAME.in0, NAME.in1, ..., its output NAME.out, a gradient of the loss
with respect to it NAME.dout, and from that NAME.grad0, NAME.grad1, ... Two decimals an input,
so that floats hold them to the last digit of the comparison.
"""
import torch

import fixture

torch.manual_seed(1)


def normal(*shape):
    return torch.randn(shape, dtype=torch.float64).mul(100).round().div(100)


def positive(*shape):
    return normal(*shape).abs() + 0.5


cases = {
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
}

figures = {}
for name, (function, *inputs) in cases.items():
    inputs = [x.requires_grad_() for x in inputs]
    out = function(*inputs)
    dout = normal(*out.shape)
    out.backward(dout)
    for i, x in enumerate(inputs):
        figures[f"{name}.in{i}"] = x
    figures[f"{name}.out"] = out
    figures[f"{name}.dout"] = dout
    for i, x in enumerate(inputs):
        figures[f"{name}.grad{i}"] = x.grad
fixture.write("tests/golden/autograd.txt", figures)
