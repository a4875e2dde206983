# diagnosis: only the first element
s/\(out\[i .*sum;\)/\1 return;/
