# diagnosis: the loop over k ends one too early
s/k < inner/k < inner - 1/
