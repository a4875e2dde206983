# diagnosis: off by one bin
s/(float)k \* rate/(float)(k + 1) * rate/
