# diagnosis: the sum does not begin at 0, but at what out held
s/float sum = 0;/float sum = out[i * columns + j];/
