# diagnosis: near, but not within 1 per cent
s,step < 40,step < 4,
