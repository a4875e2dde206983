# diagnosis: only feature 0 is read
/^void conv1d_forward/,/^}/s/f < F;/f < 1 \&\& f < F;/
