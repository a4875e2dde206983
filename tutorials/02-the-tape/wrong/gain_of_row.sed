# diagnosis: gain(i) in place of gain(j)
s/x\[at\] \* gain\[j\] + shift/x[at] * gain[i] + shift/
