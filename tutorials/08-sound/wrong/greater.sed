# diagnosis: the larger of the two sides
s/up < down ? up : down/up > down ? up : down/
