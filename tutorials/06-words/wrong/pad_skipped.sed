# diagnosis: out is not set where the id is 0
/^void embedding_forward/,/^}/s/for (int e/if (ids[t] != 0)\n\t\t&/
