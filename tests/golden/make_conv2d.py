"""PyTorch's values and gradients of what runs over pictures, convolution and norm: tests/golden/conv2d.txt.

    python3 tests/golden/make_conv2d.py          in the project's root
"""
import torch
import torch.nn.functional as F

import fixture
from fixture import normal

torch.manual_seed(4)


def convolution(padding=0, pool=False):
    """Here a picture is (rows,columns,numbers of a pixel), in PyTorch the numbers come first."""
    def function(x, weight, bias):
        y = F.conv2d(x.permute(0, 3, 1, 2), weight, bias, padding=padding)
        if pool:
            y = F.max_pool2d(y, 2)
        return y.permute(0, 2, 3, 1).contiguous()
    return function


def case(function, rows=5, columns=4, inputs=3, out=4, kernel=3):
    return (function, normal(2, rows, columns, inputs), normal(out, inputs, kernel, kernel), normal(out))


def norm(groups):
    function = lambda x, w, b: F.group_norm(x.permute(0, 3, 1, 2), groups, w, b).permute(0, 2, 3, 1).contiguous()
    return function, normal(2, 3, 4, 6), normal(6), normal(6)


fixture.write_cases("tests/golden/conv2d.txt", {
    "plain": case(convolution()),
    "kernel1": case(convolution(), kernel=1),
    "same": case(convolution(1)),
    "wide": case(convolution(4), kernel=5, out=2),
    "even": case(convolution(1), kernel=2, inputs=1),
    "pool": case(convolution(pool=True), rows=6, columns=7),
    "pool_same": case(convolution(1, True), rows=5, columns=6, out=3),
    "norm1": norm(1),
    "norm3": norm(3),
    "norm6": norm(6),
})
