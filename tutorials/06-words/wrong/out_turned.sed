# diagnosis: out is written as (width,count)
s/out\[t \* width + e\] =/out[e * count + t] =/
