# diagnosis: w is read as (bins, bands)
s/w\[m \* bins + k\]/w[k * bands + m]/
