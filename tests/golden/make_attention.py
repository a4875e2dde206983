"""PyTorch's values and gradients of multi-head attention: tests/golden/attention.txt.

    python3 tests/golden/make_attention.py          in the project's root
"""
import torch
import torch.nn.functional as F

import fixture
from fixture import normal

torch.manual_seed(7)

LENGTHS, SEEN = [3, 5, 1], [4, 2, 6]  # of the steps that look, and of those looked at
B, T, U, D, HEADS = 3, 5, 6, 4, 2


def hidden(lengths, longest):
    return torch.arange(longest)[None] >= torch.tensor(lengths)[:, None]


def attend(x, memory, seen, weights, causal=False):
    y, _ = F.multi_head_attention_forward(
        x.transpose(0, 1), memory.transpose(0, 1), memory.transpose(0, 1), D, HEADS,
        weights[0], weights[1], None, None, False, 0.0, weights[2], weights[3],
        key_padding_mask=hidden(seen, memory.shape[1]), need_weights=False,
        attn_mask=torch.ones(T, T, dtype=torch.bool).triu(1) if causal else None)
    return y.transpose(0, 1).masked_fill(hidden(LENGTHS, T)[..., None], 0)


def sequence(lengths, longest):
    return normal(B, longest, D).masked_fill(hidden(lengths, longest)[..., None], 0)


def weights():
    """Halved: where softmax saturates, the gradient is a small difference of large numbers."""
    return [normal(*shape) / 2 for shape in ((3 * D, D), (3 * D,), (D, D), (D,))]


fixture.write_cases("tests/golden/attention.txt", {
    "all": (lambda x, *w: attend(x, x, LENGTHS, w), sequence(LENGTHS, T), *weights()),
    "causal": (lambda x, *w: attend(x, x, LENGTHS, w, True),
               sequence(LENGTHS, T), *weights()),
    "across": (lambda x, m, *w: attend(x, m, SEEN, w),
               sequence(LENGTHS, T), sequence(SEEN, U), *weights()),
})
