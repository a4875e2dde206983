# diagnosis: the loss stops growing
s/float size = s > 0/s = s < -30 ? -30 : s;\n\t\t&/
