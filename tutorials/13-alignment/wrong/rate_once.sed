# diagnosis: only the start is multiplied by rate
s/stops\[j\] \* rate/stops[j]/
