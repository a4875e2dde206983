# diagnosis: the brackets in the sigmoid
s,1 / (1 + expf(-sum)),1 / 1 + expf(-sum),
