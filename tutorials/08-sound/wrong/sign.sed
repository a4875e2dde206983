# diagnosis: the sign of the angle
s/angle = -FULL_TURN/angle = FULL_TURN/
