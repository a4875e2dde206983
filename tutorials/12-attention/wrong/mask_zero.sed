# diagnosis: the padding has score 0
/^void attention_forward/,/^}/{
s/u < length/u < T_k/
s|w\[u\] = dot /.*|w[u] = u < length ? dot / sqrtf((float)D) : 0;|
/w\[u\] = 0;/d
/int u = length; u/d
}
