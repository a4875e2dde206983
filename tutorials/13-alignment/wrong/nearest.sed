# diagnosis: rounded to the nearest frame. Round down
s/\* rate)/* rate + 0.5f)/
