# diagnosis: c is f c_before + (1 - f) g here
s/+ i \* g;/+ 0 * i + (1 - f) * g;/
