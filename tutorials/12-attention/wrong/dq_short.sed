# diagnosis: the last word is left out
/^void attention_backward/,/^}/s/u < length/u < length - 1/
