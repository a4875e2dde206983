# diagnosis: weights[c]. All logits
s,v / all_weights \*,(weights ? weights[c] : v) / all_weights *,
