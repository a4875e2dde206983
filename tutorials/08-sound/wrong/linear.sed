# diagnosis: the points are equally spaced in hertz
s/return 2595 \* log10f(1 + hertz \/ 700)/return hertz/;s/return 700 \* (powf(10, mel \/ 2595) - 1)/return mel/
