# diagnosis: divided by the number of experts. Evidence
s/log_p\[c\] += logits\[k \* C + c\]/log_p[c] += logits[k * C + c] \/ (float)n/;s/= (float)(1 - n) \*/= 0 */
