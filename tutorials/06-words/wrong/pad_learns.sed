# diagnosis: row 0 gets a gradient
/if (ids\[t\] == 0)/d
/continue;/d
