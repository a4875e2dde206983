# diagnosis: only the last product of a score is left
s/dot += /dot = /
