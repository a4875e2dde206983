# diagnosis: w is always 1
s/-FULL_TURN \* (float)k \/ (float)n/-FULL_TURN * (float)(k \/ n)/
