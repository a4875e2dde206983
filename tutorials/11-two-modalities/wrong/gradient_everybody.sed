# diagnosis: an expert who says nothing gets a gradient
/_backward/,$s/if (there\[k\])/if (there[0])/
