# diagnosis: O_k is overwritten too early
s/const float odd_re = \(.*\);/re[k + half] = \1;\n\t\tconst float odd_re = re[k + half];/
