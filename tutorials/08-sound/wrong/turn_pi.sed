# diagnosis: the angle is pi k / n
s/-FULL_TURN \* (float)k/-FULL_TURN \/ 2 * (float)k/
