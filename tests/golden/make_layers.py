"""PyTorch's values and gradients of the layers and losses: tests/golden/layers.txt.

    python3 tests/golden/make_layers.py          in the project's root
"""
import torch
import torch.nn.functional as F

import fixture
from fixture import normal

torch.manual_seed(2)

LENGTHS = [5, 1, 3]  # of three utterances, five steps
IDS = torch.tensor([[1, 4, 0, 4, 2], [3, 0, 0, 0, 0], [2, 1, 1, 0, 0]])
LABELS = torch.tensor([2, 0, 1, 2])
CLASS_WEIGHTS = torch.tensor([1.0, 0.5, 3.0], dtype=torch.float64)


def padded(rows):
    """A list of (T,F), padded with zeros to the longest, as (B,T,F)."""
    return torch.nn.utils.rnn.pad_sequence(rows, batch_first=True)


def per_utterance(function):
    return lambda x: [function(x[b, :n]) for b, n in enumerate(LENGTHS)]


def pooled(function):
    return lambda x: torch.stack(per_utterance(function)(x))


def windows(size):
    def pool(x):
        return F.max_pool1d(x.T[None], size, size, ceil_mode=True)[0].T
    return lambda x: padded(per_utterance(pool)(x))


def table():
    weight = normal(5, 3)
    weight[0] = 0
    return weight


TARGETS = torch.tensor([[1.0, 0.0, 0.25], [0.0, 1.0, 1.0]], dtype=torch.float64)
POSITIVE_WEIGHTS = torch.tensor([1.0, 4.0, 0.5], dtype=torch.float64)
VALUES = torch.tensor([[0.5, -1.0], [1.25, 0.0], [-0.75, 0.5], [0.25, 2.0]],
                      dtype=torch.float64)


def concordance(x, y):
    mx, my = x.mean(0), y.mean(0)
    covariance = ((x - mx) * (y - my)).mean(0)
    k = x.var(0, unbiased=False) + y.var(0, unbiased=False) + (mx - my) ** 2
    return (1 - 2 * covariance / k).mean()


def info_nce(a, b):
    s = F.normalize(a) @ F.normalize(b).T / 0.5
    own = torch.arange(len(a))
    return (F.cross_entropy(s, own) + F.cross_entropy(s.T, own)) / 2


fixture.write_cases("tests/golden/layers.txt", {
    "linear": (F.linear, normal(3, 4), normal(2, 4), normal(2)),
    "linear.sequence": (F.linear, normal(2, 3, 4), normal(5, 4), normal(5)),
    "embedding": (lambda w: F.embedding(IDS, w, padding_idx=0), table()),
    "mask": (lambda x: padded(per_utterance(lambda u: u)(x)), normal(3, 5, 2)),
    "pool_max": (pooled(lambda u: u.max(0).values), normal(3, 5, 4)),
    "pool_mean": (pooled(lambda u: u.mean(0)), normal(3, 5, 4)),
    "pool_last": (pooled(lambda u: u[-1]), normal(3, 5, 4)),
    "max_pool1d.1": (windows(1), normal(3, 5, 2)),
    "max_pool1d.2": (windows(2), normal(3, 5, 4)),
    "max_pool1d.3": (windows(3), normal(3, 5, 4)),
    "cross_entropy": (lambda x: F.cross_entropy(x, LABELS), normal(4, 3)),
    "cross_entropy.weighted": (
        lambda x: F.cross_entropy(x, LABELS, CLASS_WEIGHTS), normal(4, 3)),
    "cross_entropy.smoothed": (
        lambda x: F.cross_entropy(x, LABELS, label_smoothing=0.1), normal(4, 3)),
    "cross_entropy.both": (
        lambda x: F.cross_entropy(x, LABELS, CLASS_WEIGHTS, label_smoothing=0.25),
        normal(4, 3)),
    "layernorm": (lambda x, w, b: F.layer_norm(x, (5,), w, b),
                  normal(2, 3, 5), normal(5), normal(5)),
    "binary": (lambda x: F.binary_cross_entropy_with_logits(x, TARGETS), normal(2, 3)),
    "binary.weighted": (
        lambda x: F.binary_cross_entropy_with_logits(
            x, TARGETS, pos_weight=POSITIVE_WEIGHTS), normal(2, 3)),
    "mean_squared": (lambda x: F.mse_loss(x, VALUES), normal(4, 2)),
    "concordance": (lambda x: concordance(x, VALUES[:, 1]), normal(4)),
    "concordance.columns": (lambda x: concordance(x, VALUES), normal(4, 2)),
    "layernorm.epsilon": (lambda x, w, b: F.layer_norm(x, (5,), w, b, 0.25),
                          normal(2, 3, 5), normal(5), normal(5)),
    "pool_attention": (lambda x, w: torch.stack(
        [F.linear(x[b, :n], w).softmax(0).T[0] @ x[b, :n] for b, n in enumerate(LENGTHS)]),
                       normal(3, 5, 4), normal(1, 4)),
    "info_nce": (info_nce, normal(4, 5), normal(4, 5)),
})
