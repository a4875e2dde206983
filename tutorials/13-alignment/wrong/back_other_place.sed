# diagnosis: d_out is read at the place of the frame
/^void words_mean_backward/,/^}/s/d_out\[(b \* U + j)/d_out[(b * T + t)/
