#!/usr/bin/env python3
"""Prints the polynomial coefficients of tensor/elementary.h.

Each is the polynomial whose largest weighted error over the interval is smallest. Lawson's method
finds it: least squares, again and again, each point weighted by the error that it had before. The
lowest coefficient is then rounded to float, the others fitted anew, and so on. Needs numpy.
"""
import math
import numpy as np

POINTS = 2000


def interval(a, b):
    """Points in [a, b], denser towards the ends (Chebyshev)."""
    return (a + b) / 2 - (b - a) / 2 * np.cos(np.pi * (np.arange(POINTS) + 0.5) / POINTS)


def lawson(x, target, weight, powers):
    a = np.stack([x**p for p in powers], 1) * weight[:, None]
    b = target * weight
    emphasis, best, best_error = np.ones(len(x)), None, math.inf
    for _ in range(400):
        q, r = np.linalg.qr(a * np.sqrt(emphasis)[:, None])
        c = np.linalg.solve(r, q.T @ (b * np.sqrt(emphasis)))
        error = np.abs(a @ c - b)
        if error.max() < best_error:
            best, best_error = c, error.max()
        emphasis *= error + 1e-300
        emphasis /= emphasis.mean()
    return best


def show(name, x, target, weight, count):
    """target(x) ~ c[0] + c[1] x + ...; what is left of weight * error, and c."""
    left, rounded = target.copy(), []
    for first in range(count):
        c = lawson(x, left, weight, range(first, count))[0]
        rounded.append(float(np.float32(c)))
        left = left - rounded[-1] * x**first
    print(f"{name}: largest error 2^{math.log2(np.abs(weight * left).max()):.1f}")
    for power, c in enumerate(rounded):
        print(f"    x^{power}  {c.hex()}  ({c:.9g})")


def series(x, term, first, last):
    return sum(term(k) * x ** (k - first) for k in range(first, last))


def main():
    x = interval(-math.log(2) / 2 * 1.0001, math.log(2) / 2 * 1.0001)
    rest = series(x, lambda k: 1 / math.factorial(k), 2, 22)
    show("(e^x - 1 - x) / x^2", x, rest, x**2 / np.exp(x), 5)

    x = interval(math.sqrt(0.5) - 1, math.sqrt(2) - 1)
    rest = series(x, lambda k: (-1) ** (k + 1) / k, 3, 203)
    show("(log(1+x) - x + x^2/2) / x^3", x, rest, np.abs(x**3 / np.log1p(x)), 8)

    x = interval(1e-4, 0.6**2)
    a = np.sqrt(x)
    near_0 = -1 / 3 + 2 * x / 15 - 17 * x**2 / 315 + 62 * x**3 / 2835
    rest = np.where(a > 0.02, (np.tanh(a) - a) / a**3, near_0)
    show("(tanh a - a) / a^3, x = a^2", x, rest, a**3 / np.tanh(a), 5)

    x = interval(0, 0.95**2)
    rest = 2 / math.sqrt(math.pi) * series(
        x, lambda k: (-1) ** k / (math.factorial(k) * (2 * k + 1)), 0, 30) - 1
    show("erf a / a - 1, x = a^2", x, rest, 1 / (1 + rest), 7)

    x = interval(0.9, 4)
    erfc = np.array([math.erfc(v) for v in x])
    show("log(1 - erf x)", x, np.log(erfc), erfc / (1 - erfc), 7)


main()
