# diagnosis: no logit is in the sum
/_forward/,/_backward/s/if (there\[k\])/if (!there[k])/
