# diagnosis: this place of out was never written
0,/int b = 0; b < B/s/int b = 0; b < B/int b = 1; b < B/
