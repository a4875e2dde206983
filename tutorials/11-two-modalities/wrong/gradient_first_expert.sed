# diagnosis: only one expert gets a gradient
/_backward/,$s/if (there\[k\])/if (k == 0)/
