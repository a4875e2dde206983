# diagnosis: the softmax goes over the queries
/^void attention_forward/,/^}/{
s/^\t\tfor (int j = 0; j < D; j++) {/\t}\n\tfor (int u = 0; u < length; u++) {\n\t\tfloat most = weights[u], all = 0;\n\t\tfor (int t = 0; t < T_q; t++)\n\t\t\tmost = fmaxf(most, weights[t * T_k + u]);\n\t\tfor (int t = 0; t < T_q; t++)\n\t\t\tall += expf(weights[t * T_k + u] - most);\n\t\tfor (int t = 0; t < T_q; t++)\n\t\t\tweights[t * T_k + u] = expf(weights[t * T_k + u] - most) \/ all;\n\t}\n\tfor (int t = 0; t < T_q; t++) {\n\t\tfloat *w = weights + t * T_k;\n&/
/w\[u\] = expf/d
/total += w/d
s|w\[u\] /= total|w[u] += 0 * total|
}
