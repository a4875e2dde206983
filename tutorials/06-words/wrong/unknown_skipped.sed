# diagnosis: row 1, <unk>
s/if (ids\[t\] == 0)/if (ids[t] <= 1)/
