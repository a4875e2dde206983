# diagnosis: the filter is flipped: tap j has read step t + j, and dy goes back there
s/dx\[(t + j) \* F + f\] +=/dx[(t + k - 1 - j) * F + f] +=/
