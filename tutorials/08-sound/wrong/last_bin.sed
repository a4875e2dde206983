# diagnosis: the last bin is left out: k goes from 0 to n/2
s/k <= n \/ 2/k < n \/ 2/
