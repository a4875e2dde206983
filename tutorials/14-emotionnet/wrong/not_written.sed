# diagnosis: this place of out was never written
s,out + b \* (P_text + P_speech),out + b * P_text,
