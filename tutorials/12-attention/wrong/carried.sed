# diagnosis: the sum of the exponentials goes on
s/largest = -INFINITY, total = 0/largest = -INFINITY/;/^void attention_forward/,/^}/s/for (int t = 0; .*/float total = 0;\n\t&/
