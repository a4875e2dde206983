# diagnosis: only the first H rows
s/r < 4 \* H/r < H/
