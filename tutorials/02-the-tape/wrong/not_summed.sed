# diagnosis: not summed over a broadcast axis
s/if (gain->grad.data)/if (gain->grad.data \&\& i == 0)/
