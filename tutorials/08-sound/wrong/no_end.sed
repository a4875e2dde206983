# diagnosis: it begins with two samples
s/if (n == 1)/if (n == 2)/
