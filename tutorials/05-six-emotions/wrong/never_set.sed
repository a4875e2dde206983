# diagnosis: a sum that was never set
s/float losses = 0/float losses = 3e30f/
