# diagnosis: both corrections are missing
s/1 - powf(beta1, (float)step)/1/;s/1 - powf(beta2, (float)step)/1/
