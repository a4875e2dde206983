# diagnosis: the corrections are exchanged
s/powf(beta1,/powf(BETA,/;s/powf(beta2,/powf(beta1,/;s/powf(BETA,/powf(beta2,/
