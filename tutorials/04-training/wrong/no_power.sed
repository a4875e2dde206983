# diagnosis: the power is missing
s/powf(beta1, (float)step)/beta1/;s/powf(beta2, (float)step)/beta2/
