# diagnosis: epsilon is missing
s/(sqrtf(v\[i\] \/ correct2) + epsilon)/sqrtf(v[i] \/ correct2)/
