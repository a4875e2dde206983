# diagnosis: frames are read as (B,F,T)
/^void words_mean_forward/,/^}/s/frames\[(b \* T + t) \* F + f\]/frames[(b * F + f) * T + t]/
