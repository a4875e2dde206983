# diagnosis: the stride is in the angle
s/-FULL_TURN \* (float)k/-FULL_TURN * (float)(k * stride)/
