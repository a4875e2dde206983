# diagnosis: the factors are swapped
s/dy\[at\] \* x->value.data\[at\]/dy[at] * gain->value.data[j]/
