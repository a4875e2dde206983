# diagnosis: an expert who says nothing is counted
/_forward/,/_backward/s/n += there\[k\]/n += 1/;/_forward/,/_backward/s/if (there\[k\])/if (k >= 0)/
