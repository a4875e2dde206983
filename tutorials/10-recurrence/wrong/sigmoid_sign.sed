# diagnosis: the sign in the sigmoid
s/expf(-sum)/expf(sum)/
