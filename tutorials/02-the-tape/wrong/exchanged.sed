# diagnosis: x and gain are exchanged. The derivative of x gain with respect to gain is x
s/d_gain\[j\] += d_y\[at\] \* x\[at\]/d_gain[j] += d_y[at] * gain[j]/
