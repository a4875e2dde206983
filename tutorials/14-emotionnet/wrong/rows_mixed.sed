# diagnosis: rows are mixed. Row b of text
s,= text\[b \* P_text + i\],= text[b * P_speech + i],
