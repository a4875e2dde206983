# diagnosis: epsilon is inside the root
s/(sqrtf(v\[i\] \/ correct2) + epsilon)/sqrtf(v[i] \/ correct2 + epsilon)/
