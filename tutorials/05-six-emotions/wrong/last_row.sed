# diagnosis: only the last row counts
s/losses += /losses = /
