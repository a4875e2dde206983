# diagnosis: = in place of +=. A frame that two words share
/^void words_mean_backward/,/^}/s/+ f\] +=/+ f] =/
