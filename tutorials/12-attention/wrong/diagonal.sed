# diagnosis: only weight * (1 - weight)
s/w\[u\] \* (dweight - m)/w[u] * (1 - w[u]) * dweight + 0 * m/
