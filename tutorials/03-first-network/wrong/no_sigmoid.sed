# diagnosis: the sigmoid is missing
s/real slope = real_sigmoid(z)/real slope = z/
