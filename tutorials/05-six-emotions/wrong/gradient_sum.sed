# diagnosis: not divided. The loss is a mean over the rows, and so
s,v / all_weights \*,v *,
