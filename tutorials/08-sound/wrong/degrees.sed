# diagnosis: the angle is in degrees
s/-FULL_TURN \*/-360.0f */
