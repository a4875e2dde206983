# diagnosis: the last expert is missing
/_forward/,/_backward/s/if (there\[k\])/if (k < K - 1 \&\& there[k])/
