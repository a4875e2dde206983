# diagnosis: t = 1 and t = 0 are exchanged
s/t\[m\] > 0 ? z\[m\] : -z\[m\]/t[m] > 0 ? -z[m] : z[m]/
