# diagnosis: not divided by the number of utterances
/result->grad.data\[k\] \/= /s/\/= (real)utterances/\/= 1/
