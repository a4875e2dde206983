# diagnosis: = for +=
s/grad.data\[k\] += slope/grad.data[k] = slope/
