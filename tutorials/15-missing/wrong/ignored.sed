# diagnosis: T is not used, or it cancels
s,(z\[c\] - most) / T,z[c] - most,
