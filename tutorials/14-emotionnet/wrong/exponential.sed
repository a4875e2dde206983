# diagnosis: a number grows beyond
s,= text\[b \* P_text + i\] \* has_text\[b\],= expf(text[b * P_text + i] * has_text[b]),
