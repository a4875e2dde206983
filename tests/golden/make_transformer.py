"""PyTorch's values and gradients of the Transformer's blocks and of positions:
tests/golden/transformer.txt.

    python3 tests/golden/make_transformer.py          in the project's root
"""
import math

import torch
from torch import nn
from torch.nn.utils.stateless import functional_call

import fixture
from fixture import normal

torch.manual_seed(11)

LENGTHS, SEEN = [3, 5, 1], [4, 2, 6]  # of the steps that look, and of the memory
B, T, U, D, HEADS, INNER = 3, 5, 6, 4, 2, 7


def hidden(lengths, longest):
    return torch.arange(longest)[None] >= torch.tensor(lengths)[:, None]


def sequence(lengths, longest):
    return normal(B, longest, D).masked_fill(hidden(lengths, longest)[..., None], 0)


def weights(layer):
    """In the order of the state dict; around what a new layer has, since ten steps magnify what
    rounding does where softmax saturates or a LayerNorm divides by little."""
    return [normal(*p.shape) / 4 + (1 if "norm" in name and "weight" in name else 0)
            for name, p in layer.named_parameters()]


def run(layer, weights, *inputs, **masks):
    names = [name for name, _ in layer.named_parameters()]
    y = functional_call(layer, dict(zip(names, weights)), inputs, masks)
    return y.masked_fill(hidden(LENGTHS, T)[..., None], 0)


FUTURE = torch.ones(T, T, dtype=torch.bool).triu(1)


def encoder(activation, norm_first, causal):
    layer = nn.TransformerEncoderLayer(
        D, HEADS, INNER, 0.0, activation, batch_first=True, norm_first=norm_first).double()
    return (lambda x, *w: run(layer, w, x, src_mask=FUTURE if causal else None,
                              src_key_padding_mask=hidden(LENGTHS, T)),
            sequence(LENGTHS, T), *weights(layer))


def decoder(activation, norm_first):
    layer = nn.TransformerDecoderLayer(
        D, HEADS, INNER, 0.0, activation, batch_first=True, norm_first=norm_first).double()
    return (lambda x, m, *w: run(layer, w, x, m, tgt_mask=FUTURE,
                                 tgt_key_padding_mask=hidden(LENGTHS, T),
                                 memory_key_padding_mask=hidden(SEEN, U)),
            sequence(LENGTHS, T), sequence(SEEN, U), *weights(layer))


def sinusoidal(longest, width):
    """As in PyTorch's tutorial of the Transformer."""
    t = torch.arange(longest, dtype=torch.float64)[:, None]
    speed = torch.exp(torch.arange(0, width, 2, dtype=torch.float64)
                      * (-math.log(10000.0) / width))
    table = torch.zeros(longest, width, dtype=torch.float64)
    table[:, 0::2] = torch.sin(t * speed)
    table[:, 1::2] = torch.cos(t * speed)[:, : width // 2]
    return table


def positioned(x, table):
    y = x + table[:T]
    return y.masked_fill(hidden(LENGTHS, T)[..., None], 0)


fixture.write_cases("tests/golden/transformer.txt", {
    "encoder": encoder("relu", False, False),
    "encoder.first": encoder("gelu", True, True),
    "decoder": decoder("relu", False),
    "decoder.first": decoder("gelu", True),
    "learned": (positioned, sequence(LENGTHS, T), normal(T + 2, D)),
    "sinusoidal": (lambda x: positioned(x, sinusoidal(T, D)), sequence(LENGTHS, T)),
    "table": (lambda x: x + sinusoidal(200, 7), torch.zeros(200, 7, dtype=torch.float64)),
})
