# diagnosis: the weights are not used
/_backward/,$s/weights ? weights\[targets\[i\]\] : 1/weights ? 1 : 1/
