# diagnosis: c is added to
s/c\[k\] = f \*/c[k] += f */
