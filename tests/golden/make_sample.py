"""The fixture of tests/golden/test_golden.c: one tensor of each kind."""
import fixture

fixture.write("tests/golden/sample.txt", {
    "sample.matrix": [[1, -2.5, 3], [4, 1e-7, 1 / 3]],
    "sample.scalar": 0.25,
    "sample.ids": [3, 0, 2],
})
