# diagnosis: the loop over k ends one too early
s/k < a.columns/k < a.columns - 1/
