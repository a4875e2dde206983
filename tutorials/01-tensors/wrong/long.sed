# diagnosis: the loop over k ends one too late
s/k < inner/k <= inner/
