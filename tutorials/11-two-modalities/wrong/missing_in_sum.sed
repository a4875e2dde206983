# diagnosis: an expert who says nothing is in the sum
/_forward/,/_backward/s/if (there\[k\])/if (k >= 0)/
