# diagnosis: the first word is left out. <pad>
s/if (ids\[t\] == 0)/if (t == 0)/
