# diagnosis: only the first expert is in the sum
/_forward/,/_backward/s/if (there\[k\])/if (k == 0)/
