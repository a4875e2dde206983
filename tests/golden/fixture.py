"""Writes the fixtures that tests/support/golden.h reads: a tensor a line, `name dims... : numbers`.

Compute in float64, so that the nine digits written are right and the float and the double
build are held against the same figures.
"""
import zlib

import numpy

STEPS, RATE = 10, 0.01  # as in tests/support/gradient.c


def write(path, tensors):
    """tensors: an ordered mapping of names to arrays (numpy, torch or numbers)."""
    with open(path, "w") as out:
        for name, tensor in tensors.items():
            if hasattr(tensor, "detach"):
                tensor = tensor.detach().numpy()
            array = numpy.asarray(tensor, dtype=numpy.float64)
            words = [name, *map(str, array.shape), ":"]
            words += [f"{number:.9g}" for number in array.ravel()]
            out.write(" ".join(words) + "\n")


def write_cases(path, cases, more={}):
    """cases: names to (function, input, ...). For each NAME its inputs NAME.in0, ..., its output
    NAME.out, a gradient of the loss with respect to it NAME.dout, what comes of that, NAME.grad0, ...,
    and the inputs after ten steps of gradient descent, NAME.after0, ... Tests read them by
    ASSERT_AGREES (tests/support/gradient.h). `more`: tensors as write takes them."""
    import torch

    figures = {}
    for name, (function, *inputs) in cases.items():
        inputs = [x.requires_grad_() for x in inputs]
        out = function(*inputs)
        torch.manual_seed(zlib.crc32(name.encode()))  # a new case leaves the others alone
        dout = normal(*out.shape)
        out.backward(dout)
        for i, x in enumerate(inputs):
            figures[f"{name}.in{i}"] = x
        figures[f"{name}.out"] = out
        figures[f"{name}.dout"] = dout
        for i, x in enumerate(inputs):
            figures[f"{name}.grad{i}"] = x.grad
        descended = [x.detach().clone().requires_grad_() for x in inputs]
        optimiser = torch.optim.SGD(descended, RATE)
        for _ in range(STEPS):
            optimiser.zero_grad(set_to_none=True)
            function(*descended).backward(dout.clone())  # it may become a gradient itself
            optimiser.step()
        for i, x in enumerate(descended):
            figures[f"{name}.after{i}"] = x
    write(path, figures | more)


def normal(*shape):
    """Two decimals a number, so that floats hold it to the last digit of the comparison."""
    import torch

    return torch.randn(shape, dtype=torch.float64).mul(100).round().div(100)
