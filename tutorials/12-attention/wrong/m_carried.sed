# diagnosis: m goes on from the query before
s/^\t\tfloat m = 0;//;/^void attention_backward/,/^}/s/for (int t = 0; .*/float m = 0;\n\t&/
