# diagnosis: the first expert is missing
/_forward/,/_backward/s/if (there\[k\])/if (k \&\& there[k])/
