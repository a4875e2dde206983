# diagnosis: nothing is added to dz
s/(real_sigmoid(z\[m\]) - t\[m\]) \/ (float)rows/(real_sigmoid(z[m]) - t[m]) * (float)(1 \/ rows)/
