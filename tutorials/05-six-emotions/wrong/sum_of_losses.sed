# diagnosis: not divided. The loss is a mean
s,losses / all_weights,losses,
