# diagnosis: this is the sum
s/n > 0 ? sum \/ (float)n : 0/n > 0 ? sum : 0/
