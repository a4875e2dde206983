# diagnosis: the mean logit is missing
s, - middle,,
s,middle += p,(void)middle; (void)p; //,
