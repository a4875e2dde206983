# diagnosis: this is not the derivative
s,= text\[b \* P_text + i\] \* has_text\[b\],= tanhf(text[b * P_text + i]) * has_text[b],
