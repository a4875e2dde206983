# diagnosis: the step between points: bands + 2 points have bands + 1 steps, not bands
s/(float)(bands + 1)/(float)bands/
