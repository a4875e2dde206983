# diagnosis: the loss is not smallest there
s/float low = 0.05f, high = 20;/float low = 0.05f, high = 20, d_T = 0;/
s/, loss, d_T = 0;/, loss;/
