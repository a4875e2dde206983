# diagnosis: a missing chain factor
s/+= dy\[at\] \* gain->value/+= gain->value/
