# diagnosis: weights is written as (T_k,T_q)
/^void attention_forward/,/^}/{
s/float \*w = weights + t \* T_k;/float w[16];/
s/^\t\tfor (int j = 0; j < D; j++) {/\t\tfor (int u = 0; u < T_k; u++)\n\t\t\tweights[u * T_q + t] = w[u];\n&/
}
