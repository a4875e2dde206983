# diagnosis: softmax's gradient lacks its sum
s/ \* (dweight - m)/ * dweight + 0 * m/
