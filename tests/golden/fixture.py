"""Writes the fixtures that tests/golden.h reads: a tensor a line, `name dims... : numbers`.

Compute in float64, so that the nine digits written are right and the float and the double
build are held against the same figures.
"""
import numpy


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
