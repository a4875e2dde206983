# diagnosis: begins is cut to T - 1
s/begin > T ? T : begin/begin > T - 1 ? T - 1 : begin/
